// A question that was opened from a part of the index has the neighbours that it has there, and leads back to it.
// @ts-check
(() => {
  'use strict';
  const { folder, addressOf, make, word } = prepbook;
  const key = `prepbook ${folder.pathname} list`;

  // ---------- in the index: which questions are listed ----------

  const table = document.getElementById('questions');
  /** Nothing while all stand in their order. */
  const keepList = () => {
    try {
      if (!location.search) return sessionStorage.removeItem(key);
      const links = /** @type {HTMLAnchorElement[]} */ (Array.from(table?.querySelectorAll('tr:not([hidden]) > th > a.said') ?? []));
      const list = links.filter((link) => !link.closest('tbody[hidden]')).map(({ href, textContent }) => [addressOf(href), textContent]);
      sessionStorage.setItem(key, JSON.stringify({ query: location.search, list }));
    } catch {
      // Storage is switched off: the neighbours are those of the whole.
    }
  };
  if (table) for (const event of ['click', 'auxclick']) table.addEventListener(event, keepList);
  if (table) return addEventListener('pagehide', keepList);

  // ---------- on the page of a question ----------

  const here = location.href.replace(/[?#].*/s, '');
  const pager = document.querySelector('.pager');
  const link = (/** @type {'prev' | 'next'} */ rel, /** @type {unknown[] | undefined} */ to) => {
    const [address, title] = to ?? [];
    // Only pages of this handbook.
    if (typeof title !== 'string' || !String(address).startsWith(folder.href)) return [];
    return [make('a', { class: `${rel === 'prev' ? 'previous' : 'next'} said`, rel, href: String(address) }, make('span', {}, rel === 'prev' ? word('list.previous') : word('list.next')), ` ${title}`)];
  };
  try {
    const { query, list } = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    if (typeof query !== 'string') return;
    // Also from a question that is not in it: the reader went on from one that is.
    const crumb = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.question > .crumbs a'));
    if (crumb) crumb.search = query;
    const nth = list.findIndex((/** @type {unknown[]} */ [address]) => address === here);
    if (nth < 0) return;
    pager?.replaceChildren(...link('prev', list[nth - 1]), ...link('next', list[nth + 1]));
  } catch {
    // The list cannot be read: the neighbours are those of the whole.
  }
})();
