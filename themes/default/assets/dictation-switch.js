// Asks whether the device is to write down what is said, where it can; where it first needs the language, fetches that at the
// reader's word.
// @ts-check
(() => {
  'use strict';
  const { make, word, dictation } = prepbook;

  /** @type {Prepbook['makeDictationSwitch']} */
  prepbook.makeDictationSwitch = () => {
    const place = make('div', { class: 'run-dictate' });
    const status = make('p', { class: 'hint', role: 'status' });
    const draw = async () => {
      const offer = await dictation.offer();
      if (offer === 'none') return place.replaceChildren();
      if (offer === 'ready') {
        const box = make('input', { type: 'checkbox', role: 'switch', id: 'run_dictate' });
        box.checked = prepbook.kept('dictate') === 'on';
        box.addEventListener('change', () => {
          prepbook.keep('dictate', box.checked ? 'on' : null);
          status.textContent = box.checked ? word('dictation.from-next') : '';
        });
        return place.replaceChildren(make('label', {}, box, ` ${word('dictation.switch')}`), status);
      }
      const install = make('button', { type: 'button', class: 'button' }, word('dictation.get'));
      install.addEventListener('click', async () => {
        install.setAttribute('aria-disabled', 'true');
        status.textContent = word('dictation.fetching');
        status.textContent = (await dictation.install()) ? word('dictation.here') : word('dictation.failed');
        install.removeAttribute('aria-disabled');
        await draw();
        document.getElementById('run_dictate')?.focus();
      });
      place.replaceChildren(make('p', {}, word('dictation.offer')), install, status);
    };
    void draw();
    return place;
  };
})();
