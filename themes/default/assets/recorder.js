// Records a try while it runs, and keeps recordings in this browser alone. What is heard is written away as it comes, so that a
// crash loses five seconds at most. Loaded when recording is first asked for.
// @ts-check
(() => {
  'use strict';
  const { folder, word } = prepbook;
  /** Safari plays its WebM badly, so that comes late; MP4 tells its length. */
  const types = ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg;codecs=opus'];
  const BITS = 32_000;
  /** Twice in the five seconds: Chromium's first piece of an MP4 is its head alone, without a sound. */
  const PIECE = 2500;
  /** The most bytes that such a head has. */
  const HEAD = 1000;
  /** A recording whose last piece is as old as this goes on in no other tab; some browsers have no locks that tell. */
  const LOST = 60_000;
  const MOST_PIECES = 100_000;

  // ---------- where recordings are kept: in the stores that store.js has made ----------

  /** @returns {Promise<IDBDatabase>} */
  const openDatabase = () =>
    new Promise((done, failed) => {
      const request = indexedDB.open(`prepbook ${folder.pathname}`);
      // It is not this script's to make.
      request.onupgradeneeded = () => request.transaction?.abort();
      request.onerror = () => failed(request.error);
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        done(request.result);
      };
    });
  /**
   * @template T
   * @param {(audio: IDBObjectStore, chunks: IDBObjectStore) => IDBRequest<T> | void} work
   * @returns {Promise<T | undefined>}
   */
  const transact = async (work) => {
    const database = await openDatabase();
    try {
      const transaction = database.transaction(['audio', 'chunks'], 'readwrite');
      const request = work(transaction.objectStore('audio'), transaction.objectStore('chunks'));
      return await new Promise((done, failed) => {
        transaction.oncomplete = () => done(request ? request.result : undefined);
        transaction.onabort = () => failed(transaction.error);
      });
    } finally {
      database.close();
    }
  };
  const piecesOf = (/** @type {string} */ id) => IDBKeyRange.bound([id, 0], [id, MOST_PIECES]);

  /** @type {Recordings['remove']} */
  const remove = async (ids) => {
    await transact((audio, chunks) => {
      for (const id of ids) {
        audio.delete(id);
        chunks.delete(piecesOf(id));
      }
    });
  };

  /** Makes one recording of its pieces; null where there are none. @type {Recordings['join']} */
  const join = async (id) => {
    /** @type {Piece[]} */
    const pieces = (await transact((_, chunks) => chunks.getAll(piecesOf(id)))) ?? [];
    const last = pieces.at(-1);
    if (!last) return null;
    const sound = new Blob(pieces.map(({ data }) => data), { type: last.mime });
    if (sound.size <= HEAD) {
      await remove([id]);
      return null;
    }
    await transact((audio, chunks) => {
      audio.put(sound, id);
      chunks.delete(piecesOf(id));
    });
    return { id, mime: last.mime, bytes: sound.size, ms: last.ms, at: last.at };
  };

  /** Held as long as a page records: a page that has gone holds none. */
  const lockOf = (/** @type {string} */ id) => `prepbook recording ${id}`;

  /** @type {Recordings['lost']} */
  const lost = async () => {
    /** @type {Piece[]} */
    const pieces = (await transact((_, chunks) => chunks.getAll())) ?? [];
    const latest = new Map(pieces.map((piece) => [piece.id, piece]));
    const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
    return [...latest.values()].filter(({ id, at }) => !held.has(lockOf(id)) && Date.now() - Date.parse(at) > LOST).map(({ id, question }) => ({ id, question }));
  };

  // ---------- recording ----------

  /** @type {Record<string, string>} */
  const reasons = {
    NotAllowedError: word('voice.blocked'),
    NotFoundError: word('voice.missing'),
    NotReadableError: word('voice.held'),
  };

  const typeHere = () => self.MediaRecorder && types.find((type) => MediaRecorder.isTypeSupported(type));
  /** @type {Recordings['listen']} */
  const listen = async () => {
    // Some browsers take pages from the disk for less safe than those of a host.
    if (!navigator.mediaDevices && location.protocol === 'file:') throw new Error(word('voice.from-disk'));
    if (!typeHere() || !navigator.mediaDevices) throw new Error(word('voice.impossible'));
    return navigator.mediaDevices.getUserMedia({ audio: true }).catch((error) => {
      throw new Error(reasons[error.name] ?? word('voice.silent'));
    });
  };

  /** @type {Recordings['open']} */
  const open = (stream, id, question, tell) => {
    const mime = typeHere();
    let release = () => {};
    void navigator.locks?.request(lockOf(id), () => new Promise((/** @type {(value?: unknown) => void} */ done) => (release = done)));
    const recorder = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: BITS });
    let [ms, since, pieces, isDropped] = [0, 0, 0, false];
    const heard = () => ms + (recorder.state === 'recording' ? performance.now() - since : 0);
    /** Writes in turn. @type {Promise<unknown>} */
    let writing = Promise.resolve();
    const fail = () => {
      tell(word('voice.no-room'));
      if (recorder.state !== 'inactive') recorder.stop();
    };
    recorder.ondataavailable = ({ data }) => {
      if (!data.size || isDropped) return;
      /** @type {Piece} */
      const piece = { id, question, data, mime: recorder.mimeType || (mime ?? ''), ms: Math.round(heard()), at: new Date().toISOString() };
      const nth = pieces++;
      writing = writing.then(() => transact((_, chunks) => chunks.put(piece, [id, nth]))).catch(fail);
    };
    for (const track of stream.getTracks()) track.onended = () => tell(word('voice.gone'));
    const stop = async () => {
      ms = heard();
      if (recorder.state !== 'inactive') {
        const stopped = new Promise((done) => recorder.addEventListener('stop', done, { once: true }));
        recorder.stop();
        await stopped;
      }
      for (const track of stream.getTracks()) track.onended = null;
      await writing;
      release();
    };
    return {
      id,
      start: () => {
        since = performance.now();
        recorder.start(PIECE);
      },
      pause: () => {
        if (recorder.state !== 'recording') return;
        ms = heard();
        recorder.pause();
      },
      resume: () => {
        if (recorder.state !== 'paused') return;
        since = performance.now();
        recorder.resume();
      },
      finish: async () => {
        await stop();
        return join(id);
      },
      drop: async () => {
        isDropped = true;
        await stop();
        await remove([id]);
      },
    };
  };

  prepbook.recordings = { listen, open, join, remove, lost, get: (id) => transact((audio) => audio.get(id)) };
})();
