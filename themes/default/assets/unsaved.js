// Tells on the page what is not kept, and offers it as a file. It speaks only when something is wrong.
// @ts-check
(() => {
  'use strict';
  const { make, word } = prepbook;
  /** @type {Partial<Record<Store['status'], string>>} */
  const sentences = {
    unsaved: word('unsaved.unsaved'),
    blocked: word('unsaved.blocked'),
    newer: word('unsaved.newer'),
  };

  /** @type {Prepbook['saveFile']} */
  const saveFile = (name, text, type) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = make('a', { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  prepbook.saveFile = saveFile;

  prepbook.tellUnsaved = (store) => {
    /** @type {HTMLElement | undefined} */
    let line;
    const show = () => {
      const sentence = sentences[store.status];
      if (!sentence) {
        line?.remove();
        line = undefined;
        return;
      }
      if (line?.dataset.status === store.status) return;
      line?.remove();
      const download = make('button', { type: 'button' }, word('unsaved.download'));
      download.addEventListener('click', () => saveFile(`prepbook-${new Date().toISOString().slice(0, 10)}.json`, JSON.stringify(store.doc, null, 1), 'application/json'));
      line = make('p', { class: 'unsaved', role: 'alert', 'data-status': store.status }, `${sentence} `, download);
      document.body.append(line);
    };
    store.listen(show);
    show();
  };
})();
