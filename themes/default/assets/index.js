// Filters and sorts the question index. What is chosen stands in the address, so it can be shared and gone back to.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form.filters'));
  const table = /** @type {HTMLTableElement | null} */ (document.getElementById('questions'));
  if (!form || !table) return;
  const status = /** @type {HTMLElement} */ (document.getElementById('filter-count'));
  const empty = /** @type {HTMLElement} */ (document.getElementById('filter-empty'));
  const remedy = /** @type {HTMLButtonElement} */ (empty.querySelector('button'));
  const clear = /** @type {HTMLButtonElement} */ (form.querySelector('[type="reset"]'));
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (Array.from(form.elements).filter((field) => field.hasAttribute('name')));
  const groups = /** @type {HTMLTableSectionElement[]} */ (Array.from(table.querySelectorAll('tbody[data-theme]')));
  const heads = /** @type {HTMLElement[]} */ (Array.from(table.querySelectorAll('th[data-sort]')));
  /** Takes the rows when they are sorted; by themes they stand in their groups. */
  const sorted = table.createTBody();
  sorted.hidden = true;
  /** Take the rows when a company is chosen: by what it rests on that it asks them. */
  const grounds = /** @type {HTMLTableSectionElement[]} */ (Array.from(table.querySelectorAll('[data-ground]')));

  const plain = (/** @type {string} */ text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '');
  /** By company, what it rests on that it asks a question: the first of what does. */
  const askersOf = (/** @type {HTMLElement} */ { dataset }) => new Map(grounds.toReversed().flatMap((ground) => (dataset[ground.dataset.ground ?? ''] ?? '').split(' ').map((company) => [company, ground])));
  const rows = groups.flatMap((group) =>
    Array.from(group.rows)
      .filter((row) => row.dataset.id)
      .map((row) => ({ row, group, text: plain(`${group.rows[0].textContent} ${row.dataset.also} ${row.textContent}`), askers: askersOf(row) })),
  );
  /** @typedef {typeof rows[number]} Row */

  /** What it rests on that a company asks a row's question; nothing when it is not known to. */
  const groundOf = (/** @type {Row} */ { askers }, /** @type {string} */ company) => askers.get(company);
  /**
   * Whether a row passes one filter.
   * @type {Record<string, (row: Row, value: string) => boolean>}
   */
  const tests = {
    text: ({ text }, value) => plain(value).split(/\s+/).every((word) => text.includes(word)),
    theme: ({ row }, value) => row.dataset.theme === value,
    company: (row, value) => groundOf(row, value) !== undefined,
    asked: ({ row }, value) => row.dataset.frequency === value,
    difficulty: ({ row }, value) => row.dataset.difficulty === value,
    // Until it is known, all of them may be meant.
    mine: ({ row }, value) => row.dataset.mine === undefined || row.dataset.mine.split(' ').includes(value),
  };
  const often = ['common', 'regular', 'occasional', ''];
  const last = Number.MAX_SAFE_INTEGER;
  const collator = new Intl.Collator();
  /**
   * What a column sorts by; what is unknown comes last.
   * @type {Record<string, (row: Row) => number | string>}
   */
  const keys = {
    number: ({ row }) => Number(row.dataset.number) || last,
    title: ({ row }) => row.cells[1].textContent ?? '',
    company: ({ row }) => -row.cells[2].childElementCount || last,
    asked: ({ row }) => often.indexOf(row.dataset.frequency ?? ''),
    difficulty: ({ row }) => Number(row.dataset.difficulty) || last,
    mine: ({ row }) => Number(row.dataset.rating ?? last),
  };

  /** What the remedy says, by the name of the field. @type {Record<string, string>} */
  const clearings = {
    text: word('index.clear-text'),
    theme: word('index.clear-theme'),
    company: word('index.clear-company'),
    asked: word('index.clear-asked'),
    difficulty: word('index.clear-difficulty'),
    mine: word('index.clear-mine'),
  };

  let sort = '';
  const chosen = () => fields.filter((field) => field.value.trim());
  const passing = (/** @type {typeof fields} */ filters) => rows.filter((row) => filters.every((field) => tests[field.name](row, field.value.trim())));

  /** The filter without which the most questions would be left. */
  const narrowest = () => {
    const filters = chosen();
    const left = (/** @type {typeof fields[0]} */ field) => passing(filters.filter((other) => other !== field)).length;
    return filters.sort((a, b) => left(b) - left(a))[0];
  };

  /** Puts rows into an order, each into its group. What stands right already is not touched: that is most of them. */
  const place = (/** @type {Row[]} */ order, /** @type {(row: Row) => HTMLTableSectionElement} */ groupOf) => {
    /** The row that the next one of a group, from the end on, is to stand before. @type {Map<Element, Element>} */
    const firsts = new Map();
    for (const one of order.toReversed()) {
      const [group, { row }] = [groupOf(one), one];
      const before = firsts.get(group) ?? null;
      if (row.parentNode !== group || row.nextElementSibling !== before) group.insertBefore(row, before);
      firsts.set(group, row);
    }
  };

  /** Even an attribute that stays as it was has the style of all below it found anew. */
  const hide = (/** @type {HTMLElement} */ element, /** @type {boolean} */ isHidden) => element.hidden !== isHidden && (element.hidden = isHidden);
  const show = () => {
    const filters = chosen();
    const shown = new Set(passing(filters));
    for (const one of rows) hide(one.row, !shown.has(one));
    const column = sort.replace('-', '');
    const back = sort.startsWith('-') ? -1 : 1;
    const key = keys[column];
    const isSorted = Object.hasOwn(keys, column);
    const company = fields.find((field) => field.name === 'company')?.value ?? '';
    /** Where a row stands now. */
    const homeOf = (/** @type {Row} */ row) => (isSorted ? sorted : ((company && groundOf(row, company)) || row.group));
    let order = rows;
    if (isSorted) {
      // Each is read once, and not at each comparison.
      const ranked = rows.map((row) => ({ row, by: key(row) })).sort(({ by: x }, { by: y }) => {
        if (x === last || y === last) return Number(x === last) - Number(y === last);
        return back * (typeof x === 'number' ? x - Number(y) : collator.compare(x, String(y)));
      });
      order = ranked.map(({ row }) => row);
    }
    place(order, homeOf);
    const filled = new Set(Array.from(shown, homeOf));
    for (const group of [sorted, ...grounds, ...groups]) hide(group, !filled.has(group));
    for (const head of heads) {
      if (head.dataset.sort === column) head.setAttribute('aria-sort', back > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }
    const about = { shown: shown.size, n: rows.length };
    status.textContent = shown.size === rows.length ? word('index.count', about) : word('index.count-of', about);
    clear.hidden = !filters.length && !sort;
    const field = shown.size ? undefined : narrowest();
    empty.hidden = !field;
    table.hidden = !shown.size;
    if (field) remedy.textContent = clearings[field.name];
  };

  /** Whichever question is opened from a part of them has its neighbours there. */
  const keepList = () => location.search && void prepbook.load('list').catch(() => {});
  table.addEventListener('known', show);

  /** Takes filters and order from the address; words it cannot mean are left out. */
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = query.get(field.name) ?? '';
      // A choice that the list does not have is none: not even the empty one is chosen then.
      if (!field.value) field.value = '';
    }
    const wanted = query.get('sort') ?? '';
    sort = Object.hasOwn(keys, wanted.replace(/^-/, '')) ? wanted : '';
    show();
    keepList();
  };
  /** Whether the last change was a letter: a word is one step back. */
  let typing = false;
  /**
   * Shows what is chosen now and puts it into the address.
   * @param {boolean} anew whether Back undoes it
   */
  const change = (anew) => {
    show();
    const query = new URLSearchParams(chosen().map((field) => [field.name, field.value.trim()]));
    if (sort) query.set('sort', sort);
    const address = `${location.pathname}${query.size ? `?${query}` : ''}`;
    history[anew ? 'pushState' : 'replaceState'](null, '', address);
    keepList();
    typing = false;
  };

  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    // Up, down, and back to themes.
    button.addEventListener('click', () => {
      const name = head.dataset.sort ?? '';
      sort = sort === name ? `-${name}` : sort === `-${name}` ? '' : name;
      change(true);
    });
  }
  form.addEventListener('input', (event) => {
    const isText = event.target instanceof HTMLInputElement;
    change(!isText || !typing);
    typing = isText;
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    for (const field of fields) field.value = '';
    sort = '';
    change(true);
    fields[0].focus();
  });
  remedy.addEventListener('click', () => {
    const field = narrowest();
    field.value = '';
    change(true);
    field.focus();
  });
  addEventListener('popstate', () => {
    typing = false;
    read();
  });
  read();
})();
