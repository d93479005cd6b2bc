// Asks once when the interview is; shows the plan that is made of it. What draws it comes when there is a plan, or when the
// reader begins to make one.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const place = document.getElementById('coach');
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('coach_form'));
  const status = document.getElementById('coach_status');
  if (!place || !form || !status) return;
  const date = /** @type {HTMLInputElement} */ (document.getElementById('coach_date'));
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const today = new Date();
  date.min = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
  date.max = `${today.getFullYear() + 1}-${date.min.slice(5)}`;

  /** @type {Promise<(about: FormData) => void> | undefined} */
  let opening;
  const open = () => {
    opening ??= Promise.all([prepbook.load('plan'), prepbook.loadStore()]).then(([, store]) => prepbook.showPlan(place, store));
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const fail = () => (status.textContent = word('plan-card.not-loaded'));
  const isPlanned = prepbook.kept('planned') === '1';
  if (isPlanned || prepbook.kept('document') !== null) open().catch(fail);
  // Another tab has made a plan.
  addEventListener('storage', () => void (prepbook.kept('planned') === '1' && open().catch(fail)));
  form.addEventListener('focusin', () => void open().catch(() => {}), { once: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // One button says that there is no date.
    const about = new FormData(form, event.submitter);
    open().then((make) => make(about), fail);
  });
})();
