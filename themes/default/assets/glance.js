// What the reader keeps, for who only shows it: read from the database without the store, which is ten times as long.
// Where the copy beside it does not say the very same, something is not yet joined: then the store opens, and mends that.
// @ts-check
(() => {
  'use strict';
  const { kept, database, loadStore } = prepbook;
  /** The only version of documents that can be read as it stands; records.js makes it of older ones. */
  const SCHEMA = 1;
  prepbook.blank = { app: 'prepbook', schema: SCHEMA, createdAt: '', updatedAt: '', settings: {}, plan: null, ticks: {}, stories: {}, questions: {}, attempts: [], audio: [], run: null, gone: {} };

  const known = () => prepbook.store?.doc;
  /** @type {Prepbook['glance']} */
  prepbook.glance = async () => {
    const copy = kept('document');
    if (known() || copy === null) return known() ?? prepbook.blank;
    /** @type {any} */
    const stored = await database.transact(['doc'], 'readonly', (transaction, give) => {
      const request = transaction.objectStore('doc').get('doc');
      request.onsuccess = () => give(request.result);
    }).catch(() => null);
    const isWhole = stored?.doc.schema === SCHEMA && JSON.stringify(stored) === copy;
    // The store may have opened meanwhile, and know more.
    return known() ?? (isWhole ? stored.doc : (await loadStore()).doc);
  };

  /** @type {Prepbook['watch']} */
  prepbook.watch = (show) => {
    const look = () => prepbook.glance().then(show, () => {});
    for (const event of ['storage', 'pageshow']) addEventListener(event, look);
    const listen = () => {
      prepbook.store?.listen(look);
      look();
    };
    if (prepbook.store) listen();
    else {
      addEventListener('store', listen, { once: true });
      look();
    }
  };
})();
