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
  const dayIn = (/** @type {number} */ days) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  };
  date.min = dayIn(0);
  date.max = `${today.getFullYear() + 1}-${date.min.slice(5)}`;
  // Most days are near: one press names them, where a calendar takes three.
  const near = /** @type {HTMLElement[]} */ (Array.from(form.querySelectorAll('[data-days]')));
  const showNear = () => near.forEach((one) => one.setAttribute('aria-pressed', `${date.value === dayIn(Number(one.dataset.days))}`));
  for (const one of near) {
    one.addEventListener('click', () => {
      date.value = dayIn(Number(one.dataset.days));
      showNear();
    });
  }
  date.addEventListener('input', showNear);
  showNear();

  // The plan begins with the day of the interview: where that is asked, nobody is led away.
  document.getElementById('plan_start')?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || form.hidden) return;
    event.preventDefault();
    place.scrollIntoView({ block: 'nearest' });
    date.focus({ preventScroll: true });
  });

  /** @type {Promise<PlanCard> | undefined} */
  let opening;
  const open = () => {
    opening ??= prepbook.load('plan').then(() => prepbook.showPlan(place));
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const fail = () => (status.textContent = word('plan-card.not-loaded'));
  const isPlanned = prepbook.kept('planned') === '1';
  if (isPlanned || prepbook.kept('document') !== null) open().catch(fail);
  // Another tab has made a plan.
  addEventListener('storage', () => void (prepbook.kept('planned') === '1' && open().catch(fail)));
  form.addEventListener('focusin', () => void open().then(({ ready }) => ready()).catch(() => {}), { once: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // One button says that there is no date.
    const about = new FormData(form, event.submitter);
    open().then(({ use }) => use('make', about), fail);
  });
})();
