// What every page has: the opening of search and of the settings, keys, and the menu of small screens.
// @ts-check
(() => {
  'use strict';
  const { home, folder, kept, keep, make, word, makeDialog, load, loadSearch } = prepbook;
  const root = document.documentElement;
  /** How long a letter after `g` still belongs to it, in milliseconds. */
  const PAUSE = 1500;

  // ---------- pages visited, the latest first ----------

  /** @returns {string[]} */
  const visitedWithThis = () => {
    try {
      const list = JSON.parse(kept('visited') ?? '[]');
      return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
    } catch {
      return [];
    }
  };
  const isInside = location.href.startsWith(folder.href);
  const here = isInside ? location.href.slice(folder.href.length).replace(/[?#].*/s, '').replace(/(^|\/)$/, '$1index.html') : '';
  const visited = () => visitedWithThis().filter((one) => one !== here);
  if (here) keep('visited', JSON.stringify([here, ...visited()].slice(0, 12)));

  // ---------- search ----------

  const opener = /** @type {HTMLAnchorElement | null} */ (document.getElementById('search-open'));
  /** The dialog is here before what answers in it, so that all that is typed meanwhile counts. */
  const makeSearchBox = () => {
    const input = make('input', {
      id: 'search-input', type: 'text', role: 'combobox', 'aria-label': word('search.title'), 'aria-controls': 'search-list', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'go', placeholder: word('search.placeholder'),
    });
    const list = make('div', { id: 'search-list', role: 'listbox', 'aria-label': word('search.list'), tabindex: '-1' });
    const none = make('p', { class: 'none' });
    const status = make('p', { class: 'hint', role: 'status' });
    list.hidden = true;
    const dialog = makeDialog('search-box', word('search.title'), input, list, none, status);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let telling;
    const tell = (/** @type {string} */ text) => {
      clearTimeout(telling);
      telling = setTimeout(() => (status.textContent = text), 500);
    };
    const offerAllPages = (/** @type {string} */ before) => {
      const link = make('a', { href: opener?.href ?? home.href }, word('search.all-pages'));
      none.replaceChildren(before, ' ', link, '.');
    };
    let isEntered = false;
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter') isEntered = true;
      if (event.key !== 'Escape' || !input.value) return;
      input.value = '';
      input.dispatchEvent(new Event('input'));
      event.preventDefault();
    });
    const open = () => {
      if (dialog.open) return;
      dialog.showModal();
      input.focus();
      input.select();
      isEntered = false;
      if (!prepbook.results) tell(word('search.loading'));
      const show = () => prepbook.showResults?.(isEntered && dialog.open);
      const showFailure = () => {
        tell('');
        offerAllPages(word('search.not-loaded'));
      };
      loadSearch().then(show, showFailure);
    };
    return { open, dialog, input, list, none, tell, offerAllPages };
  };
  /** @type {ReturnType<typeof makeSearchBox> | undefined} */
  let searchBox;
  prepbook.visited = visited;
  prepbook.searchBox = () => (searchBox ??= makeSearchBox());
  const openSearch = () => prepbook.searchBox().open();

  opener?.setAttribute('aria-haspopup', 'dialog');
  for (const near of ['pointerenter', 'focus']) opener?.addEventListener(near, () => void loadSearch().catch(() => {}));
  opener?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openSearch();
  });

  // ---------- appearance and keys ----------

  /** @type {HTMLDialogElement | undefined} */
  let help;
  const showHelp = (/** @type {Node[]} */ ...inside) => {
    if (document.querySelector('dialog[open]')) return;
    // Made anew each time: another tab may have chosen since.
    help?.remove();
    help = makeDialog('help', word('settings.title'), ...inside);
    help.showModal();
  };
  const openHelp = () => {
    load('settings').then(
      () => showHelp(...(prepbook.settings?.() ?? [])),
      () => showHelp(make('p', { class: 'hint' }, word('settings.not-loaded'))),
    );
  };
  document.getElementById('help-open')?.addEventListener('click', openHelp);

  // ---------- what the reader did with questions ----------

  const beside = /** @type {HTMLElement | null} */ (document.querySelector('.beside'));
  /** In lists, and beside a question where the window has room for that. */
  const showMine = () => {
    if (document.querySelector('.cards, .questions') ?? beside?.checkVisibility()) void load('mine').catch(() => {});
  };

  // ---------- what the reader did before ----------

  // Nothing of it is loaded for a reader of whom nothing is kept, or who came by no list.
  for (const event of ['load', 'resize']) addEventListener(event, () => document.readyState === 'complete' && root.hasAttribute('data-kept') && showMine());
  // In a long theme, too, the question stands among its neighbours.
  const current = beside?.querySelector('[aria-current]');
  if (beside && current) beside.scrollTop = current.getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 2;

  // On home a plan stands in its place.
  if (root.hasAttribute('data-kept')) addEventListener('load', () => document.getElementById('practice_now')?.checkVisibility() && void load('now').catch(() => {}));
  try {
    if (sessionStorage.getItem(`prepbook ${folder.pathname} list`) && document.querySelector('.pager, .questions')) void load('list').catch(() => {});
  } catch {
    // Storage is switched off.
  }

  // Nobody waits for what follows the reader down the page.
  addEventListener('load', () => void load('place').catch(() => {}));

  // ---------- keys ----------

  /** Follows a link of this page; false when it has none. */
  const follow = (/** @type {string} */ selector) => {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(selector));
    link?.click();
    return Boolean(link);
  };
  const focusFilter = () => {
    const field = document.getElementById('filter-text');
    field?.focus();
    return Boolean(field);
  };
  /** Pages scroll by this key: it begins what can be practised only where its button is seen and nothing has the focus. */
  const practise = () => {
    const button = /** @type {HTMLElement | null} */ (document.querySelector('.practise .go'));
    const box = button?.getBoundingClientRect();
    // Who clicks on the text has its column focused.
    const isFree = !document.activeElement || document.activeElement.matches('body, main');
    if (!button || !box || box.bottom < 0 || box.top > innerHeight || !isFree) return false;
    button.click();
  };
  /**
   * What each key does; false when there is nothing to do on this page.
   * @type {Record<string, () => boolean | void>}
   */
  const actions = {
    '/': openSearch,
    '?': openHelp,
    j: () => follow('.pager [rel="next"]'),
    k: () => follow('.pager [rel="prev"]'),
    f: focusFilter,
    ' ': practise,
  };
  /** The key, whatever the alphabet of the keyboard and the lock of its capitals. */
  const keyOf = (/** @type {KeyboardEvent} */ event) => {
    const isForeignLetter = /^[^\x00-\x7f]$/.test(event.key) && event.code.startsWith('Key');
    if (isForeignLetter) return event.code.slice(3).toLowerCase();
    return event.shiftKey ? event.key : event.key.toLowerCase();
  };
  /** Whether a key is meant for something else: a field, a dialog, the browser. */
  const isMeantElsewhere = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || event.defaultPrevented) return true;
    if (root.hasAttribute('data-no-keys') || document.querySelector('dialog[open]')) return true;
    const target = event.target instanceof Element ? event.target : root;
    // The field of a dialog that has just closed keeps the focus until the next frame.
    return Boolean(target.closest(':is(input, textarea, select, [contenteditable]):not(dialog *)'));
  };

  let afterG = -PAUSE;
  document.addEventListener('keydown', (event) => {
    const key = keyOf(event);
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
      event.preventDefault();
      help?.close();
      return openSearch();
    }
    if (isMeantElsewhere(event)) return;
    const isSecond = event.timeStamp - afterG < PAUSE && /^[a-z]$/.test(key);
    afterG = key === 'g' && !isSecond ? event.timeStamp : -PAUSE;
    const action = isSecond ? () => follow(`.places a[data-go="${key}"]`) : Object.hasOwn(actions, key) && actions[key];
    if (action ? action() !== false : key === 'g') event.preventDefault();
  });

  // ---------- the menu of small screens ----------

  // It closes as menus do: when something else is pressed or focused, by Escape, and behind a reader who leaves.
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.menu'));
  const leave = (/** @type {EventTarget | null} */ to) => {
    if (menu && !(to instanceof Node && menu.contains(to))) menu.open = false;
  };
  document.addEventListener('click', ({ target }) => leave(target));
  menu?.addEventListener('focusout', ({ relatedTarget }) => relatedTarget && leave(relatedTarget));
  addEventListener('pagehide', () => leave(null));
  menu?.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    leave(null);
    menu.querySelector('summary')?.focus();
  });

  // Browsers that don't know `::details-content` print what is folded only while it is open.
  if (!CSS.supports('selector(::details-content)')) {
    /** @type {HTMLDetailsElement[]} */
    let unfolded = [];
    addEventListener('beforeprint', () => {
      unfolded = Array.from(document.querySelectorAll(':is(.follow-up, .noted, .weak-answer > details):not([open])'));
      for (const one of unfolded) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of unfolded) one.open = false;
    });
  }
})();
