// Asks whether the device is to write down what is said, where it can; where it first needs the language, fetches that at the
// reader's word.
// @ts-check
(() => {
  'use strict';
  const { make, dictation } = prepbook;

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
          status.textContent = box.checked ? 'From the next answer on. Sound and words stay on this device.' : '';
        });
        return place.replaceChildren(make('label', {}, box, ' Write down what I say'), status);
      }
      const install = make('button', { type: 'button', class: 'button' }, 'Get the language for it');
      install.addEventListener('click', async () => {
        install.setAttribute('aria-disabled', 'true');
        status.textContent = 'The browser is fetching it. This can take some minutes.';
        status.textContent = (await dictation.install()) ? 'It is here.' : 'The browser did not get it. Type what you said instead.';
        install.removeAttribute('aria-disabled');
        await draw();
        document.getElementById('run_dictate')?.focus();
      });
      place.replaceChildren(make('p', {}, 'This browser can write down what you say, on this device, once it has the language.'), install, status);
    };
    void draw();
    return place;
  };
})();
