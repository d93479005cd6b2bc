// Keeps the reader's document: in a database, with a copy beside it, shared by all tabs. The only script that opens
// storage for it. Loaded when a page or the reader first needs it.
// @ts-check
(() => {
  'use strict';
  const { folder, kept, keep, records } = prepbook;
  /** How long an edit may wait for the next one, in milliseconds. */
  const PAUSE = 300;
  /** When what could not be kept is tried again. */
  const AGAIN = 10_000;
  /** How long storage may take to answer before the page goes on without it. */
  const PATIENCE = 5000;
  /** The longest copy, in characters: browsers give all copies of a host some five millions. */
  const LONGEST_COPY = 2_000_000;
  const BACKUPS = 5;
  const COPY = 'document';
  /** Several handbooks can share a host, and all on a disk share one. */
  const name = `prepbook ${folder.pathname}`;
  const now = () => new Date().toISOString();

  /**
   * A document as it is stored: after a replacement it belongs to a new era, in which what stood before does not come
   * back from a copy or another tab.
   * @typedef {{ era: number, rev: number, doc: Frozen<Doc> }} Kept
   */
  /** @typedef {{ apply: (kept: Kept) => Kept, after: Kept, told: (isSafe: boolean) => void }} Pending */
  /** @type {(a: Kept | null, b: Kept | null) => Kept | null} */
  const joined = (a, b) => {
    if (!a || !b || a === b) return a ?? b;
    if (a.era !== b.era) return a.era > b.era ? a : b;
    return { era: a.era, rev: Math.max(a.rev, b.rev), doc: records.merge(a.doc, b.doc) };
  };
  const equal = (/** @type {Kept | null} */ a, /** @type {Kept | null} */ b) => a === b || Boolean(a && b && a.era === b.era && records.canonical(a.doc) === records.canonical(b.doc));

  // ---------- the database ----------

  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  const openDatabase = () => {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(name, 1);
      setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), PATIENCE);
      request.onupgradeneeded = () => {
        for (const store of ['doc', 'backups', 'audio', 'chunks']) request.result.createObjectStore(store);
      };
      request.onerror = () => failed(request.error);
      request.onsuccess = () => {
        const database = request.result;
        const forget = () => (opened = undefined);
        // Another tab removes everything, or has a newer program.
        database.onversionchange = () => {
          database.close();
          forget();
        };
        database.onclose = forget;
        done(database);
      };
    });
    opened.catch(() => (opened = undefined));
    return opened;
  };
  /**
   * Runs requests in one transaction, which nobody else comes between; done once it is complete.
   * @template T
   * @param {string[]} stores
   * @param {IDBTransactionMode} mode
   * @param {(transaction: IDBTransaction, give: (result: T) => void) => void} work
   * @returns {Promise<T>}
   */
  const transact = async (stores, mode, work) => {
    const transaction = (await openDatabase()).transaction(stores, mode);
    return new Promise((done, failed) => {
      /** @type {T} */
      let result;
      const late = setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), PATIENCE);
      const fail = (/** @type {unknown} */ error) => {
        clearTimeout(late);
        failed(error ?? new DOMException('not completed', 'AbortError'));
      };
      transaction.oncomplete = () => {
        clearTimeout(late);
        done(result);
      };
      transaction.onabort = () => fail(transaction.error);
      try {
        work(transaction, (given) => (result = given));
      } catch (error) {
        fail(error);
        transaction.abort();
      }
    });
  };

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
  /** @type {() => Promise<Kept | null>} */
  const readDatabase = async () =>
    isErased ? null : transact(['doc'], 'readonly', (transaction, give) => {
      const request = transaction.objectStore('doc').get('doc');
      request.onsuccess = () => give(readKept(request.result));
    });

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
  /** Pages give a plan its room before it is loaded. */
  const notePlan = () => {
    const isPlanned = current.doc.plan ? '1' : null;
    if (kept('planned') !== isPlanned) keep('planned', isPlanned);
  };
  const notify = () => {
    notePlan();
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
  const fold = (/** @type {Kept} */ onto, /** @type {Pending[]} */ edits) => edits.reduce(again, onto);
  /** Takes in what is stored now. */
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
  /** Writes into the database, onto what stands there, and reads it back. @type {(edits: Pending[]) => Promise<Kept>} */
  const writeDatabase = async (edits) => {
    /** @type {Kept} */
    const written = await transact(['doc'], 'readwrite', (transaction, give) => {
      const store = transaction.objectStore('doc');
      const request = store.get('doc');
      request.onsuccess = () => {
        const stored = readKept(request.result);
        if (isNewer) return transaction.abort();
        const onto = joined(stored, base) ?? base;
        const isAsKnown = equal(onto, base) && edits.length === pending.length;
        const next = { ...(isAsKnown ? current : fold(onto, edits)), rev: onto.rev + 1 };
        store.put(next, 'doc');
        give(next);
      };
    });
    const there = await readDatabase();
    if (!there || (there.rev === written.rev && !equal(there, written))) throw new DOMException('read back differently', 'DataError');
    return written;
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
    await locked(async () => {
      try {
        await setAside();
        written = await writeDatabase(edits);
        isStored = true;
      } catch (error) {
        trouble = error instanceof Error ? error.name : String(error);
        if (isNewer) return;
        const onto = joined(readCopy(), base) ?? base;
        written = { ...fold(onto, edits), rev: onto.rev + 1 };
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
      rest(written);
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
    if (after === current) return pending.length ? flush().then(() => status === 'saved') : Promise.resolve(status === 'saved');
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
    transact(['backups'], 'readwrite', (transaction, give) => {
      const store = transaction.objectStore('backups');
      const id = `${now()} ${Math.random().toString(36).slice(2, 8)}`;
      store.put({ at: now(), why, kept: what }, id);
      const keys = store.getAllKeys();
      keys.onsuccess = () => keys.result.slice(0, -BACKUPS).forEach((old) => store.delete(old));
      give(id);
    });
  /** @type {Store['backups']} */
  const backups = async () =>
    isErased ? [] : transact(['backups'], 'readonly', (transaction, give) => {
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
    isUneven = false;
    current = base = { era: 0, rev: 0, doc: records.empty(now()) };
    status = 'saved';
    notify();
  };
  const deleteDatabase = () =>
    new Promise((/** @type {(nothing: void) => void} */ done, failed) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => done();
      request.onerror = () => failed(request.error);
      setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), PATIENCE);
    });
  /** @type {Store['erase']} */
  const erase = async () => {
    clearTimeout(timer);
    await saving;
    await locked(async () => {
      const database = await opened?.catch(() => undefined);
      database?.close();
      opened = undefined;
      await deleteDatabase().catch(() => {});
      keysHere().forEach((key) => localStorage.removeItem(key));
    });
    reset();
    channel?.postMessage('erased');
    const known = await indexedDB.databases?.().catch(() => []);
    return [...(known ?? []).flatMap((one) => (one.name === name ? ['database'] : [])), ...keysHere()];
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
    if (isPersistAsked || !records.isWorthKeeping(current.doc)) return;
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
    notePlan();
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
    return store;
  };
  /** @type {Promise<Store> | undefined} */
  let store;
  prepbook.openStore = () => (store ??= open());
})();
