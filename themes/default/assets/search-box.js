// The dialog in which the reader searches, and the pages visited last, which it offers before a word is typed. What
// it looks through is loaded when it is first opened.
// @ts-check
(() => {
  'use strict';
  const { home, folder, kept, keep, make, makeDialog, loadSearch } = prepbook;

  // ---------- pages visited, the latest first ----------

  /** @returns {string[]} */
  const visited = () => {
    try {
      const list = JSON.parse(kept('visited') ?? '[]');
      return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
    } catch {
      return [];
    }
  };
  const isInside = location.href.startsWith(folder.href);
  const here = isInside ? location.href.slice(folder.href.length).replace(/[?#].*/s, '').replace(/(^|\/)$/, '$1index.html') : '';
  if (here) keep('visited', JSON.stringify([here, ...visited().filter((one) => one !== here)].slice(0, 12)));

  // ---------- the dialog ----------

  const opener = /** @type {HTMLAnchorElement | null} */ (document.getElementById('search-open'));
  /** A keystroke that takes longer than a frame, in milliseconds, is answered once no other is waiting. */
  const FRAME = 16;
  /** Letters of a query that are repeated when nothing is found for it. */
  const MOST_QUOTED = 60;

  const makeParts = () => {
    const input = make('input', {
      id: 'search-input', type: 'text', role: 'combobox', 'aria-label': 'Search', 'aria-controls': 'search-list', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'go', placeholder: 'Question, company, number or word',
    });
    const list = make('div', { id: 'search-list', role: 'listbox', 'aria-label': 'Results', tabindex: '-1' });
    const none = make('p', { class: 'none' });
    const status = make('p', { class: 'hint', role: 'status' });
    list.hidden = true;
    return { input, list, none, status, dialog: makeDialog('search-box', 'Search', input, list, none, status) };
  };

  /** Makes the dialog; gives what opens it. */
  const makeSearchBox = () => {
    const { input, list, none, status, dialog } = makeParts();
    /** @type {HTMLAnchorElement[]} */
    let options = [];
    let active = -1;
    /** Whether Enter came before the index. */
    let entered = false;

    const choose = (/** @type {number} */ nth) => {
      options[active]?.setAttribute('aria-selected', 'false');
      active = nth;
      const option = options[active];
      option?.setAttribute('aria-selected', 'true');
      option?.scrollIntoView({ block: 'nearest' });
      if (option) input.setAttribute('aria-activedescendant', option.id);
      else input.removeAttribute('aria-activedescendant');
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let telling;
    const tell = (/** @type {string} */ text) => {
      clearTimeout(telling);
      telling = setTimeout(() => (status.textContent = text), 500);
    };
    const offerAllPages = (/** @type {string} */ before) => {
      const link = make('a', { href: opener?.href ?? home.href }, 'Browse all pages');
      none.replaceChildren(before, ' ', link, '.');
    };

    const show = () => {
      const text = input.value.trim();
      const found = prepbook.results?.(text, visited().filter((one) => one !== here));
      if (!found) return;
      list.replaceChildren(...found.groups);
      options = found.options;
      list.hidden = !options.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
      choose(text && options.length ? 0 : -1);
      list.scrollTop = 0;
      none.replaceChildren();
      if (!text) return tell('');
      if (!options.length) {
        offerAllPages(`Nothing for ‘${text.length > MOST_QUOTED ? `${[...text].slice(0, MOST_QUOTED).join('')}…` : text}’.`);
        return tell('No results');
      }
      tell(found.total > options.length ? `The best ${options.length} of ${found.total} results` : `${found.total} ${found.total === 1 ? 'result' : 'results'}`);
    };
    let isSlow = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    const update = () => {
      clearTimeout(waiting);
      waiting = undefined;
      const start = performance.now();
      show();
      isSlow = performance.now() - start > FRAME;
    };

    input.addEventListener('input', () => {
      if (!isSlow) return update();
      // A timer runs after the keys that came meanwhile, so only the last of them is searched for.
      clearTimeout(waiting);
      waiting = setTimeout(update);
    });
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (waiting) update();
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        const from = active < 0 && step < 0 ? 0 : active;
        choose((from + step + options.length) % options.length);
      } else if (event.key === 'Enter') {
        const option = options[active];
        if (option && (event.ctrlKey || event.metaKey)) window.open(option.href, '_blank', 'noopener');
        else if (option) option.click();
        else entered = true;
      } else if (event.key === 'Escape' && input.value) {
        input.value = '';
        update();
      } else return;
      event.preventDefault();
    });
    // A link to a place on this page leads there with the dialog gone.
    list.addEventListener('click', (event) => !event.ctrlKey && !event.metaKey && event.target instanceof Element && event.target.closest('a') && dialog.close());

    const showLoaded = () => {
      update();
      if (entered && dialog.open) options[active]?.click();
    };
    const showFailure = () => {
      tell('');
      offerAllPages('Search could not be loaded.');
    };
    return () => {
      if (dialog.open) return;
      dialog.showModal();
      input.focus();
      input.select();
      entered = false;
      if (!prepbook.results) tell('Loading');
      loadSearch().then(showLoaded, showFailure);
    };
  };

  /** @type {(() => void) | undefined} */
  let open;
  prepbook.openSearch = () => (open ??= makeSearchBox())();

  if (opener) {
    opener.setAttribute('aria-haspopup', 'dialog');
    opener.addEventListener('pointerenter', () => void loadSearch().catch(() => {}));
    opener.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      prepbook.openSearch();
    });
  }
})();
