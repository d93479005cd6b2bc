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

  const show = (/** @type {Frozen<Doc>} */ doc) => boxes.forEach((box) => (box.checked = keyOf(box) in doc.ticks));
  /** @type {Promise<unknown> | undefined} */
  let looking;
  /** What is kept is only looked at until something is ticked. */
  const look = () => {
    looking ??= prepbook.load('glance').then(() => prepbook.watch(show));
    looking.catch(() => (looking = undefined));
    return looking;
  };
  const isAnythingKept = prepbook.kept('document') !== null;
  tell(word('ticks.kept'));
  if (isAnythingKept) look().catch(() => tell(word('ticks.not-loaded')));
  // Paper has the stories that are told.
  if (prepbook.kept('document')?.includes('"stories":[')) addEventListener('load', () => void prepbook.load('ownPaper').catch(() => {}));
  // Another tab has begun to keep something.
  addEventListener('storage', () => void (prepbook.kept('document') !== null && look().catch(() => {})));
  // Whoever comes near will tick something.
  for (const near of ['pointerover', 'pointerdown', 'focusin']) list.addEventListener(near, () => void prepbook.loadStore().catch(() => {}), { once: true });
  list.addEventListener('change', async ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const [key, isDone, at] = [keyOf(target), target.checked, new Date().toISOString()];
    try {
      const store = await prepbook.loadStore();
      void look().catch(() => {});
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
