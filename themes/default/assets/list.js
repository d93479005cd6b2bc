// A question that was opened from a filtered index has the neighbours that it has there, and leads back to it.
// @ts-check
(() => {
  'use strict';
  const { folder, make } = prepbook;
  const here = location.href.replace(/[?#].*/s, '');
  const pager = document.querySelector('.pager');
  try {
    const { query, list } = JSON.parse(sessionStorage.getItem(`prepbook ${folder.pathname} list`) ?? '{}');
    const nth = list.findIndex((/** @type {unknown[]} */ [address]) => address === here);
    if (nth < 0 || !pager || typeof query !== 'string') return;
    const link = (/** @type {'prev' | 'next'} */ rel, /** @type {[string, string] | undefined} */ to) => {
      if (!to) return [];
      const [address, title] = to;
      // Only pages of this handbook.
      if (typeof title !== 'string' || !String(address).startsWith(folder.href)) return [];
      return [make('a', { class: `${rel === 'prev' ? 'previous' : 'next'} said`, rel, href: address }, make('span', {}, rel === 'prev' ? 'Previous' : 'Next'), ` ${title}`)];
    };
    pager.replaceChildren(...link('prev', list[nth - 1]), ...link('next', list[nth + 1]));
    const crumb = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.crumbs a'));
    if (crumb) crumb.search = query;
  } catch {
    // The list cannot be read: the neighbours are those of the whole.
  }
})();
