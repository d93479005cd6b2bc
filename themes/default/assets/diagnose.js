// The page of weak answers: hides the interviewer's marks, so that the reader finds them first, phrase by phrase, and then
// sees both. How phrases are cut and judged needs no page.
// @ts-check
(() => {
  'use strict';
  /** A phrase ends where one breathes, which is not within a figure. */
  const PHRASE = /(?:[^,.;:!?–—]|[,.:](?=\d))+[,.;:!?–—]*[”"’)]*\s*/g;

  /** @type {Diagnosis['phrasesOf']} */
  const phrasesOf = (text) => Array.from(text.matchAll(PHRASE), ({ 0: { length }, index }) => ({ from: index, to: index + length })).filter(({ from, to }) => /[\p{L}\p{N}]/u.test(text.slice(from, to)));
  const touch = (/** @type {{ from: number, to: number }} */ one, /** @type {{ from: number, to: number }} */ other) => one.from < other.to && other.from < one.to;
  /** @type {Diagnosis['judge']} */
  const judge = (chosen, marks) => ({
    found: marks.filter((mark) => chosen.some((one) => touch(one, mark))).map(({ number }) => number),
    missed: marks.filter((mark) => !chosen.some((one) => touch(one, mark))).map(({ number }) => number),
    extra: chosen.filter((one) => !marks.some((mark) => touch(one, mark))),
  });
  prepbook.diagnosis = { phrasesOf, judge };

  const begin = /** @type {HTMLButtonElement | null} */ (typeof document === 'undefined' ? null : document.getElementById('find_first'));
  if (!begin) return;
  const { make, word } = prepbook;

  /** A paragraph's words without the numbers of its marks, and where these stand. */
  const readText = (/** @type {Element} */ paragraph) => {
    let text = '';
    /** @type {Map<number, { from: number, to: number }>} */
    const marks = new Map();
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.parentElement?.closest('sup')) continue;
      const from = text.length;
      text += node.textContent ?? '';
      const number = Number(node.parentElement?.closest('mark')?.dataset.mark ?? 0);
      if (number) marks.set(number, { from: marks.get(number)?.from ?? from, to: text.length });
    }
    return { text, marks: [...marks].map(([number, range]) => ({ number, ...range })) };
  };

  const hunt = (/** @type {HTMLElement} */ section) => {
    const spoken = /** @type {HTMLElement} */ (section.querySelector('.sides > .spoken'));
    const list = /** @type {HTMLElement} */ (section.querySelector('.marks'));
    const before = Array.from(spoken.childNodes);
    const paragraphs = Array.from(spoken.children).map(readText);
    const status = make('p', { class: 'hint', role: 'status' });
    const phrases = paragraphs.map(({ text }) =>
      phrasesOf(text).map((range) => {
        const phrase = text.slice(range.from, range.to);
        const element = make('span', { class: 'phrase', role: 'button', tabindex: '0', 'aria-pressed': 'false' }, phrase.trimEnd());
        const turn = () => {
          element.setAttribute('aria-pressed', `${element.getAttribute('aria-pressed') !== 'true'}`);
          status.textContent = word('hunt.marked', { n: chosenIn().flat().length });
        };
        element.addEventListener('click', turn);
        element.addEventListener('keydown', (event) => {
          if (event.key !== ' ' && event.key !== 'Enter') return;
          event.preventDefault();
          turn();
        });
        return { ...range, element, phrase };
      }),
    );
    const chosenIn = () => phrases.map((its) => its.filter(({ element }) => element.getAttribute('aria-pressed') === 'true'));
    const compare = make('button', { type: 'button', class: 'button go' }, word('hunt.show'));
    const tools = make('div', { class: 'diagnose-tools' }, make('p', { class: 'hint' }, word('hunt.press')), compare, status);
    const show = () => {
      const chosen = chosenIn();
      const told = paragraphs.map(({ marks }, nth) => judge(chosen[nth], marks));
      const [found, missed, extra] = /** @type {const} */ (['found', 'missed', 'extra']).map((what) => told.flatMap((one) => /** @type {unknown[]} */ (one[what])));
      spoken.replaceChildren(...before);
      list.hidden = false;
      section.removeAttribute('data-hunt');
      for (const item of Array.from(list.children)) {
        const isFound = found.includes(Number(/** @type {HTMLElement} */ (item).dataset.mark));
        item.querySelector('.verdict')?.remove();
        item.prepend(make('b', { class: `verdict ${isFound ? 'found' : 'missed'}` }, isFound ? word('hunt.found') : word('hunt.missed')));
      }
      const own = told.flatMap(({ extra }) => extra).map((one) => make('li', {}, make('q', { class: 'said' }, /** @type {any} */ (one).phrase.trim())));
      const about = { found: found.length, all: found.length + missed.length };
      const result = make('div', { class: 'diagnose-result' }, make('p', { tabindex: '-1' }, extra.length ? word('hunt.result-extra', about) : word('hunt.result', about)), ...(own.length ? [make('ul', {}, ...own)] : []));
      tools.replaceWith(result);
      result.querySelector('p')?.focus();
    };
    compare.addEventListener('click', show);
    section.querySelector('.diagnose-result')?.remove();
    section.setAttribute('data-hunt', '');
    list.hidden = true;
    spoken.replaceChildren(...phrases.map((its) => make('p', {}, ...its.flatMap(({ element }) => [element, ' ']))));
    /** @type {HTMLElement} */ (section.querySelector('.sides')).append(tools);
  };

  begin.addEventListener('click', () => {
    const sections = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.weak-answer:not([data-hunt])')));
    sections.forEach(hunt);
    const first = document.querySelector('.weak-answer h2');
    first?.setAttribute('tabindex', '-1');
    if (first instanceof HTMLElement) first.focus();
  });
  // On paper all is there.
  addEventListener('beforeprint', () => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-hunt] .diagnose-tools .go'))) button.click();
  });
})();
