// What every page can do with a script: search, keys, the reader's own settings. What search looks through is
// loaded when it is first opened.
// @ts-check
(() => {
  'use strict';
  const root = document.documentElement;
  /** `prepbook` is what `search.js` leaves here. */
  const shared = /** @type {any} */ (self);
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(script.dataset.home ?? '', location.href);

  /** The scripts that may be loaded later: what the page itself names. */
  const { search = '', worker = '' } = script.dataset;
  const later = search.split(' ');
  const policy = shared.trustedTypes?.createPolicy('prepbook', {
    createScriptURL: (/** @type {string} */ address) => {
      if (address === worker || later.includes(address)) return address;
      throw new TypeError(address);
    },
  });
  /** The address as a browser with trusted types takes it. */
  const trusted = (/** @type {string} */ address) => policy?.createScriptURL(address) ?? address;

  /**
   * What this browser keeps between pages; nothing when storage is switched off.
   * @param {string} key
   */
  const kept = (key) => {
    try {
      return localStorage.getItem(`prepbook:${key}`);
    } catch {
      return null;
    }
  };
  /**
   * @param {string} key
   * @param {string | null} value
   */
  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(`prepbook:${key}`);
      else localStorage.setItem(`prepbook:${key}`, value);
    } catch {
      // The choice holds for this page only.
    }
  };

  /**
   * An element with attributes and what is inside.
   * @param {string} name
   * @param {Record<string, string>} [attributes]
   * @param {(Node | string)[]} inside
   */
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };

  /**
   * A dialog with a heading that a click beside it closes.
   * @param {string} kind
   * @param {string} title
   * @param {(Node | string)[]} inside
   */
  const makeDialog = (kind, title, ...inside) => {
    const close = make('button', { type: 'button', class: 'close' }, 'Close');
    const heading = make('h2', { id: `${kind}-title` }, title);
    const dialog = /** @type {HTMLDialogElement} */ (
      make('dialog', { class: `over ${kind}`, 'aria-labelledby': heading.id }, make('div', { class: 'over-head' }, heading, close), ...inside)
    );
    close.addEventListener('click', () => dialog.close());
    // What is pressed inside the box and let go beside it was meant for the box.
    dialog.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => {
      const box = dialog.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) dialog.close();
    });
    document.body.append(dialog);
    return dialog;
  };

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
  const folder = new URL('.', home).href;
  const here = location.href.startsWith(folder) ? location.href.slice(folder.length).replace(/[?#].*/s, '').replace(/(^|\/)$/, '$1index.html') : '';
  if (here) keep('visited', JSON.stringify([here, ...visited().filter((one) => one !== here)].slice(0, 12)));

  // ---------- search ----------

  const opener = /** @type {HTMLAnchorElement | null} */ (document.getElementById('search-open'));
  /** @type {Promise<unknown> | undefined} */
  let loading;
  /** Loads the index and what searches it: script files, so that it also works from the disk. */
  const load = () => {
    const one = (/** @type {string} */ source) =>
      new Promise((done, failed) => {
        const element = document.createElement('script');
        element.src = trusted(source);
        element.async = false;
        element.onload = done;
        element.onerror = failed;
        document.head.append(element);
      });
    loading ??= Promise.all(later.map(one)).then(() => shared.prepbook?.ready);
    loading.catch(() => (loading = undefined));
    return loading;
  };

  let openSearch = () => {
    const input = /** @type {HTMLInputElement} */ (
      make('input', {
        id: 'search-input', type: 'text', role: 'combobox', 'aria-label': 'Search', 'aria-controls': 'search-list', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
        autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'go', placeholder: 'Question, company, number or word',
      })
    );
    const list = make('div', { id: 'search-list', role: 'listbox', 'aria-label': 'Results', tabindex: '-1' });
    const status = make('p', { class: 'hint', role: 'status' });
    const none = make('p', { class: 'none' });
    const dialog = makeDialog('search-box', 'Search', input, list, none, status);
    list.hidden = true;
    /** @type {HTMLElement[]} */
    let options = [];
    let active = -1;
    /** Whether Enter came before the index. */
    let entered = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;

    const choose = (/** @type {number} */ nth) => {
      options[active]?.setAttribute('aria-selected', 'false');
      active = nth;
      const option = options[active];
      option?.setAttribute('aria-selected', 'true');
      option?.scrollIntoView({ block: 'nearest' });
      if (option) input.setAttribute('aria-activedescendant', option.id);
      else input.removeAttribute('aria-activedescendant');
    };
    const tell = (/** @type {string} */ text) => {
      clearTimeout(timer);
      timer = setTimeout(() => (status.textContent = text), 500);
    };
    const allPages = (/** @type {string} */ before) => {
      const link = make('a', { href: opener?.href ?? home.href }, 'Browse all pages');
      none.replaceChildren(before, ' ', link, '.');
    };
    const update = () => {
      const text = input.value.trim();
      const found = shared.prepbook?.find?.(text, visited().filter((one) => one !== here), home);
      if (!found) return;
      list.replaceChildren(...found.groups);
      options = found.options;
      list.hidden = !options.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
      choose(text && options.length ? 0 : -1);
      list.scrollTop = 0;
      none.replaceChildren();
      if (text && !options.length) {
        allPages(`Nothing for ‘${text}’.`);
        tell('No results');
      } else if (text) {
        tell(found.total > options.length ? `The best ${options.length} of ${found.total} results` : `${found.total} ${found.total === 1 ? 'result' : 'results'}`);
      } else tell('');
    };

    input.addEventListener('input', update);
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        const from = active < 0 && step < 0 ? 0 : active;
        choose((from + step + options.length) % options.length);
      } else if (event.key === 'Enter') {
        const option = /** @type {HTMLAnchorElement | undefined} */ (options[active]);
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

    openSearch = () => {
      if (dialog.open) return;
      dialog.showModal();
      input.focus();
      input.select();
      entered = false;
      if (!shared.prepbook) tell('Loading');
      load().then(
        () => {
          update();
          if (entered && dialog.open) options[active]?.click();
        },
        () => {
          tell('');
          allPages('Search could not be loaded.');
        },
      );
    };
    openSearch();
  };

  if (opener) {
    opener.setAttribute('aria-haspopup', 'dialog');
    opener.addEventListener('pointerenter', () => void load().catch(() => {}));
    opener.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openSearch();
    });
  }

  // ---------- keys and appearance ----------

  /** Links that a key leads to after `g`. */
  const places = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.places a[data-go]'));
  const obey = (/** @type {boolean} */ on) => root.toggleAttribute('data-no-keys', !on);

  const setAppearance = (/** @type {string} */ value) => {
    keep('theme', value === 'system' ? null : value);
    if (value === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', value);
  };

  /** @type {HTMLDialogElement | undefined} */
  let help;
  const openHelp = () => {
    // Made anew each time: another tab may have chosen since.
    help?.remove();
    const key = (/** @type {string} */ text) => make('kbd', {}, text);
    const row = (/** @type {string} */ what, /** @type {(Node | string)[]} */ ...keys) => make('div', {}, make('dt', {}, what), make('dd', {}, ...keys));
    const keys = make(
      'dl', { class: 'keys' },
      row('Search', key('/'), ' or ', key('Ctrl K')),
      row('Next page, previous page', key('j'), ' ', key('k')),
      row('Filter the questions', key('f')),
      ...Array.from(places, (place) => row(place.textContent ?? '', key('g'), ' ', key(place.dataset.go ?? ''))),
      row('This list', key('?')),
    );
    const radio = (/** @type {string} */ value, /** @type {string} */ text) => {
      const input = /** @type {HTMLInputElement} */ (make('input', { type: 'radio', name: 'appearance', value }));
      input.checked = (root.getAttribute('data-theme') ?? 'system') === value;
      input.addEventListener('change', () => setAppearance(value));
      return make('label', {}, input, text);
    };
    const on = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', role: 'switch' }));
    on.checked = !root.hasAttribute('data-no-keys');
    on.addEventListener('change', () => {
      keep('keys', on.checked ? null : 'off');
      obey(on.checked);
    });
    help = makeDialog(
      'help', 'Appearance and keys',
      make('fieldset', { class: 'choices' }, make('legend', {}, 'Appearance'), radio('system', 'As the system'), radio('light', 'Light'), radio('dark', 'Dark')),
      make('label', { class: 'choices' }, on, 'Single-key shortcuts'),
      keys,
      make('p', { class: 'hint' }, 'Both settings stay in this browser.'),
    );
    help.showModal();
  };
  document.getElementById('help-open')?.addEventListener('click', openHelp);

  let afterG = 0;
  document.addEventListener('keydown', (event) => {
    // Letters are meant whatever the alphabet of the keyboard and the lock of its capitals.
    const key = /^[^\x00-\x7f]$/.test(event.key) && event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.shiftKey ? event.key : event.key.toLowerCase();
    const isOpen = document.querySelector('dialog[open]');
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
      event.preventDefault();
      help?.close();
      openSearch();
      return;
    }
    const target = event.target instanceof Element ? event.target : root;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || event.defaultPrevented || isOpen) return;
    // The field of a dialog that has just closed keeps the focus until the next frame.
    if (root.hasAttribute('data-no-keys') || target.closest(':is(input, textarea, select, [contenteditable]):not(dialog *)')) return;
    const follow = (/** @type {string} */ selector) => {
      const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(selector));
      link?.click();
      return link;
    };
    const second = event.timeStamp - afterG < 1500 && afterG > 0;
    afterG = 0;
    let done = true;
    if (second && /^[a-z]$/.test(key)) done = Boolean(follow(`.places a[data-go="${key}"]`));
    else if (key === 'g') afterG = event.timeStamp;
    else if (key === '/') openSearch();
    else if (key === '?') openHelp();
    else if (key === 'j') done = Boolean(follow('.pager [rel="next"]'));
    else if (key === 'k') done = Boolean(follow('.pager [rel="prev"]'));
    else if (key === 'f') {
      const field = document.getElementById('filter-text');
      field?.focus();
      done = Boolean(field);
    } else done = false;
    if (done) event.preventDefault();
  });

  // ---------- reading offline ----------

  const workers = navigator.serviceWorker;
  /** Has the worker keep everything once this page is at rest, and tells of an edition that waits to be shown. */
  const keepOffline = async () => {
    const registration = await workers.register(trusted(worker));
    const show = make('button', { type: 'button' }, 'Show it');
    show.addEventListener('click', () => {
      if (!registration.waiting) return location.reload();
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting.postMessage('show');
    });
    const look = () => {
      registration.installing?.addEventListener('statechange', look);
      if (registration.waiting && registration.active) document.getElementById('newer_edition')?.replaceChildren('A newer edition is ready. ', show);
      else registration.active?.postMessage(/** @type {any} */ (navigator).connection?.saveData ? 'spare' : 'keep');
    };
    workers.addEventListener('message', ({ source, data }) => {
      const line = document.getElementById('saved_offline');
      if (line && data === 'kept' && source === registration.active) line.textContent = 'Saved for offline reading';
    });
    registration.addEventListener('updatefound', look);
    look();
  };
  // From the disk, or where the browser wants no worker, the page reads as it is.
  if (worker && workers) addEventListener('load', () => (self.requestIdleCallback ?? setTimeout)(() => keepOffline().catch(() => {})));

  // The menu of small screens closes as menus do.
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
      unfolded = Array.from(document.querySelectorAll('.follow-up:not([open])'));
      for (const one of unfolded) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of unfolded) one.open = false;
    });
  }
})();
