// What the page tells about its question, as a try needs it: the shapes of its answers, and what the model does with them.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  /** The length of an answer about which the page says nothing, in milliseconds. */
  const WHOLE = 120_000;
  const text = (/** @type {ParentNode} */ parent, /** @type {string} */ selector) => parent.querySelector(selector)?.textContent?.trim() ?? '';
  const all = (/** @type {ParentNode} */ parent, /** @type {string} */ selector) => /** @type {HTMLElement[]} */ (Array.from(parent.querySelectorAll(selector)));
  const lengthOf = (/** @type {HTMLElement} */ element) => Number(element.dataset.seconds) * 1000;

  /** @type {(article: HTMLElement) => Shape} */
  const shapeOf = (article) => {
    const cells = all(article, '.timing li');
    const told = all(article, '.part');
    const parts = cells.map((cell, nth) => ({
      title: text(cell, '.word'),
      letter: text(cell, '.letter'),
      step: /\bs\d\b/.exec(cell.className)?.[0] ?? 's2',
      ms: lengthOf(cell),
      told: told[nth] ? lengthOf(told[nth]) : 0,
    }));
    const points = all(article, '.skeleton > li').map((point) => {
      const start = text(point, '.time');
      return { start, text: point.textContent?.trim().slice(start.length).trim() ?? '' };
    });
    return { answer: article.id.replace('answer-', ''), name: text(article, '.meta a'), parts, points };
  };

  const isTimed = (/** @type {Shape} */ { parts }) => parts.length > 0 && parts.every(({ ms }) => ms > 0);
  /** Of an answer that is told as it comes: one phase. @type {(article: HTMLElement) => Shape} */
  const wholeOf = (article) => {
    const [part] = all(article, '.part');
    const shape = shapeOf(article);
    return { ...shape, name: word('try.two-minutes'), parts: [{ title: word('run.your-answer'), letter: '', step: 's4', ms: WHOLE, told: part ? lengthOf(part) : 0 }] };
  };
  const found = all(document, '.answer').map((article) => (article.querySelector('.part.whole') ? wholeOf(article) : shapeOf(article))).filter(isTimed);
  /** One of each name: that of the first answer in it. @type {Shape[]} */
  const shapes = [...new Map(found.toReversed().map((shape) => [shape.name, shape])).values()].toReversed();
  const plain = { answer: '', name: word('try.two-minutes'), parts: [{ title: word('run.your-answer'), letter: '', step: 's4', ms: WHOLE, told: 0 }], points: [] };

  prepbook.tryPage = {
    number: text(document, '.head .q'),
    title: text(document, '.head h1'),
    shapes: shapes.length ? shapes : [plain],
    hasModel: Boolean(document.getElementById('answer')),
    next: document.querySelector('.pager [rel="next"]'),
    totalOf: ({ parts }) => parts.reduce((sum, { ms }) => sum + ms, 0),
  };
})();
