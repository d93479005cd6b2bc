// Shows what search finds, in groups. Loaded after search.js.
// @ts-check
(() => {
  'use strict';
  const { home, make, word, worded, search } = prepbook;
  // Its data did not come: whoever loads these says so.
  if (!search) return;
  const { pages, plain, split, wordsOf, asked, find } = search;
  /** At most so many results are shown. */
  const MOST = 12;
  /** At most so many pages visited last are shown. */
  const MOST_VISITED = 5;

  /**
   * A text with the words that were found marked.
   * @param {string} text
   * @param {Set<string>} found
   * @returns {(Node | string)[]}
   */
  const marked = (text, found) => text.split(/([\p{L}\p{N}+#'’]+)/u).map((piece, nth) => (nth % 2 && found.has(plain(piece)) ? make('mark', {}, piece) : piece));
  /** The words that were found in one field of a page. */
  const foundIn = (/** @type {string} */ field, /** @type {Match} */ match) => new Set(Object.keys(match).filter((term) => match[term].includes(field)));

  /**
   * What is said of a result below its title: where it belongs, and why it was found if the title does not show it.
   * @param {string[]} words that were asked for
   * @param {Hit} hit
   */
  const remarks = (words, { page, match }) => {
    const about = foundIn('about', match);
    const names = foundIn('names', match);
    const inTitle = foundIn('title', match);
    const isMarked = (/** @type {string} */ text, /** @type {Set<string>} */ found) => split(text).some((word) => found.has(word));
    const out = page.about.map((nth) => pages[nth].title).filter((title, nth) => nth === 0 || isMarked(title, about)).slice(0, 3).map((title) => marked(title, about));
    const name = page.names.find((name) => isMarked(name, names));
    if (name && [...names].some((term) => !inTitle.has(term))) out.push(worded('search.also', { names: marked(name, names) }));
    if (!words.every((word) => inTitle.has(word)) && !out.some((one) => one.length > 1)) {
      const quoted = new Set([...foundIn('body', match)].filter((term) => match[term].length === 1));
      const body = quoted.size ? wordsOf(page.text).filter((word) => quoted.has(plain(word))).slice(0, 4).join(', ') : '';
      if (body) out.push(worded('search.in-the-text', { words: marked(body, new Set(split(body))) }));
    }
    return out.flatMap((one, nth) => (nth ? [' · ', ...one] : one));
  };

  /**
   * A result that can be chosen.
   * @param {Hit} hit
   * @param {(Node | string)[]} below
   */
  const makeOption = ({ page, match }, below) => {
    const number = page.number ? [make('span', { class: 'q' }, word('told.number', { number: `${page.number}` })), ' '] : [];
    const name = make('span', { class: page.group.kind === 'question' ? 'said' : '' }, ...marked(page.title, foundIn('title', match)));
    const option = make('a', { role: 'option', href: new URL(page.url, home).href, tabindex: '-1', 'aria-selected': 'false' }, ...number, name);
    if (below.length) option.append(' ', make('span', { class: 'path' }, ...below));
    return option;
  };

  /** The pages visited last, as far as they are still there. */
  const latest = (/** @type {string[]} */ visited) => {
    const known = new Map(pages.map((page) => [page.url, page]));
    return visited.flatMap((url) => known.get(url) ?? []).slice(0, MOST_VISITED).map((page) => ({ page, score: 0, match: {} }));
  };

  /** The exercise that the reader has left, to go on with. */
  const goesOn = () => {
    try {
      const { title, url } = JSON.parse(prepbook.kept('continue') ?? 'null') ?? {};
      const address = new URL(url, home);
      return typeof title === 'string' && address.href.startsWith(prepbook.folder.href) ? make('a', { role: 'option', href: address.href, tabindex: '-1', 'aria-selected': 'false' }, title) : null;
    } catch {
      return null;
    }
  };

  /** @type {NonNullable<Prepbook['results']>} */
  const results = (query, visited) => {
    const hits = query ? find(query) : latest(visited);
    const words = split(asked(query));
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const hit of hits.slice(0, MOST)) {
      const { kind, name } = hit.page.group;
      const title = query ? name : word('search.visited');
      let group = groups.get(title);
      if (!group) {
        const id = `search-group-${groups.size}`;
        group = make('div', { role: 'group', 'aria-labelledby': id }, make('div', { id, class: 'group-name', role: 'presentation' }, title));
        groups.set(title, group);
      }
      group.append(makeOption(hit, query ? remarks(words, hit) : kind === 'page' ? [] : [name]));
    }
    const under = query ? null : goesOn();
    const first = under ? [make('div', { role: 'group', 'aria-labelledby': 'search_continue' }, make('div', { id: 'search_continue', class: 'group-name', role: 'presentation' }, word('search.goes-on')), under)] : [];
    const all = [...first, ...groups.values()];
    // Ids follow the order on the screen, which is by group.
    const options = all.flatMap((group) => Array.from(group.querySelectorAll('a')));
    options.forEach((option, nth) => (option.id = `search_option_${nth}`));
    return { groups: all, options, total: hits.length + first.length };
  };
  search.ready.then(() => (prepbook.results = results));
})();
