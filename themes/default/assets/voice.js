// The reader's voice in a try or an exercise, as far as the reader has asked: recorded and written down while the clock runs,
// kept with the answer that it belongs to, the last few of each question.
// @ts-check
(() => {
  'use strict';
  const { recordings, word } = prepbook;
  const { newId } = prepbook.runs;
  /** How many recordings of a question are kept. */
  const TAKES = 3;
  const isAsked = (/** @type {string} */ what) => prepbook.kept(what) === 'on';

  /** @type {Prepbook['makeVoices']} */
  prepbook.makeVoices = ({ opening, change, tell }) => {
    const attempts = async () => (await opening())?.doc.attempts ?? [];
    /** @type {Voices['takes']} */
    const takes = async (question) => (await attempts()).filter((one) => one.question === question && one.audio).toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
    /** @type {Voices['forget']} */
    const forget = async (ids) => {
      if (!ids.length) return;
      await change((doc) => {
        doc.audio = doc.audio.filter(({ id }) => !ids.includes(id));
        for (const attempt of doc.attempts) {
          if (!attempt.audio || !ids.includes(attempt.audio)) continue;
          attempt.audio = null;
          delete attempt.said;
        }
      });
      await recordings.remove(ids);
    };
    const trim = async (/** @type {string} */ question) => {
      const most = (await opening())?.doc.settings.keepAudio ?? TAKES;
      await forget((await takes(question)).slice(most).map(({ audio }) => audio ?? ''));
    };
    /** Keeps what other tries of a page that has gone have left. */
    const keepLost = async () => {
      const store = await opening();
      for (const lost of await recordings.lost()) {
        if (store?.doc.run?.audio === lost.id) continue;
        const note = await recordings.join(lost.id);
        if (note) await change((doc) => {
          doc.audio.push(note);
          doc.attempts.push({ id: lost.id, tool: 'try', question: lost.question, startedAt: note.at, ms: note.ms, audio: lost.id });
        });
      }
    };
    /** @type {Voices['keep']} */
    const keep = async ({ attempt: id, question, audio, sound, text }) => {
      const note = sound ? await sound : audio ? await recordings.join(audio) : null;
      await keepLost();
      await change((doc) => {
        if (note && !doc.audio.some((one) => one.id === note.id)) doc.audio.push(note);
        const attempt = doc.attempts.find((one) => one.id === id);
        if (!attempt) return;
        if (audio && !note) attempt.audio = null;
        if (text) attempt.said = { text, by: 'device' };
      });
      await trim(question);
    };

    /** @type {Voices['open']} */
    const open = async () => {
      const stream = isAsked('record') ? await recordings.listen() : null;
      const dictation = isAsked('dictate') ? await prepbook.load('dictate').then(() => prepbook.dictation.open(tell)).catch(() => null) : null;
      const isMissing = isAsked('dictate') && !dictation;
      /** @type {Recording | null} */
      let recording = null;
      let question = '';
      let attempt = '';
      /** @type {Promise<unknown>} What is still being kept. */
      let keeping = Promise.resolve();
      const drop = () => {
        void recording?.drop().catch(() => {});
        dictation?.drop();
        [recording, question, attempt] = [null, '', ''];
      };
      return {
        sign: stream ? (dictation ? word('voice.recording-and-writing') : word('voice.recording')) : dictation ? word('voice.writing') : '',
        lack: isMissing ? word('voice.no-language') : '',
        begin: (about) => {
          [question, attempt] = [about, ''];
          recording = stream && recordings.open(stream, newId(), about, (sentence) => tell(sentence));
          recording?.start();
          dictation?.begin();
          return recording?.id ?? null;
        },
        follow: (isOn) => {
          isOn ? recording?.resume() : recording?.pause();
          isOn ? dictation?.resume() : dictation?.pause();
        },
        belongsTo: (id) => (attempt = id),
        end: (after = Promise.resolve()) => {
          if (!attempt) drop();
          if (!question) return keeping;
          const [its, about] = [{ attempt, question, audio: recording?.id ?? null, sound: recording?.finish() }, dictation?.finish() ?? Promise.resolve('')];
          [recording, question, attempt] = [null, '', ''];
          return (keeping = Promise.all([keeping, after]).then(async () => keep({ ...its, text: await about })));
        },
        drop,
        close: () => {
          drop();
          dictation?.close();
          for (const track of stream?.getTracks() ?? []) track.stop();
        },
      };
    };
    return { open, keep, takes, forget };
  };
})();
