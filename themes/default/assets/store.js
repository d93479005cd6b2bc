// Keeps the reader's document: in a database, with a copy beside it, shared by all tabs. The only script that
// writes it. Loaded when a page or the reader first needs it.
// @ts-check
(() => {
  'use strict';
  const { database, kept, keep, records, worth } = prepbook;
  const { name } = database;
  /** How long an edit may wait for the next one, in milliseconds. */
  const PAUSE = 300;
  /** When what could not be kept is tried again. */
  const AGAIN = 10_000;
  /** How long a tab waits for its turn. */
  const PATIENCE = 5000;
  /** The longest copy, in characters: browsers give all copies of a host some five millions. */
  const LONGEST_COPY = 2_000_000;
  const BACKUPS = 5;
  const COPY = 'document';
  const now = () => new Date().toISOString();

  /**
   * A document as it is stored: after a replacement it belongs to a new era, in which what stood before does not come
   * back from a copy or another tab.
   * @typedef {{ era: number, rev: number, doc: Frozen<Doc> }} Kept
   */
  /** @typedef {{ apply: (kept: Kept) => Kept, after: Kept, told: (isSafe: boolean) => void }} Pending */
  /** What was written, and onto what. @typedef {{ written: Kept, onto: Kept }} Written */
  /** @type {(a: Kept | null, b: Kept | null) => Kept | null} */
  const joined = (a, b) => {
    if (!a || !b || a === b) return a ?? b;
    if (a.era !== b.era) return a.era > b.era ? a : b;
    return { era: a.era, rev: Math.max(a.rev, b.rev), doc: records.merge(a.doc, b.doc) };
  };
  const equal = (/** @type {Kept | null} */ a, /** @type {Kept | null} */ b) => a === b || Boolean(a && b && a.era === b.era && records.isSame(a.doc, b.doc));

  // ---------- what can be read ----------

  let isNewer = false;
  /** Whether everything was deleted, and nothing has been written since: to look would make an empty database. */
  let isErased = false;
  /** What was found and cannot be read, to be kept aside. @type {unknown[]} */
  const unreadable = [];
  /** @type {(raw: any) => Kept | null} */
  const readKept = (raw) => {
    if (raw === undefined || raw === null) return null;
    const { state, doc, refused } = records.read(raw.doc, now());
    isNewer ||= state === 'newer';
    const isOlder = raw.doc?.schema < records.version;
    if ((state === 'unreadable' || isOlder || refused.length) && !unreadable.some((one) => records.canonical(one) === records.canonical(raw))) unreadable.push(raw);
    if (!doc) return null;
    const count = (/** @type {unknown} */ number) => (Number.isSafeInteger(number) ? Number(number) : 0);
    return { era: count(raw.era), rev: count(raw.rev), doc };
  };
  const readCopy = () => {
    const text = kept(COPY);
    try {
      return text === null ? null : readKept(JSON.parse(text));
    } catch {
      if (!unreadable.includes(text)) unreadable.push(text);
      return null;
    }
  };
  /** Whether the copy stands there as it was written. */
  const writeCopy = (/** @type {Kept} */ stored) => {
    const text = JSON.stringify(stored);
    if (text.length > LONGEST_COPY) return false;
    keep(COPY, text);
    return kept(COPY) === text;
  };
  const readRaw = () =>
    database.transact(['doc'], 'readonly', (transaction, /** @type {(raw: any) => void} */ give) => {
      const request = transaction.objectStore('doc').get('doc');
      request.onsuccess = () => give(request.result);
    });
  const revOf = (/** @type {any} */ raw) => (raw ? `${raw.era} ${raw.rev}` : '');
  /** What was last seen in the database and is known since: to read it again would be work for nothing. */
  let seen = '';
  /** @type {() => Promise<Kept | null>} */
  const readDatabase = async () => {
    const raw = isErased ? undefined : await readRaw();
    const stored = readKept(raw);
    if (stored) seen = revOf(raw);
    return stored;
  };

  // ---------- the store ----------

  /** What is known to be stored, by this tab or another. @type {Kept} */
  let base = { era: 0, rev: 0, doc: records.empty(now()) };
  /** The same with the edits that wait. */
  let current = base;
  /** @type {Pending[]} */
  let pending = [];
  /** @type {Store['status']} */
  let status = 'saved';
  /** Why the last try failed. */
  let trouble = '';
  /** Whether a place lacks what another has. */
  let isUneven = false;
  let hadDatabase = false;
  let inDatabase = false;
  let inCopy = false;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** What pages obey before anything is loaded: a plan has its room, and whoever tries first sees no answer. */
  const noteAhead = () => {
    const { plan, settings } = current.doc;
    const isFirst = settings.tryFirst ?? kept('try') === 'first';
    const ahead = { planned: plan ? '1' : null, try: isFirst ? 'first' : null };
    for (const [key, value] of Object.entries(ahead)) if (kept(key) !== value) keep(key, value);
  };
  const notify = () => {
    noteAhead();
    listeners.forEach((listener) => listener());
  };
  const setStatus = (/** @type {Store['status']} */ next) => {
    if (status === next) return;
    status = next;
    notify();
  };

  /** An edit on data that other tabs may have changed since. Where it fails there, its result counts record by record. @type {(kept: Kept, one: Pending) => Kept} */
  const again = (onto, { apply, after }) => {
    try {
      return apply(onto);
    } catch {
      return joined(onto, { ...after, era: onto.era }) ?? onto;
    }
  };
  /** Edits on top of what is stored. Each knows what came of it. */
  const fold = (/** @type {Kept} */ onto, /** @type {Pending[]} */ edits) => edits.reduce((kept, one) => (one.after = again(kept, one)), onto);
  /** Takes in what others have stored. */
  const rest = (/** @type {Kept | null} */ stored) => {
    const next = joined(base, stored) ?? base;
    if (equal(next, base) && pending.length > 0) return;
    base = next;
    const shown = fold(base, pending);
    const isNews = !equal(shown, current);
    current = isNews ? shown : { ...shown, doc: current.doc };
    if (isNews) notify();
  };

  /** One tab at a time; where browsers have no locks, or one is stuck, transactions alone keep tabs apart. @type {<T>(work: () => Promise<T>) => Promise<T>} */
  const locked = (work) => {
    if (!navigator.locks) return work();
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      return work();
    };
    return navigator.locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, begin).catch((error) => {
      if (hasBegun) throw error;
      return work();
    });
  };
  /** Writes into the database, onto what stands there, and reads it back. @type {(edits: Pending[]) => Promise<Written>} */
  const writeDatabase = async (edits) => {
    /** @type {Written} */
    const result = await database.transact(['doc'], 'readwrite', (transaction, give) => {
      const store = transaction.objectStore('doc');
      const request = store.get('doc');
      request.onsuccess = () => {
        const isAsKnown = revOf(request.result) === seen;
        const stored = isAsKnown ? null : readKept(request.result);
        if (isNewer) return transaction.abort();
        const onto = joined(stored, base) ?? base;
        const after = isAsKnown ? edits.at(-1)?.after ?? base : fold(onto, edits);
        const written = { ...after, rev: Math.max(onto.rev, after.rev) + 1 };
        store.put(written, 'doc');
        give({ written, onto });
      };
    });
    const { written } = result;
    const there = await readRaw();
    // Another tab may have written since.
    if (!there || (revOf(there) === revOf(written) && !records.isSame(there.doc, written.doc))) throw new DOMException('read back differently', 'DataError');
    seen = revOf(written);
    return result;
  };
  /** What is not readable, or is of an older version, is kept as it was before anything is written over it. */
  const setAside = async () => {
    while (unreadable.length) {
      const [what] = unreadable;
      const isOlder = records.read(/** @type {any} */ (what)?.doc, now()).state === 'read';
      await backUp(isOlder ? 'migration' : 'unreadable', what);
      unreadable.shift();
    }
  };

  const save = async () => {
    if (isNewer) return;
    const edits = [...pending];
    isErased = false;
    let isStored = false;
    let isCopied = false;
    /** @type {Kept | undefined} */
    let written;
    /** @type {Kept | undefined} */
    let onto;
    await locked(async () => {
      try {
        await setAside();
        ({ written, onto } = await writeDatabase(edits));
        isStored = true;
      } catch (error) {
        trouble = error instanceof Error ? error.name : String(error);
        if (isNewer) return;
        const known = joined(readCopy(), base) ?? base;
        written = { ...fold(known, edits), rev: known.rev + 1 };
      }
      // What could not be kept aside is not written over.
      isCopied = unreadable.length === 0 && writeCopy(written);
    });
    hadDatabase ||= isStored;
    [inDatabase, inCopy] = [isStored, isCopied];
    const isSafe = isStored || isCopied;
    if (isSafe && written) {
      trouble = '';
      isUneven = !isStored && hadDatabase;
      pending = pending.filter((one) => !edits.includes(one));
      // Nobody else has written: what this tab shows is what is stored, with what came since.
      if (onto === base) {
        base = written;
        current = pending.length ? { ...current, rev: written.rev } : { ...written, doc: current.doc };
      } else rest(written);
      channel?.postMessage('changed');
      askToPersist();
    }
    for (const { told } of edits) told(isSafe);
    setStatus(isNewer ? 'newer' : !isSafe ? (status === 'blocked' ? 'blocked' : 'unsaved') : pending.length ? 'saving' : 'saved');
    if ((!isSafe || isUneven) && !isNewer) schedule(AGAIN);
  };
  /** @type {Promise<void>} */
  let saving = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const isWanted = () => pending.length > 0 || isUneven || unreadable.length > 0;
    return (saving = saving.then(() => (isWanted() ? save() : undefined)).catch((error) => {
      trouble = String(error);
      setStatus('unsaved');
      schedule(AGAIN);
    }));
  };
  const schedule = (/** @type {number} */ wait) => {
    if (timer !== undefined && wait > PAUSE) return;
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  /** Adds what is to happen; true once it is safely stored. @type {(apply: Pending['apply']) => Promise<boolean>} */
  const add = (apply) => {
    if (isNewer) return Promise.resolve(false);
    const after = apply(current);
    // What changes nothing is as safe as what waits before it.
    if (after === current && !pending.length) return Promise.resolve(status === 'saved');
    current = after;
    const promise = new Promise((/** @type {(isSafe: boolean) => void} */ told) => pending.push({ apply, after, told }));
    if (status === 'saved') status = 'saving';
    schedule(PAUSE);
    notify();
    return promise;
  };
  /** @type {Store['change']} */
  const change = async (edit) =>
    add((kept) => {
      const doc = records.edit(kept.doc, edit, now());
      return doc === kept.doc ? kept : { ...kept, doc };
    });

  // ---------- backups ----------

  /** @typedef {{ at: string, why: string, kept: unknown }} Stored */
  const backUp = (/** @type {string} */ why, /** @type {unknown} */ what) =>
    database.transact(['backups'], 'readwrite', (transaction, give) => {
      const store = transaction.objectStore('backups');
      const id = `${now()} ${Math.random().toString(36).slice(2, 8)}`;
      store.put({ at: now(), why, kept: what }, id);
      const keys = store.getAllKeys();
      keys.onsuccess = () => keys.result.slice(0, -BACKUPS).forEach((old) => store.delete(old));
      give(id);
    });
  /** @type {Store['backups']} */
  const backups = async () =>
    isErased ? [] : database.transact(['backups'], 'readonly', (transaction, give) => {
      const store = transaction.objectStore('backups');
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      values.onsuccess = () =>
        give(
          keys.result.map((key, nth) => {
            const { at, why, kept } = /** @type {Stored} */ (values.result[nth]);
            return { id: String(key), at, why, raw: kept, doc: records.read(/** @type {any} */ (kept)?.doc, now()).doc };
          }).reverse(),
        );
    });
  /** @type {Store['take']} */
  const take = async (doc, how, why) => {
    await flush();
    if (isNewer) return { isSafe: false };
    const undo = /** @type {string} */ (await backUp(why, current));
    const isSafe = await add((kept) => (how === 'replace' ? { ...kept, era: kept.era + 1, doc } : { ...kept, doc: records.merge(kept.doc, doc) }));
    return { isSafe, undo };
  };

  // ---------- deleting everything ----------

  const keysHere = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`${name} `));
    } catch {
      return [];
    }
  };
  const reset = () => {
    for (const { told } of pending) told(false);
    pending = [];
    unreadable.length = 0;
    isNewer = false;
    isErased = true;
    seen = '';
    isUneven = false;
    current = base = { era: 0, rev: 0, doc: records.empty(now()) };
    status = 'saved';
    notify();
  };
  /** Removes the database, once this tab and others have let it go: each does when it hears of it. */
  const remove = () =>
    new Promise((/** @type {(nothing: void) => void} */ done, failed) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => done();
      request.onerror = () => failed(request.error);
      setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), database.patience);
    });
  /** Whether there is one, as far as the browser tells. */
  const isThere = async () => {
    try {
      return (await indexedDB.databases()).some((one) => one.name === name);
    } catch {
      return false;
    }
  };
  /** @type {Store['erase']} */
  const erase = async () => {
    clearTimeout(timer);
    await saving;
    await locked(async () => {
      // The copy first: whoever hears of the rest must not take it for what has not reached the database.
      keep(COPY, null);
      keysHere().forEach((key) => localStorage.removeItem(key));
      await remove().catch(() => {});
    });
    reset();
    channel?.postMessage('erased');
    return [...((await isThere()) ? ['database'] : []), ...keysHere()];
  };

  // ---------- other tabs ----------

  const channel = self.BroadcastChannel && new BroadcastChannel(name);
  let isReading = false;
  let isAsked = false;
  const lookAgain = async () => {
    isAsked = true;
    if (isReading) return;
    isReading = true;
    while (isAsked) {
      isAsked = false;
      // A tab that can't read the database still sees the copy.
      rest(await readDatabase().catch(() => readCopy()));
      if (isNewer) setStatus('newer');
    }
    isReading = false;
  };
  channel?.addEventListener('message', ({ data }) => {
    if (data === 'erased') return reset();
    isErased = false;
    lookAgain();
  });
  addEventListener('storage', ({ key }) => void (key === `${name} ${COPY}` && !channel && lookAgain()));

  /** Leaves what waits in the copy at once: a page that is left cannot wait for a database. */
  const leave = () => {
    if (!pending.length || isNewer) return;
    const stored = joined(readCopy(), current);
    if (stored && !isNewer && !unreadable.length) writeCopy(stored);
    flush();
  };
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'hidden' ? leave() : lookAgain()));

  // ---------- what browsers say ----------

  let isPersistAsked = false;
  /** Asks once there is something worth keeping: some browsers ask the reader then. */
  const askToPersist = () => {
    if (isPersistAsked || !worth.isWorthKeeping(current.doc)) return;
    isPersistAsked = true;
    navigator.storage?.persist?.().catch(() => {});
  };
  /** @type {Store['details']} */
  const details = async () => {
    const [estimate, isPersisted] = await Promise.all([navigator.storage?.estimate?.().catch(() => undefined), navigator.storage?.persisted?.().catch(() => false)]);
    return { inDatabase, inCopy, trouble, isPersisted: isPersisted ?? false, bytes: new Blob([JSON.stringify(current.doc)]).size, quota: estimate?.quota };
  };

  const open = async () => {
    /** @type {Kept | null} */
    let stored = null;
    try {
      stored = await readDatabase();
      hadDatabase = inDatabase = true;
    } catch (error) {
      trouble = error instanceof Error ? error.name : String(error);
    }
    const copy = readCopy();
    const found = joined(stored, copy);
    if (found) base = current = found;
    // A browser that takes not even a word keeps nothing.
    keep('works', '1');
    inCopy = kept('works') === '1';
    keep('works', null);
    noteAhead();
    if (isNewer) status = 'newer';
    else if (!inDatabase && !inCopy) status = 'blocked';
    isUneven = Boolean(inDatabase && copy && !equal(found, stored));
    if (isUneven || unreadable.length) schedule(PAUSE);
    /** @type {Store} */
    const store = {
      get doc() {
        return current.doc;
      },
      get status() {
        return status;
      },
      change,
      listen: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      flush: () => flush().then(() => status === 'saved'),
      take,
      backups,
      erase,
      details,
    };
    prepbook.tellUnsaved?.(store);
    // Who has only looked so far hears of what changes from now on.
    prepbook.store = store;
    dispatchEvent(new Event('store'));
    // Chosen before there was a document to hold it.
    if (kept('try') === 'first' && store.doc.settings.tryFirst === undefined) void change((doc) => void (doc.settings.tryFirst = true));
    return store;
  };
  /** @type {Promise<Store> | undefined} */
  let store;
  prepbook.openStore = () => (store ??= open());
})();
