// What the reader's own words give a story: a title, and figures with their phrases, which a press takes over into its three
// fields.
// @ts-check
(() => {
  'use strict';
  const { make, word, lint } = prepbook;
  /** A title has at most so many characters. */
  const TITLE = 44;
  /** Up to so many figures a story keeps. */
  const FIGURES = 3;
  /** Up to so many are offered at a time. */
  const OFFERS = 6;
  /** A clause of so many words is a phrase by itself; of a longer one, so many words before a figure and after it. */
  const CLAUSE = 9;
  const BEFORE = 3;
  const AFTER = 4;
  /** How long typing rests before they are looked for, in milliseconds. */
  const REST = 300;
  /** What stands between marks; those within a figure are none. */
  const clauses = /(?:[^.,;:!?…()\n–—]|(?<=\d)[.,:](?=\d))+/gu;
  const isYear = (/** @type {string} */ word) => /^(?:19|20)\d\d$/.test(word);

  /** @type {Prepbook['firstWords']} */
  const firstWords = ({ headline = '', beats = {} }) => {
    const text = [headline, ...Object.values(beats)].find((one) => one.trim()) ?? '';
    const [sentence] = text.trim().split(/(?<=[.!?…])\s|\n/, 1);
    const words = sentence.replace(/[.,;:!?…–—-]+$/, '').split(/\s+/);
    let told = '';
    for (const word of words) {
      const longer = told ? `${told} ${word}` : word.slice(0, TITLE);
      if (longer.length > TITLE) return `${told.replace(/[,;:–—-]+$/, '').trim()} …`;
      told = longer;
    }
    return told;
  };

  /** @type {Prepbook['figuresIn']} */
  const figuresIn = (text) => {
    /** @type {string[]} */
    const phrases = [];
    for (const [clause] of text.matchAll(clauses)) {
      const words = clause.match(/\S+/g) ?? [];
      const places = words.flatMap((word, nth) => (/\d/.test(word) && !isYear(word) ? [nth] : []));
      if (!places.length) continue;
      if (words.length <= CLAUSE) {
        phrases.push(words.join(' '));
        continue;
      }
      let end = 0;
      places.forEach((place, nth) => {
        if (place < end) return;
        // Figures that are near each other belong together.
        let last = place;
        for (const other of places.slice(nth + 1)) if (other - last <= BEFORE) last = other;
        const start = Math.max(end, place - BEFORE);
        end = Math.min(words.length, last + 1 + AFTER);
        phrases.push(words.slice(start, end).join(' '));
      });
    }
    return [...new Set(phrases)];
  };

  /** @type {Prepbook['makeFigures']} */
  prepbook.makeFigures = ({ story, canWrite, fields: { bind } }, texts) => {
    const inputs = Array.from({ length: FIGURES }, (_, nth) => {
      const input = make('input', { type: 'text', autocomplete: 'off', 'aria-label': word('editor.figure', { nth: nth + 1 }), maxlength: '200' });
      bind(input, () => story().numbers?.[nth] ?? '', (one, value) => {
        const numbers = [...(one.numbers ?? [])];
        while (numbers.length < nth) numbers.push('');
        numbers[nth] = value;
        one.numbers = numbers;
      });
      return input;
    });
    const list = make('ul', { class: 'offers' });
    const offers = make('div', { class: 'figure-offers' }, make('p', { class: 'hint' }, word('editor.figures-found')), list);
    /** Those that stand in no field yet, while there is room for one. */
    const wanted = () => {
      const taken = new Set(lint.figures(inputs.map(({ value }) => value).join('\n')));
      if (!canWrite() || inputs.every(({ value }) => value.trim())) return [];
      return figuresIn(texts().join('\n')).filter((phrase) => lint.figures(phrase).some((figure) => !taken.has(figure))).slice(0, OFFERS);
    };
    const take = (/** @type {string} */ phrase, /** @type {number} */ nth) => {
      const empty = inputs.find(({ value }) => !value.trim());
      if (!empty) return;
      empty.value = phrase.slice(0, empty.maxLength);
      empty.dispatchEvent(new Event('input', { bubbles: true }));
      offer();
      const rest = list.querySelectorAll('button');
      (rest[Math.min(nth, rest.length - 1)] ?? empty).focus();
    };
    let drawn = '';
    const offer = () => {
      const phrases = wanted();
      offers.hidden = !phrases.length;
      if (drawn === phrases.join('\n')) return;
      drawn = phrases.join('\n');
      // Who is on one of them keeps the place.
      const on = Array.from(list.children).findIndex((row) => row.contains(document.activeElement));
      list.replaceChildren(...phrases.map((phrase, nth) => {
        const button = make('button', { type: 'button' }, phrase);
        button.addEventListener('click', () => take(phrase, nth));
        return make('li', {}, button);
      }));
      if (on >= 0) list.querySelectorAll('button')[Math.min(on, phrases.length - 1)]?.focus();
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    const offerSoon = () => {
      clearTimeout(resting);
      resting = setTimeout(offer, REST);
    };
    for (const input of inputs) input.addEventListener('input', offerSoon);
    const element = make('fieldset', { class: 'figures' }, make('legend', {}, word('editor.figures')), make('p', { class: 'hint' }, word('editor.figures-hint')), ...inputs, offers);
    return { element, offer, offerSoon };
  };
  prepbook.firstWords = firstWords;
  prepbook.figuresIn = figuresIn;
})();
