// Finds pages. Loaded when search is first opened, after MiniSearch and search-data.js, whose words it spells out.
// @ts-check
(() => {
  'use strict';
  const shared = /** @type {any} */ (self);
  const data = shared.prepbookSearch;
  // It did not come: whoever loads these says so.
  if (!data) return;
  const words = data.words.split(' ');
  const keys = data.keys.split(' ');
  /** At most so many results are shown. */
  const MOST = 12;

  /** The numbers that a run of digits stands for: see `digit` in prepbook's src/export/search.rs. */
  const numbers = (/** @type {string} */ run) =>
    Array.from(run, (digit) => {
      const code = /** @type {number} */ (digit.codePointAt(0));
      return code < 0xa1 ? data.digits.indexOf(digit) : code - 0xa1 + data.digits.length - (code > 0xdfff ? 0x800 : 0);
    });
  const text = (/** @type {string} */ run) => numbers(run).map((place) => words[place]).join(' ');
  const set = (/** @type {string} */ run) => {
    let next = 0;
    return numbers(run).map((gap) => keys[(next += gap + 1) - 1]).join(' ');
  };
  const bare = (/** @type {string} */ word) => word.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

  /** @type {Page[]} */
  const pages = [];
  for (const [group, before, after, rows] of data.groups) {
    for (const row of rows) {
      const [head, number = 0, about = [], names = [], body = ''] = [row].flat();
      const [title, id, tags = ''] = head.split(' ');
      const shown = text(title);
      const near = shown.split(' ');
      const name = numbers(id).map((place) => (place < data.near ? bare(near[place]) : words[place - data.near]));
      pages.push({ id: pages.length, group, url: before + name.join('-') + after, title: shown, tags: set(tags), number, about, names: names.map(text), body: set(body) });
    }
  }

  /** Letters alone, small; British endings as American ones. */
  const plain = (/** @type {string} */ text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]s(?![\p{L}\p{N}])/gu, '').replace(/['’]/g, '').replace(/is(e[ds]?|ing|ations?)(?!\p{L})/gu, 'iz$1');
  const split = (/** @type {string} */ text) => plain(text).match(/[\p{L}\p{N}+#]+/gu) ?? [];

  const index = new shared.MiniSearch({
    fields: ['title', 'names', 'tags', 'about', 'body'],
    extractField: (/** @type {Page} */ page, /** @type {string} */ field) => {
      if (field === 'about') return page.about.map((nth) => pages[nth].title).join(' ');
      return field === 'names' ? page.names.join(' ') : page[/** @type {'title'} */ (field)];
    },
    tokenize: split,
    processTerm: (/** @type {string} */ term) => term,
    searchOptions: {
      prefix: true,
      // One slip in words of five letters, of which four may be left, two in long ones: letters that changed places
      // count as two.
      fuzzy: (/** @type {string} */ term) => (/\d/.test(term) || term.length < 4 ? false : term.length < 8 ? 1 : 2),
      weights: { prefix: 0.6, fuzzy: 0.15 },
      boost: { title: 8, names: 4, tags: 3, about: 3, body: 1 },
    },
  });
  const ready = index.addAllAsync(pages, { chunkSize: 400 });

  const known = new Set([...words, ...keys].map(plain));
  /** A word, with two letters in each other's places put back if that makes a word of the handbook. */
  const straight = (/** @type {string} */ word) => {
    if (word.length < 5 || known.has(word)) return word;
    const swapped = (/** @type {number} */ nth) => word.slice(0, nth) + word[nth + 1] + word[nth] + word.slice(nth + 2);
    return Array.from(word.slice(1), (_, nth) => swapped(nth)).find((one) => known.has(one)) ?? word;
  };

  /** @returns {{ page: Page, match: Record<string, string[]> }[]} */
  const search = (/** @type {string} */ query) => {
    const all = (/** @type {string} */ query) => index.search(query, { combineWith: 'AND' });
    let found = all(query);
    if (!found.length) found = all(split(query).map(straight).join(' '));
    if (!found.length) found = index.search(query, { combineWith: 'OR' });
    const start = split(query).join(' ');
    const ranked = found.map((/** @type {{ id: number, score: number, match: Record<string, string[]> }} */ hit) => {
      const page = pages[hit.id];
      const title = split(page.title).join(' ');
      // What people look for most begins with "Tell me".
      const first = title.startsWith(start) || page.group === 'Questions';
      return { page, match: hit.match, score: hit.score * (title === start ? 20 : first ? 1.5 : 1) };
    });
    ranked.sort((/** @type {{ score: number }} */ a, /** @type {{ score: number }} */ b) => b.score - a.score);
    const number = /^(?:q|no\.?|question)?[\s#-]*(\d{1,4})[.?]?$/i.exec(query.normalize('NFKC').trim())?.[1];
    if (!number) return ranked;
    const numbered = pages.filter((page) => String(page.number).startsWith(number) && page.number).sort((a, b) => a.number - b.number);
    const rest = ranked.filter((/** @type {{ page: Page }} */ hit) => !numbered.includes(hit.page));
    return [...numbered.map((page) => ({ page, match: {} })), ...rest];
  };

  /**
   * A text with the words that were found marked.
   * @param {string} text
   * @param {Set<string>} found
   * @returns {(Node | string)[]}
   */
  const marked = (text, found) =>
    text.split(/([\p{L}\p{N}+#'’]+)/u).map((piece, nth) => {
      if (nth % 2 === 0 || !found.has(plain(piece))) return piece;
      const mark = document.createElement('mark');
      mark.textContent = piece;
      return mark;
    });

  /** What is said of a result below its title: where it belongs, and why it was found if the title does not show it. */
  const remarks = (/** @type {string} */ query, /** @type {Page} */ page, /** @type {Record<string, string[]>} */ match) => {
    const by = (/** @type {string} */ field) => new Set(Object.keys(match).filter((term) => match[term].includes(field)));
    const about = by('about');
    const names = by('names');
    const inTitle = by('title');
    const isMarked = (/** @type {string} */ text, /** @type {Set<string>} */ found) => split(text).some((word) => found.has(word));
    const out = page.about.map((nth) => pages[nth].title).filter((title, nth) => nth === 0 || isMarked(title, about)).slice(0, 3).map((title) => marked(title, about));
    const more = (/** @type {Set<string>} */ found) => [...found].some((term) => !inTitle.has(term));
    const name = page.names.find((name) => isMarked(name, names));
    if (name && more(names)) out.push(['also: ', ...marked(name, names)]);
    const quoted = [...by('body')].filter((term) => match[term].length === 1);
    const body = page.body.split(' ').filter((word) => quoted.includes(plain(word))).slice(0, 4).join(', ');
    if (body && !split(query).every((word) => inTitle.has(word)) && !out.some((one) => one.length > 1)) out.push(['in the text: ', ...marked(body, new Set(split(body)))]);
    return out.flatMap((one, nth) => (nth ? [' · ', ...one] : one));
  };

  const make = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes, /** @type {(Node | string)[]} */ ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };

  /**
   * What stands in the list for a query; for none, the pages visited last.
   * @param {string} query
   * @param {string[]} visited
   * @param {URL} home
   */
  const find = (query, visited, home) => {
    const known = new Map(pages.map((page) => [page.url, page]));
    const latest = visited.flatMap((url) => known.get(url) ?? []).slice(0, 5);
    /** @type {ReturnType<typeof search>} */
    const hits = query ? search(query) : latest.map((page) => ({ page, match: {} }));
    const shown = hits.slice(0, MOST);
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    /** @type {HTMLElement[]} */
    const options = [];
    for (const { page, match } of shown) {
      const title = query ? page.group : 'Visited last';
      let group = groups.get(title);
      if (!group) {
        const id = `search-group-${groups.size}`;
        group = make('div', { role: 'group', 'aria-labelledby': id }, make('div', { id, class: 'group-name', role: 'presentation' }, title));
        groups.set(title, group);
      }
      const words = new Set(Object.keys(match).filter((term) => match[term].includes('title')));
      const number = page.number ? [make('span', { class: 'q' }, `Q${page.number}`), ' '] : [];
      const name = make('span', { class: page.group === 'Questions' ? 'said' : '' }, ...marked(page.title, words));
      const below = query ? remarks(query, page, match) : page.group === 'Pages' ? [] : [page.group];
      const option = make('a', { role: 'option', href: new URL(page.url, home).href, tabindex: '-1', 'aria-selected': 'false' }, ...number, name);
      if (below.length) option.append(' ', make('span', { class: 'path' }, ...below));
      group.append(option);
    }
    // Ids follow the order on the screen, which is by group.
    for (const group of groups.values()) {
      for (const option of group.querySelectorAll('a')) {
        option.id = `search_option_${options.length}`;
        options.push(option);
      }
    }
    return { groups: [...groups.values()], options, total: hits.length };
  };

  shared.prepbook = { ready, find };
})();

/**
 * @typedef {{ id: number, group: string, url: string, title: string, tags: string, number: number, about: number[], names: string[], body: string }} Page
 */
