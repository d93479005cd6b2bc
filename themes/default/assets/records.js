// The reader's records: what a document may hold, how an edit is stamped, how two documents become one, how old ones
// become new. Without a page, storage or a clock: all is given, so that Node can test it.
// @ts-check
(() => {
  'use strict';
  const SCHEMA = 1;
  /** When a document last changed in which nothing has. */
  const NEVER = new Date(0).toISOString();
  /** How long it is remembered that something was deleted, in milliseconds. */
  const REMEMBERED = 90 * 86_400_000;

  // ---------- the format, as it is published ----------

  /** @typedef {{ const?: unknown, type?: string | string[], format?: string, maxLength?: number, minimum?: number, maximum?: number, items?: Rule, maxItems?: number, properties?: Record<string, Rule>, required?: string[], additionalProperties?: Rule, maxProperties?: number }} Rule */
  const text = (/** @type {number} */ maxLength) => ({ type: 'string', maxLength });
  const whole = (/** @type {number} */ maximum) => ({ type: 'integer', minimum: 0, maximum });
  const list = (/** @type {Rule} */ items, /** @type {number} */ maxItems) => ({ type: 'array', maxItems, items });
  const table = (/** @type {Rule} */ of, /** @type {number} */ maxProperties) => ({ type: 'object', maxProperties, additionalProperties: of });
  const orNothing = (/** @type {Rule & { type: string }} */ rule) => ({ ...rule, type: [rule.type, 'null'] });
  const flag = { type: 'boolean' };
  const instant = { type: 'string', format: 'date-time' };
  const day = { type: 'string', format: 'date' };
  const id = text(200);
  const title = text(1000);
  const long = text(200_000);
  const amount = { type: 'number', minimum: 0, maximum: 1e15 };
  const part = (/** @type {Record<string, Rule>} */ properties, /** @type {string[]} */ ...required) => ({ type: 'object', properties, required });
  const record = (/** @type {Record<string, Rule>} */ properties, /** @type {string[]} */ ...required) => part({ ...properties, updatedAt: instant }, ...required);

  const kinds = {
    settings: record({ targets: list(id, 50), loop: list(list(id, 10), 20), tryFirst: flag, sound: flag, keepAudio: whole(100) }),
    plan: record({ id, start: day, interview: day, open: flag, company: id, level: id, minutes: whole(1440), time: text(5), sequence: whole(1e9) }, 'start', 'interview', 'minutes'),
    tick: record({ at: instant }, 'at'),
    story: record({ title, headline: title, beats: table(long, 20), numbers: list(title, 100), people: list(title, 100), fit: table(whole(3), 500), principles: list(id, 200), when: text(50), framework: id }, 'title'),
    question: record({ rating: whole(3), note: long, text: long, stories: list(id, 100), star: flag, box: whole(20), due: day, last: instant, count: whole(1e6) }),
    attempt: record(
      {
        id, tool: id, seed: id, question: id, story: orNothing(id), startedAt: instant, ms: amount, parts: list(amount, 50), over: amount, rating: whole(3), rubric: table(whole(3), 20),
        followUps: list(part({ id, rating: whole(3) }, 'id'), 100), audio: orNothing(id), said: part({ text: text(20_000), by: id }, 'text', 'by'), note: long,
      },
      'id', 'startedAt',
    ),
    audio: record({ id, mime: id, bytes: amount, ms: amount, at: instant }, 'id', 'mime', 'at'),
    run: record({ tool: id, seed: id, queue: list(id, 1000), i: whole(1e6) }, 'tool'),
  };
  /** Its fields in their order; as a JSON Schema it says all that is checked. */
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What a reader keeps of a prepbook handbook',
    description: 'The file that My data exports and imports. Days are local, instants UTC. Fields of later versions may stand beside these, and are kept.',
    type: 'object',
    properties: {
      app: { const: 'prepbook' },
      schema: { const: SCHEMA },
      createdAt: instant,
      updatedAt: instant,
      settings: kinds.settings,
      plan: orNothing(kinds.plan),
      ticks: table(kinds.tick, 10_000),
      stories: table(kinds.story, 2000),
      questions: table(kinds.question, 20_000),
      attempts: list(kinds.attempt, 50_000),
      audio: list(kinds.audio, 10_000),
      run: orNothing(kinds.run),
      gone: table(instant, 100_000),
    },
    required: ['app', 'schema', 'createdAt', 'updatedAt', 'settings', 'plan', 'ticks', 'stories', 'questions', 'attempts', 'audio', 'run', 'gone'],
  };

  // ---------- what can be read of a value ----------

  /** Names that mean more to JavaScript than they say. */
  const forbidden = ['__proto__', 'constructor', 'prototype'];
  const isInstant = (/** @type {string} */ value) => !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
  /** @type {Record<string, (value: string) => boolean>} */
  const formats = { 'date-time': isInstant, date: (value) => isInstant(`${value}T00:00:00.000Z`) };

  /**
   * A value as far as the rule takes it, made of new objects; undefined for one that it refuses. The places of what is
   * left out come into `refused`. What no rule speaks of is kept, within bounds.
   * @param {Rule | undefined} rule
   * @param {unknown} value
   * @param {string} place
   * @param {string[]} refused
   * @returns {any}
   */
  const clean = (rule, value, place, refused, depth = 0) => {
    const refuse = () => void refused.push(place);
    const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isSafeInteger(value) ? 'integer' : typeof value;
    if (rule && 'const' in rule) return value === rule.const ? value : refuse();
    const types = [rule?.type].flat();
    if (rule && !types.includes(kind) && !(kind === 'integer' && types.includes('number'))) return refuse();
    if (typeof value === 'string') return value.length <= (rule?.maxLength ?? 200_000) && (!rule?.format || formats[rule.format](value)) ? value : refuse();
    if (typeof value === 'number') return Number.isFinite(value) && value >= (rule?.minimum ?? -Infinity) && value <= (rule?.maximum ?? Infinity) ? value : refuse();
    if (value === null || typeof value === 'boolean') return value;
    if (depth > 8 || typeof value !== 'object') return refuse();
    if (Array.isArray(value)) {
      if (value.length > (rule?.maxItems ?? 100_000)) return refuse();
      return value.map((one, at) => clean(rule?.items, one, `${place}/${at}`, refused, depth + 1)).filter((one) => one !== undefined);
    }
    const fields = Object.entries(value);
    if (fields.length > (rule?.maxProperties ?? 100_000)) return refuse();
    /** @type {Record<string, unknown>} */
    const out = {};
    for (const [name, one] of fields) {
      const inside = `${place}/${name}`;
      // What an edit leaves undefined is not there.
      if (one === undefined) continue;
      const isNamed = name.length <= 400 && !forbidden.includes(name);
      const read = isNamed ? clean(rule?.properties?.[name] ?? rule?.additionalProperties, one, inside, refused, depth + 1) : void refused.push(inside);
      if (read !== undefined) out[name] = read;
    }
    return rule?.required?.some((name) => !Object.hasOwn(out, name)) ? refuse() : out;
  };

  // ---------- records ----------

  const singles = /** @type {const} */ (['settings', 'plan', 'run']);
  const tables = /** @type {const} */ (['ticks', 'stories', 'questions']);
  const lists = /** @type {const} */ (['attempts', 'audio']);
  /** @type {Record<string, Rule>} */
  const ruleOf = { settings: kinds.settings, plan: kinds.plan, run: kinds.run, ticks: kinds.tick, stories: kinds.story, questions: kinds.question, attempts: kinds.attempt, audio: kinds.audio };
  const isOurs = (/** @type {string} */ name) => Object.hasOwn(schema.properties, name);

  /** JSON with its names in order: the same for the same values. */
  const canonical = (/** @type {unknown} */ value) =>
    JSON.stringify(value, (_, one) => (one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));
  /** @type {Records['isSame']} */
  const isSame = (a, b, but = '') => {
    if (a === b) return true;
    if (!a || !b || typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a) !== Array.isArray(b)) return false;
    const names = (/** @type {object} */ one) => (but ? Object.keys(one).filter((name) => name !== but) : Object.keys(one));
    const [mine, theirs] = [names(a), names(b)];
    return mine.length === theirs.length && mine.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name], but));
  };
  const freeze = (/** @type {any} */ value) => {
    if (value && typeof value === 'object' && !Object.isFrozen(value)) {
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    }
    return value;
  };

  /** What stands at a place: a record, or that one was deleted. @typedef {{ at: string, record: Stamped | null }} Cell */
  /** @type {(doc: Frozen<Doc>) => Map<string, Cell>} */
  const cellsOf = (doc) => {
    const cells = new Map();
    const add = (/** @type {string} */ place, /** @type {any} */ record) => cells.set(place, { at: record.updatedAt ?? '', record });
    for (const [place, at] of Object.entries(doc.gone)) cells.set(place, { at, record: null });
    for (const name of singles) if (doc[name] && Object.keys(doc[name]).length) add(name, doc[name]);
    for (const name of tables) for (const [key, record] of Object.entries(doc[name])) add(`${name}/${key}`, record);
    for (const name of lists) for (const record of doc[name]) add(`${name}/${record.id}`, record);
    return cells;
  };
  const byStart = (/** @type {Attempt} */ a, /** @type {Attempt} */ b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.id < b.id ? -1 : 1);
  /** @type {(head: object, cells: Map<string, Cell>) => Frozen<Doc>} */
  const docOf = (head, cells) => {
    /** @type {any} */
    const doc = { ...head, settings: {}, plan: null, ticks: {}, stories: {}, questions: {}, attempts: [], audio: [], run: null, gone: {} };
    for (const [place, { at, record }] of [...cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = place.split('/', 1)[0];
      if (!record) doc.gone[place] = at;
      else if (Array.isArray(doc[name])) doc[name].push(record);
      else if (place === name) doc[name] = record;
      else doc[name][place.slice(name.length + 1)] = record;
    }
    doc.attempts.sort(byStart);
    return freeze(doc);
  };

  /** The later of two; of equally late ones always the same, and a record before its deletion. @type {(a: Cell | undefined, b: Cell | undefined) => Cell} */
  const later = (a, b) => {
    if (!a || !b) return /** @type {Cell} */ (a ?? b);
    if (a.at !== b.at) return a.at > b.at ? a : b;
    if (a.record === b.record) return a;
    if (!a.record || !b.record) return a.record ? a : b;
    return canonical(a.record) >= canonical(b.record) ? a : b;
  };
  /** Two documents as one: of each record the later. @type {Records['merge']} */
  const merge = (a, b) => {
    if (a === b) return a;
    const [one, other] = [cellsOf(a), cellsOf(b)];
    for (const [place, cell] of other) one.set(place, later(one.get(place), cell));
    // What later versions keep beside the records: of two values always the same.
    const [mine, theirs] = [/** @type {any} */ (a), /** @type {any} */ (b)];
    /** @type {Record<string, unknown>} */
    const more = {};
    for (const name of [...Object.keys(a), ...Object.keys(b)].sort()) {
      if (isOurs(name)) continue;
      const [x, y] = [mine, theirs].map((doc) => (Object.hasOwn(doc, name) ? canonical(doc[name]) : ''));
      more[name] = x >= y ? mine[name] : theirs[name];
    }
    const { app, schema } = a;
    const head = { app, schema, createdAt: a.createdAt < b.createdAt ? a.createdAt : b.createdAt, updatedAt: a.updatedAt > b.updatedAt ? a.updatedAt : b.updatedAt };
    return docOf({ ...head, ...more }, one);
  };

  /** @type {Records['empty']} */
  const empty = (now) => docOf({ app: 'prepbook', schema: SCHEMA, createdAt: now, updatedAt: NEVER }, new Map());

  /** A moment after another, also when the clock was set back between them. */
  const after = (/** @type {string} */ now, /** @type {string} */ before) => (before >= now ? new Date(Date.parse(before) + 1).toISOString() : now);
  /** What stands behind a draft. @type {WeakMap<object, any>} */
  const copies = new WeakMap();
  const behind = (/** @type {any} */ draft) => copies.get(draft) ?? draft;
  /** A copy to write to that is made as far as it is looked at: most of a document stays as it is. @type {(frozen: any) => any} */
  const draftOf = (frozen) => {
    const copy = Array.isArray(frozen) ? [...frozen] : { ...frozen };
    const draft = new Proxy(copy, {
      get: (_, name) => {
        const inside = copy[name];
        if (inside && typeof inside === 'object' && Object.isFrozen(inside)) copy[name] = draftOf(inside);
        return copy[name];
      },
    });
    copies.set(draft, copy);
    return draft;
  };
  /** @type {Records['edit']} */
  const edit = (doc, change, now) => {
    const draft = draftOf(doc);
    change(draft);
    const written = behind(draft);
    /** @type {any} */
    const next = { ...doc, gone: { ...doc.gone } };
    let hasChanged = false;
    /** A record as it is kept: the one that stood there, if it says the same. */
    const keep = (/** @type {string} */ place, /** @type {any} */ was, /** @type {any} */ record) => {
      if (was && isSame(was, record, 'updatedAt')) return was;
      /** @type {string[]} */
      const refused = place.length > 400 ? [place] : [];
      const read = clean(ruleOf[place.split('/', 1)[0]], record, place, refused);
      if (refused.length) throw new TypeError(`cannot be kept: ${refused.join(', ')}`);
      if (was && isSame(was, read, 'updatedAt')) return was;
      hasChanged = true;
      read.updatedAt = after(now, was?.updatedAt ?? doc.gone[place] ?? '');
      delete next.gone[place];
      return read;
    };
    const drop = (/** @type {string} */ place, /** @type {Stamped} */ was) => {
      hasChanged = true;
      next.gone[place] = after(now, was.updatedAt ?? '');
    };
    const filled = (/** @type {any} */ record) => (record && Object.keys(record).length ? record : undefined);
    for (const name of singles) {
      const [was, record] = [filled(doc[name]), filled(written[name])];
      if (record) next[name] = keep(name, was, record);
      else next[name] = name === 'settings' ? {} : null;
      if (was && !record) drop(name, was);
    }
    for (const name of [...tables, ...lists]) {
      const list = behind(written[name]);
      if (list === doc[name]) continue;
      const isList = Array.isArray(doc[name]);
      const recordsOf = (/** @type {any} */ many) => new Map(isList ? many.map((/** @type {any} */ one) => [one?.id, one]) : Object.entries(many).filter(([, one]) => one !== undefined));
      const [before, records] = [recordsOf(doc[name]), recordsOf(list)];
      for (const [key, record] of records) records.set(key, keep(`${name}/${key}`, before.get(key), record));
      for (const [key, was] of before) if (!records.has(key)) drop(`${name}/${key}`, was);
      const sorted = [...records].sort(([a], [b]) => (a < b ? -1 : 1));
      next[name] = isList ? sorted.map(([, record]) => record) : Object.fromEntries(sorted);
    }
    if (!hasChanged) return doc;
    next.attempts = [...next.attempts].sort(byStart);
    next.updatedAt = after(now, doc.updatedAt);
    return freeze(next);
  };

  // ---------- from what is stored or imported ----------

  /** From each version to the next. @type {Records['steps']} */
  const steps = {};
  /** @type {Records['migrate']} */
  const migrate = (raw, through = steps, to = SCHEMA) => {
    let doc = structuredClone(raw);
    for (let version = doc.schema; version < to; version++) doc = { ...through[version](doc), schema: version + 1 };
    return doc;
  };
  /** @type {Records['read']} */
  const read = (raw, now) => {
    const { app, schema: version } = /** @type {any} */ (raw ?? {});
    if (typeof raw !== 'object' || app !== 'prepbook' || !Number.isSafeInteger(version) || version < 1) return { state: 'unreadable', refused: [] };
    if (version > SCHEMA) return { state: 'newer', refused: [] };
    /** @type {string[]} */
    const refused = [];
    let doc;
    try {
      doc = clean(undefined, /** @type {object} */ (raw), '', refused);
      if (doc && version < SCHEMA) doc = migrate(doc);
    } catch {
      return { state: 'unreadable', refused };
    }
    /** @type {any} */
    const whole = { createdAt: now, updatedAt: NEVER, settings: {}, plan: null, ticks: {}, stories: {}, questions: {}, attempts: [], audio: [], run: null, gone: {}, ...doc };
    for (const [name, rule] of Object.entries(schema.properties)) {
      const found = clean(/** @type {Rule} */ (rule), whole[name], name, refused);
      // A part that cannot be read at all is left out; the others count.
      whole[name] = found === undefined ? ({ settings: {}, ticks: {}, stories: {}, questions: {}, attempts: [], audio: [], gone: {}, createdAt: now, updatedAt: NEVER })[name] ?? null : found;
    }
    // A clock that ran ahead must not win for ever.
    const end = new Date(Date.parse(now) + 86_400_000).toISOString();
    const forgotten = new Date(Date.parse(now) - REMEMBERED).toISOString();
    const cells = cellsOf(whole);
    for (const [place, { at, record }] of cells) {
      if (at > end) cells.set(place, { at: now, record: record && { ...record, updatedAt: now } });
      if (!record && at < forgotten) cells.delete(place);
    }
    const { settings, plan, ticks, stories, questions, attempts, audio, run, gone, ...head } = whole;
    return { state: 'read', doc: docOf(head, cells), refused };
  };

  prepbook.records = { version: SCHEMA, schema, steps, empty, edit, merge, migrate, read, isSame, canonical, cellsOf };
})();
