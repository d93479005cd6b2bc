// What the dialog of appearance and keys holds. Loaded when it is first opened.
// @ts-check
(() => {
  'use strict';
  const { keep, make } = prepbook;
  const root = document.documentElement;
  /** Links that a key leads to after `g`. */
  const places = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.places a[data-go]'));

  const setAppearance = (/** @type {string} */ value) => {
    keep('theme', value === 'system' ? null : value);
    if (value === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', value);
  };
  const makeAppearance = () => {
    const radio = (/** @type {string} */ value, /** @type {string} */ text) => {
      const input = make('input', { type: 'radio', name: 'appearance', value });
      input.checked = (root.getAttribute('data-theme') ?? 'system') === value;
      input.addEventListener('change', () => setAppearance(value));
      return make('label', {}, input, text);
    };
    return make('fieldset', { class: 'choices' }, make('legend', {}, 'Appearance'), radio('system', 'As the system'), radio('light', 'Light'), radio('dark', 'Dark'));
  };
  const makeSwitch = () => {
    const input = make('input', { type: 'checkbox', role: 'switch' });
    input.checked = !root.hasAttribute('data-no-keys');
    input.addEventListener('change', () => {
      keep('keys', input.checked ? null : 'off');
      root.toggleAttribute('data-no-keys', !input.checked);
    });
    return make('label', { class: 'choices' }, input, 'Single-key shortcuts');
  };

  const makeKeys = () => {
    const key = (/** @type {string} */ text) => make('kbd', {}, text);
    const row = (/** @type {string} */ what, /** @type {(Node | string)[]} */ ...keys) => make('div', {}, make('dt', {}, what), make('dd', {}, ...keys));
    return make(
      'dl', { class: 'keys' },
      row('Search', key('/'), ' or ', key('Ctrl K')),
      row('Next page, previous page', key('j'), ' ', key('k')),
      row('Filter the questions', key('f')),
      row('Try a question against the clock', key('Space')),
      ...Array.from(places, (place) => row(place.textContent ?? '', key('g'), ' ', key(place.dataset.go ?? ''))),
      row('This list', key('?')),
    );
  };

  prepbook.settings = () => [makeAppearance(), makeSwitch(), makeKeys(), make('p', { class: 'hint' }, 'Both settings stay in this browser.')];
})();
