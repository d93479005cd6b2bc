// What the other scripts share: the one global `prepbook`, and the reader's settings, which hold before anything is
// painted. It is the only script that the page waits for; it names what is loaded later in its attributes.
// @ts-check
(() => {
  'use strict';
  const root = document.documentElement;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(script.dataset.home ?? '', location.href);
  /** Where the handbook stands. Several can stand below different paths of one host, and all on a disk share one. */
  const folder = new URL('.', home);

  // ---------- addresses ----------

  // Links name the files that they lead to, so that they also lead there from the disk. Hosts give a folder's page at the
  // folder's own address, and some send on who asks for its file: there links get that address before they are used.
  const isHosted = location.protocol.startsWith('http');
  /** @type {Prepbook['addressOf']} */
  const addressOf = (page) => {
    const { href } = new URL(page, home);
    return isHosted && href.startsWith(folder.href) ? href.replace(/^([^?#]*\/)index\.html(?=[?#]|$)/, '$1') : href;
  };
  const shortenLink = (/** @type {Event} */ { target }) => {
    const link = target instanceof Element && target.closest('a');
    if (link && link.href !== addressOf(link.href)) link.href = addressOf(link.href);
  };
  for (const use of ['pointerover', 'pointerdown', 'focusin', 'click']) addEventListener(use, shortenLink, true);
  // Who came by the file's address, without scripts or from elsewhere, shares and keeps the same one as all others.
  const here = addressOf(location.href);
  if (here !== location.href) history.replaceState(history.state, '', here);

  // ---------- storage ----------

  /** Keys begin as the names of the worker's caches do: `prepbook /handbook/ theme`. */
  const scoped = (/** @type {string} */ key) => `prepbook ${folder.pathname} ${key}`;
  /** @type {Prepbook['kept']} */
  const kept = (key) => {
    try {
      return localStorage.getItem(scoped(key));
    } catch {
      // Storage is switched off.
      return null;
    }
  };
  /** @type {Prepbook['keep']} */
  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(scoped(key));
      else localStorage.setItem(scoped(key), value);
    } catch {
      // The choice holds for this page only.
    }
  };
  /**
   * Takes over, once, what was kept when the handbooks of a host still shared their keys. The shared keys stay: another
   * handbook of this host may not have taken them over yet.
   */
  const takeOverSharedKeys = () => {
    if (kept('moved')) return;
    try {
      for (const key of ['theme', 'keys', 'visited', 'cheat-sheet']) {
        const value = localStorage.getItem(`prepbook:${key}`);
        if (value !== null && kept(key) === null) localStorage.setItem(scoped(key), value);
      }
      localStorage.setItem(scoped('moved'), '1');
    } catch {
      // The shared keys are still there at the next visit.
    }
  };

  // ---------- the reader's settings ----------

  const obeySettings = () => {
    const theme = kept('theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
    else root.removeAttribute('data-theme');
    root.toggleAttribute('data-no-keys', kept('keys') === 'off');
    root.toggleAttribute('data-kept', kept('document') !== null);
    root.toggleAttribute('data-planned', kept('planned') === '1');
    root.toggleAttribute('data-try-first', kept('try') === 'first');
  };
  /** The reader's plan, and what goes on, get the room that they took when drawn last, so that nothing below them moves. */
  const keepRoom = () => {
    for (const what of ['room', 'now']) {
      const [width, height] = (kept(`${what} ${location.pathname}`) ?? '').split(' ').map(Number);
      if (width === self.innerWidth) root.style.setProperty(`--${what}`, `${height}px`);
    }
  };
  root.className = 'js';
  takeOverSharedKeys();
  obeySettings();
  keepRoom();
  // Chosen on another page, before this one came back or while it was open.
  addEventListener('pageshow', obeySettings);
  addEventListener('storage', obeySettings);

  // ---------- scripts that are loaded later ----------

  // By name, the scripts that belong together, as the attributes of this one list them.
  const { home: _, ...named } = script.dataset;
  const { worker = '' } = named;
  const listed = (/** @type {string} */ name) => (named[name] ?? '').split(' ').filter(Boolean);
  const allowed = Object.keys(named).flatMap(listed);
  const policy = self.trustedTypes?.createPolicy('prepbook', {
    createScriptURL: (address) => {
      if (allowed.includes(address)) return address;
      throw new TypeError(address);
    },
  });
  /** @type {Prepbook['trusted']} */
  const trusted = (address) => /** @type {string} */ (policy?.createScriptURL(address) ?? address);
  /** By their addresses: several names can list the same. @type {Map<string, Promise<unknown>>} */
  const running = new Map();
  /** Runs a script once: a file of its own, so that it also works from the disk. */
  const run = (/** @type {string} */ address) => {
    const script =
      running.get(address) ??
      new Promise((done, failed) => {
        const element = document.createElement('script');
        element.src = trusted(address);
        element.async = false;
        element.onload = done;
        element.onerror = failed;
        document.head.append(element);
      });
    running.set(address, script);
    return script;
  };
  /** @type {Prepbook['load']} */
  const load = (name) => {
    const addresses = listed(name);
    const runAt = (/** @type {string} */ address, /** @type {number} */ nth) => {
      const script = run(address);
      // What stands behind a script that did not come has run without it: it runs once more.
      script.catch(() => addresses.slice(nth).forEach((behind) => running.delete(behind)));
      return script;
    };
    return Promise.all(addresses.map(runAt));
  };
  /** @type {Prepbook['loadSearch']} */
  const loadSearch = () => load('search').then(() => self.prepbook.search?.ready);
  /** @type {Prepbook['loadStore']} */
  const loadStore = () => load('store').then(() => self.prepbook.openStore());

  // Where the browser wants no worker, as on pages from the disk, the page reads as it is.
  if (worker && navigator.serviceWorker) addEventListener('load', () => (self.requestIdleCallback ?? setTimeout)(() => void load('offline').catch(() => {})));

  // ---------- words ----------

  // The build puts messages in the place of their keys: a text, or one a plural form. What needs no values, no call is left of.
  /** @type {Intl.PluralRules | undefined} */
  let plurals;
  /** @type {Prepbook['worded']} */
  const worded = (message, values) => {
    plurals ??= new Intl.PluralRules(root.lang || []);
    const forms = /** @type {any} */ (message);
    /** @type {string} */
    const text = forms[plurals.select(Number(values.n))] ?? forms.other ?? message;
    return text.split(/{([a-z\d_]+)}/).flatMap((part, nth) => {
      const value = nth % 2 ? (values[part] ?? '') : part;
      return typeof value === 'number' ? value.toLocaleString(root.lang || []) : value;
    });
  };
  /** @type {Prepbook['word']} */
  const word = (message, values = {}) => worded(message, values).join('');

  // ---------- elements ----------

  /** @type {Prepbook['make']} */
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  /** @type {Prepbook['makeDialog']} */
  const makeDialog = (kind, title, ...inside) => {
    const close = make('button', { type: 'button', class: 'close' }, word('dialog.close'));
    const heading = make('h2', { id: `${kind}-title` }, title);
    const head = make('div', { class: 'over-head' }, heading, close);
    const dialog = make('dialog', { class: `over ${kind}`, 'aria-labelledby': heading.id }, head, ...inside);
    close.addEventListener('click', () => dialog.close());
    // What is pressed inside the box and let go beside it was meant for the box.
    dialog.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => {
      const box = dialog.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) dialog.close();
    });
    document.body.append(dialog);
    return dialog;
  };

  // The scripts that follow leave the rest.
  self.prepbook = /** @type {Prepbook} */ ({ home, folder, worker, addressOf, kept, keep, trusted, load, loadSearch, loadStore, word, worded, make, makeDialog });
})();
