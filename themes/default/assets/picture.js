// What pictures are drawn with: SVG whose places are shares of its width, so that letters keep their size, and which says in a
// sentence what it shows.
// @ts-check
(() => {
  'use strict';
  const language = () => document.documentElement.lang || 'en';
  const dayIn = (/** @type {string | number} */ day, /** @type {Intl.DateTimeFormatOptions} */ options = { weekday: 'short', day: 'numeric', month: 'short' }) => new Date(typeof day === 'string' ? `${day}T12:00:00` : day).toLocaleDateString(language(), options);
  const percent = (/** @type {number} */ share) => `${Math.round(share * 10_000) / 100}%`;
  const svg = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ attributes, /** @type {(Node | string)[]} */ ...inside) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...inside);
    return element;
  };
  const picture = (/** @type {string} */ kind, /** @type {string} */ told, /** @type {number} */ height, /** @type {Node[]} */ ...inside) => svg('svg', { class: `picture ${kind}`, role: 'img', 'aria-label': told, width: '100%', height }, ...inside);

  prepbook.picture = { dayIn, percent, svg, picture };
})();
