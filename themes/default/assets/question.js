// The page of a question: opens the try and the reader's own answer when they are wanted, and keeps how the page is shown.
// @ts-check
(() => {
  'use strict';
  const { kept, keep, word } = prepbook;
  const root = document.documentElement;
  const question = decodeURIComponent(location.pathname.replace(/\/(index\.html)?$/, '').split('/').at(-1) ?? '');

  // ---------- trying a question first ----------

  const tryIt = document.getElementById('try_it');
  const tellTry = (/** @type {string} */ text) => {
    const line = document.querySelector('.practise [role="status"]');
    if (line) line.textContent = text;
  };
  const openTry = () => {
    if (document.querySelector('dialog[open]')) return;
    tellTry('');
    const open = () => prepbook.openTry(question);
    const showMine = () => void (document.querySelector('.beside')?.checkVisibility() && prepbook.load('mine').catch(() => {}));
    prepbook.load('try').then(open).then(showMine).catch(() => tellTry(word('told.not-loaded')));
  };
  tryIt?.addEventListener('click', openTry);
  for (const near of ['pointerenter', 'focus']) tryIt?.addEventListener(near, () => void prepbook.load('try').catch(() => {}));
  // A page that is loaded again goes on with the try that was under way, and a link can lead into one.
  if (tryIt && (history.state?.run || location.search === '?try')) {
    if (location.search === '?try') history.replaceState(history.state, '', location.pathname);
    openTry();
  }

  const tryFirst = /** @type {HTMLInputElement | null} */ (document.getElementById('try_first'));
  if (tryFirst) {
    const show = () => (tryFirst.checked = root.hasAttribute('data-try-first'));
    for (const event of ['pageshow', 'storage']) addEventListener(event, show);
    show();
    tryFirst.addEventListener('change', () => {
      keep('try', tryFirst.checked ? 'first' : null);
      root.toggleAttribute('data-try-first', tryFirst.checked);
      root.removeAttribute('data-unfolded');
      // A document that there is holds it, too, so that it is exported; for this alone none is made.
      const { checked } = tryFirst;
      if (root.hasAttribute('data-kept')) prepbook.loadStore().then((store) => store.change((doc) => void (doc.settings.tryFirst = checked))).catch(() => {});
    });
    document.getElementById('try_unfold')?.addEventListener('click', () => {
      root.setAttribute('data-unfolded', '');
      const heading = /** @type {HTMLElement | null} */ (document.querySelector('.folded ~ section h2, .rest h2'));
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    });
  }

  const tryRecord = /** @type {HTMLInputElement | null} */ (document.getElementById('try_record'));
  if (tryRecord) {
    tryRecord.checked = kept('record') === 'on';
    tryRecord.addEventListener('change', () => {
      keep('record', tryRecord.checked ? 'on' : null);
      tellTry(tryRecord.checked ? word('try.from-next') : '');
    });
  }

  // ---------- the reader's own answer ----------

  // Paper has it, too.
  if (prepbook.kept('document')?.includes(`"${question}":{`)) addEventListener('load', () => void prepbook.load('ownPaper').catch(() => {}));
  const write = document.getElementById('answer-open');
  write?.addEventListener('click', () => {
    const told = /** @type {HTMLElement} */ (write.nextElementSibling);
    told.textContent = '';
    const open = () => prepbook.openAnswer(question, write);
    prepbook.load('answer').then(open).catch(() => (told.textContent = word('told.not-loaded')));
  });
})();
