// What leaves this browser and comes in: counts, the file, the link, and what a document would change here. Without a
// page or storage, so that Node can test it.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  /** How many bytes a link may unfold to. */
  const LARGEST = 50 * 1024 * 1024;
  /** The longest link that programs pass on whole. */
  const LONGEST_LINK = 6000;

  const has = (/** @type {unknown} */ value) => value !== undefined && value !== null && value !== '';
  /** @type {Exchange['count']} */
  const count = ({ stories, questions, attempts, ticks, audio, plan }) => {
    const states = Object.values(questions);
    return {
      stories: Object.keys(stories).length,
      answers: states.filter(({ text }) => has(text)).length,
      notes: states.filter(({ note }) => has(note)).length,
      ratings: states.filter(({ rating }) => has(rating)).length,
      tries: attempts.length,
      ticks: Object.keys(ticks).length,
      plans: plan ? 1 : 0,
      recordings: audio.length,
    };
  };
  /** @type {Exchange['isEmpty']} */
  const isEmpty = (doc) => Object.values(count(doc)).every((number) => number === 0);

  // ---------- the file ----------

  /** Sounds stay where they were recorded, so a file speaks of none. */
  const sent = (/** @type {Frozen<Doc>} */ doc) => ({ ...doc, audio: [] });
  /** @type {Exchange['fileText']} */
  const fileText = (doc) => `${JSON.stringify(sent(doc), null, 1)}\n`;
  /** @type {Exchange['parse']} */
  const parse = (text, now) => {
    let raw;
    try {
      raw = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch {
      return { state: 'unreadable', refused: [], why: word('file.not-json') };
    }
    const read = prepbook.records.read(raw, now);
    if (read.state === 'newer') return { ...read, why: word('file.newer') };
    if (read.state === 'unreadable') return { ...read, why: word('file.other') };
    return read;
  };
  /** @type {Exchange['compare']} */
  const compare = (mine, theirs) => {
    const [here, there] = [mine, theirs].map((doc) => prepbook.records.cellsOf(doc));
    /** @type {ReturnType<Exchange['compare']>} */
    const kinds = {};
    for (const place of new Set([...here.keys(), ...there.keys()])) {
      const kind = place.split('/', 1)[0];
      const told = (kinds[kind] ??= { fresh: 0, newer: 0, older: 0, same: 0, gone: 0, only: 0 });
      const [one, other] = [here.get(place), there.get(place)];
      if (!one?.record && !other?.record) continue;
      if (!other) told.only++;
      else if (one?.record && !other.record) one.at > other.at ? told.older++ : one.at < other.at ? told.gone++ : told.older++;
      else if (!one) told.fresh++;
      else if (prepbook.records.canonical(one.record) === prepbook.records.canonical(other.record)) told.same++;
      else if (one.at > other.at) told.older++;
      else if (one.record) told.newer++;
      else told.fresh++;
    }
    return kinds;
  };

  // ---------- the link ----------

  const throughStream = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes, /** @type {CompressionStream | DecompressionStream} */ stream, most = Infinity) => {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const parts = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
      length += value.length;
      // A short link can unfold to more than any memory holds.
      if (length > most) throw new RangeError('too much');
      parts.push(value);
    }
  };
  /** @type {Exchange['pack']} */
  const pack = async (doc) => {
    const bytes = await throughStream(new TextEncoder().encode(JSON.stringify(sent(doc))), new CompressionStream('deflate-raw'));
    if (bytes.length > LONGEST_LINK) return null;
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return text.length <= LONGEST_LINK ? text : null;
  };
  /** @type {Exchange['unpack']} */
  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await throughStream(bytes, new DecompressionStream('deflate-raw'), LARGEST));
  };

  prepbook.exchange = { count, isEmpty, fileText, parse, compare, pack, unpack };
})();
