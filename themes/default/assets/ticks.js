// Ticks on a checklist that stay. What is kept is opened when there is something, or when the first tick is set.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  document.getElementById('print')?.addEventListener('click', () => print());
  const list = /** @type {HTMLElement | null} */ (document.querySelector('.tasks[data-checkpoint]'));
  if (!list) return;
  const boxes = /** @type {HTMLInputElement[]} */ (Array.from(list.querySelectorAll('input[type="checkbox"]')));
  const hint = document.getElementById('ticks');
  const keyOf = (/** @type {HTMLInputElement} */ box) => `${list.dataset.checkpoint}/${box.id.replace('item-', '')}`;
  const tell = (/** @type {string} */ text) => hint && hint.textContent !== text && (hint.textContent = text);

  /** @type {Promise<Store> | undefined} */
  let opening;
  const open = () => {
    opening ??= prepbook.loadStore().then((store) => {
      const show = () => boxes.forEach((box) => (box.checked = keyOf(box) in store.doc.ticks));
      store.listen(show);
      show();
      return store;
    });
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const isAnythingKept = prepbook.kept('document') !== null;
  tell(word('ticks.kept'));
  if (isAnythingKept) open().catch(() => tell(word('ticks.not-loaded')));
  // Another tab has begun to keep something.
  addEventListener('storage', () => void (prepbook.kept('document') !== null && open().catch(() => {})));
  list.addEventListener('change', async ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const [key, isDone, at] = [keyOf(target), target.checked, new Date().toISOString()];
    try {
      const store = await open();
      target.checked = isDone;
      const isKept = await store.change((doc) => {
        if (isDone) doc.ticks[key] = { at };
        else delete doc.ticks[key];
      });
      if (!isKept) tell(word('ticks.refused'));
    } catch {
      tell(word('ticks.not-connected'));
    }
  });
})();
