// The page of an exercise that a tool runs: loads the tool when the reader wants it.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const bar = document.getElementById('exercise_box');
  const button = bar?.querySelector('button');
  const line = bar?.querySelector('[role="status"]');
  if (!bar || !button || !line) return;
  const load = () => prepbook.load('exercise');
  const open = () => {
    if (document.querySelector('dialog[open]')) return;
    line.textContent = '';
    load().then(() => prepbook.openExercise(bar)).catch(() => (line.textContent = word('told.not-loaded')));
  };
  button.addEventListener('click', open);
  for (const near of ['pointerenter', 'focus']) button.addEventListener(near, () => void load().catch(() => {}));
  // A page that is loaded again goes on with what was under way, and a link to a set leads to it.
  if (history.state?.exercise || new URLSearchParams(location.search).has('seed') || location.hash === '#continue') open();
})();
