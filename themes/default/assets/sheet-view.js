// What the cheat sheet shows beside its tables: one company or theme.
// @ts-check
(() => {
  'use strict';
  const { make, addressOf } = prepbook;

  const item = (/** @type {SheetItem} */ { text, url }) => (url ? make('a', { href: addressOf(url) }, text) : text);
  const part = (/** @type {SheetPart} */ { title, items, between, said }) => {
    /** @type {Record<string, string>} */
    const kind = said ? { class: 'said' } : {};
    const body = between
      ? make('p', kind, ...items.flatMap((one, nth) => (nth ? [between, item(one)] : [item(one)])))
      : make('ul', {}, ...items.map((one) => make('li', kind, item(one))));
    return make('div', {}, make('h4', {}, title), body);
  };
  const block = (/** @type {SheetFocus} */ { title, by, url, parts }) => {
    const heading = make('h3', {}, make('a', { href: addressOf(url) }, title), ...(by ? [`: ${by}`] : []));
    return make('section', { class: 'sheet full focus', 'aria-label': title }, heading, make('div', {}, ...parts.map(part)));
  };

  /**
   * What the sheet says of what is chosen comes first on its side; what that replaces gives way.
   * @type {Prepbook['showOnSheet']}
   */
  prepbook.showOnSheet = (selects, sheets, sides) => {
    const data = /** @type {SheetData} */ (prepbook.sheetData);
    const heads = sheets.flatMap((sheet) => Array.from(sheet.querySelectorAll('tbody th')));
    for (const old of document.querySelectorAll('.focus')) old.remove();
    for (const select of selects) {
      const all = data[select.name] ?? {};
      const ids = new Map(Object.entries(all).map(([id, { url }]) => [addressOf(url), id]));
      for (const head of heads) {
        const id = ids.get(addressOf(head.querySelector('a')?.href ?? ''));
        if (id && head.parentElement) head.parentElement.hidden = Boolean(select.value) && id !== select.value;
      }
      const one = all[select.value];
      if (!one) continue;
      for (const sheet of sheets) if (sheet.dataset.givesWay === select.name) sheet.hidden = true;
      const place = sides.find((side) => side.dataset.number === select.dataset.side)?.querySelector('.sheets');
      place?.prepend(block(one));
      // On a phone the others stand beside it.
      if (place) place.scrollLeft = 0;
    }
  };
})();
