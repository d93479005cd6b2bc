// The database of what the reader keeps: opened when it is first needed, one complete transaction at a time, with an end to
// every wait. What stands in it, store.js and recorder.js know.
// @ts-check
(() => {
  'use strict';
  /** How long storage may take to answer before the page goes on without it. */
  const patience = 5000;
  /** Several handbooks can share a host, and all on a disk share one. */
  const name = `prepbook ${prepbook.folder.pathname}`;

  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  const openDatabase = () => {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(name, 1);
      setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), patience);
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
      const late = setTimeout(() => failed(new DOMException('no answer', 'TimeoutError')), patience);
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

  prepbook.database = { name, patience, transact };
})();
