// Finds pages. Loaded when search is first opened, after MiniSearch and search-data.js; how that is laid out stands in
// prepbook's src/export/search/encode.rs. It touches no page: results.js shows what it finds.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const data = prepbook.searchData;
  // It did not come: whoever loads these says so.
  if (!data) return;
  // Every word is looked up in about a millisecond, one with a slip in several: these bounds keep a keystroke within
  // a frame, whatever is pasted.
  /** Letters of a query that are read. */
  const MOST_LETTERS = 200;
  /** Different words of it that are looked up. */
  const MOST_WORDS = 12;
  /** Words of it, unknown to the handbook, that are taken for others with two slips. */
  const MOST_GUESSED = 2;
  /** The words looked up last are remembered: most keystrokes change one. */
  const MOST_REMEMBERED = 100;
  /** How many times better a page that holds a word is at least than one with words like it. */
  const BEHIND = 2;
  /** What a general word counts beside others. */
  const GENERAL = 0.3;
  /** What a source counts: people look for the pages that name it. */
  const SOURCE = 0.1;

  // ---------- pages ----------

  const vocabulary = data.words.split(' ');
  /** Words that a page need not hold to be found: its texts are searched without most of them. */
  const general = new Set(data.general.split(' '));
  /** The words of a text; each number is that of words passed over since the one before. */
  const wordsOf = (/** @type {string} */ text) => {
    let next = 0;
    return text ? text.split(' ').map((gap) => vocabulary[(next += Number(gap) + 1) - 1]) : [];
  };
  /** An id, in which `.3` is the fourth word of the title. */
  const idOf = (/** @type {string} */ short, /** @type {string} */ title) => {
    const words = title.split(' ');
    const bare = (/** @type {string} */ word) => word.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
    return short.split('-').map((part) => (part.startsWith('.') ? bare(words[Number(part.slice(1))]) : part)).join('-');
  };
  /** @type {Page[]} */
  const pages = [];
  for (const group of data.groups) {
    for (const { title, id, number = 0, about = [], names = [], tags = '' } of group.pages) {
      const url = group.before + idOf(id, title) + group.after;
      pages.push({ id: pages.length, group, url, title, start: '', number, about, names, tags, text: data.texts[pages.length] ?? '' });
    }
  }

  // ---------- words ----------

  /** Small letters without marks, British endings as American ones. */
  const plain = (/** @type {string} */ text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]s(?![\p{L}\p{N}])/gu, '').replace(/['’]/g, '').replace(/is(e[ds]?|ing|ations?)(?!\p{L})/gu, 'iz$1');
  /** Of Chinese and Japanese, which put no spaces between words: each two letters that stand together are one. */
  const together = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
  const pairs = (/** @type {string} */ run) => {
    const letters = Array.from(run);
    return letters.length < 2 ? letters : letters.slice(1).map((letter, nth) => letters[nth] + letter);
  };
  const split = (/** @type {string} */ text) => (plain(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}+#])+/gu) ?? []).flatMap((word) => (together.test(word) ? pairs(word) : word));
  /** Words with a hyphen or a slash between them: `trade-off`, `ci/cd`. */
  const compounds = /[\p{L}\p{N}]+(?:[-‐‑/][\p{L}\p{N}]+)+/gu;
  const joined = (/** @type {string} */ compound) => compound.replace(/[-‐‑/]/g, '');
  /** The words of a text, and its compounds as one word. */
  const terms = (/** @type {string} */ text) => [...split(text), ...(plain(text).match(compounds) ?? []).map(joined)];
  /** What is typed, with its compounds as the one word that the handbook has of them. */
  const typedAs = (/** @type {string} */ query) => plain(query).replace(compounds, (compound) => (known.has(joined(compound)) ? joined(compound) : compound));

  const known = new Set(vocabulary.map(plain));
  for (const page of pages) {
    page.start = split(page.title).join(' ');
    for (const word of terms([page.title, page.tags, ...page.names].join(' '))) known.add(word);
  }
  const longest = [...known].reduce((most, word) => Math.max(most, word.length), 0);
  /**
   * How many letters of each word may be wrong. What the handbook has is found with its plural; what it does not have
   * may be misspelt, but none of its letters when less than four of them would be left.
   * @param {string[]} words
   */
  const slips = (words) => {
    let guessed = 0;
    return words.map((word) => {
      if (/\d/.test(word) || word.length < 4 || word.length > longest + 2) return 0;
      if (word.length < 8 || known.has(word)) return 1;
      return (guessed += 1) > MOST_GUESSED ? 0 : 2;
    });
  };
  /** A word, with two letters in each other's places put back if that makes a word of the handbook. */
  const straight = (/** @type {string} */ word) => {
    if (word.length < 5 || word.length > longest || known.has(word)) return word;
    const swapped = (/** @type {number} */ nth) => word.slice(0, nth) + word[nth + 1] + word[nth] + word.slice(nth + 2);
    return Array.from(word.slice(1), (_, nth) => swapped(nth)).find((one) => known.has(one)) ?? word;
  };

  // ---------- the index ----------

  const index = new self.MiniSearch({
    fields: ['title', 'names', 'tags', 'about', 'body'],
    extractField: (/** @type {Page} */ page, /** @type {string} */ field) => {
      if (field === 'about') return page.about.map((nth) => pages[nth].title).join(' ');
      if (field === 'names') return page.names.join(' ');
      return field === 'body' ? wordsOf(page.text).join(' ') : page[/** @type {'title'} */ (field)];
    },
    tokenize: terms,
    processTerm: (/** @type {string} */ term) => term,
    searchOptions: { prefix: true, weights: { prefix: 0.6, fuzzy: 0.15 }, boost: { title: 8, names: 4, tags: 3, about: 3, body: 1 } },
  });
  const ready = index.addAllAsync(pages, { chunkSize: 20 });

  // ---------- search ----------

  /** @type {Map<string, Map<number, Hit>>} */
  const remembered = new Map();
  /** Whether a page holds the word itself, be it longer or without its `s`, and not only others that are like it. */
  const holds = (/** @type {string} */ word, /** @type {Hit} */ { match }) => Object.keys(match).some((term) => term.startsWith(word) || `${term}s` === word);
  /**
   * Looks a word up, and puts pages with words that are only like it behind those that hold it: many of these words on
   * one page would count more together.
   * @param {string} word
   * @param {{ prefix: boolean, fuzzy: number }} options
   */
  const search = (word, options) => {
    // A letter begins words of every text: only what names a page is searched for it.
    const fields = options.prefix && word.length < 2 && !together.test(word) ? ['title', 'names', 'tags'] : undefined;
    const hits = index.search(word, { ...options, ...(fields && { fields }) }).map(({ id, score, match }) => ({ page: pages[id], score, match }));
    const near = new Set(hits.filter((hit) => !holds(word, hit)));
    // The best stand first.
    const [best] = near;
    const worst = hits.findLast((hit) => !near.has(hit));
    const share = best && worst ? worst.score / best.score / BEHIND : 1;
    if (share < 1) for (const hit of near) hit.score *= share;
    return new Map(hits.map((hit) => [hit.page.id, hit]));
  };
  /**
   * The pages that one word finds.
   * @param {string} word
   * @param {{ prefix: boolean, fuzzy: number }} options whether it may go on, and how many of its letters may be wrong
   */
  const lookUp = (word, options) => {
    const key = `${word} ${options.prefix} ${options.fuzzy}`;
    const found = remembered.get(key) ?? search(word, options);
    // The one that was not looked up for longest stands first, and is forgotten first.
    remembered.delete(key);
    remembered.set(key, found);
    if (remembered.size > MOST_REMEMBERED) remembered.delete([...remembered.keys()][0]);
    return found;
  };
  /**
   * The pages that several words find: all of them, or any. What more words find counts more. One or two letters are
   * the beginning of a word while they stand last; before others, and one letter also behind them, they are a word that
   * need not be there.
   * @param {string[]} words
   * @param {boolean} all
   * @returns {Hit[]}
   */
  const lookUpAll = (words, all) => {
    const fuzzy = slips(words);
    const isShort = (/** @type {number} */ nth) => words.length > 1 && words[nth].length < (nth < words.length - 1 ? 3 : 2) && !together.test(words[nth]);
    const each = words.map((word, nth) => lookUp(word, { prefix: !isShort(nth), fuzzy: fuzzy[nth] }));
    const long = words.map((_, nth) => nth).filter((nth) => !isShort(nth));
    const telling = long.filter((nth) => !general.has(words[nth]));
    const needed = telling.length ? telling : long;
    const [first, ...rest] = needed.map((nth) => each[nth]).sort((a, b) => a.size - b.size);
    const ids = all ? [...(first?.keys() ?? [])].filter((id) => rest.every((one) => one.has(id))) : new Set(each.flatMap((one) => [...one.keys()]));
    return Array.from(ids, (id) => {
      const hits = each.flatMap((one) => one.get(id) ?? []);
      const score = each.reduce((sum, one, nth) => sum + (one.get(id)?.score ?? 0) * (needed.includes(nth) ? 1 : GENERAL), 0);
      const held = needed.filter((nth) => each[nth].has(id)).length;
      return { page: pages[id], score: score * Math.max(held, 1), match: Object.assign({}, ...hits.map(({ match }) => match)) };
    });
  };

  const beforeNumbers = word('search.before-number').split(' ').map((one) => one.replace('.', '\\.')).join('|');
  const numbers = new RegExp(`^(?:${beforeNumbers})?[\\s#-]*(\\d{1,4})[.?]?$`, 'i');
  /** The number of a question that is asked for: `17`, `#17`, `Q17`, `question 17`. */
  const numberIn = (/** @type {string} */ query) => numbers.exec(query.normalize('NFKC').trim())?.[1];

  /** @type {Search['asked']} */
  const asked = (typed) => typed.slice(0, MOST_LETTERS);

  /** @type {Search['find']} */
  const find = (typed) => {
    const query = asked(typed);
    const words = [...new Set(split(typedAs(query)))].slice(0, MOST_WORDS);
    let found = lookUpAll(words, true);
    if (!found.length) found = lookUpAll(words.map(straight), true);
    if (!found.length) found = lookUpAll(words, false);
    const start = split(query).join(' ');
    for (const hit of found) {
      // What people look for most begins with "Tell me".
      if (hit.page.group.kind === 'source') hit.score *= SOURCE;
      const isFirst = hit.page.start.startsWith(start) || hit.page.group.kind === 'question';
      hit.score *= hit.page.start === start ? 20 : isFirst ? 1.5 : 1;
    }
    found.sort((a, b) => b.score - a.score);
    const number = numberIn(query);
    if (!number) return found;
    const numbered = pages.filter((page) => page.number && String(page.number).startsWith(number)).sort((a, b) => a.number - b.number);
    const rest = found.filter((hit) => !numbered.includes(hit.page));
    return [...numbered.map((page) => ({ page, score: 0, match: {} })), ...rest];
  };

  prepbook.search = { ready, pages, plain, split, wordsOf, asked, find };
})();
