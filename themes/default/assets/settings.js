// What the dialog of appearance and keys holds. Loaded when it is first opened.
// @ts-check
(() => {
  'use strict';
  const { keep, make, word, worded } = prepbook;
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
    return make('fieldset', { class: 'choices' }, make('legend', {}, word('settings.appearance')), radio('system', word('settings.system')), radio('light', word('settings.light')), radio('dark', word('settings.dark')));
  };
  const makeSwitch = () => {
    const input = make('input', { type: 'checkbox', role: 'switch' });
    input.checked = !root.hasAttribute('data-no-keys');
    input.addEventListener('change', () => {
      keep('keys', input.checked ? null : 'off');
      root.toggleAttribute('data-no-keys', !input.checked);
    });
    return make('label', { class: 'choices' }, input, word('settings.single-keys'));
  };

  const makeKeys = () => {
    const key = (/** @type {string} */ text) => make('kbd', {}, text);
    const row = (/** @type {string} */ what, /** @type {(Node | string)[]} */ ...keys) => make('div', {}, make('dt', {}, what), make('dd', {}, ...keys));
    return make(
      'dl', { class: 'keys' },
      row(word('settings.search'), ...worded('settings.search-keys', { first: key('/'), other: key(word('key.search')) })),
      row(word('settings.pages'), key('j'), ' ', key('k')),
      row(word('settings.filter'), key('f')),
      row(word('settings.try'), key(word('key.space'))),
      ...Array.from(places, (place) => row(place.textContent ?? '', key('g'), ' ', key(place.dataset.go ?? ''))),
      row(word('settings.list'), key('?')),
    );
  };

  prepbook.settings = () => [makeAppearance(), makeSwitch(), makeKeys(), make('p', { class: 'hint' }, word('settings.kept'))];
})();
