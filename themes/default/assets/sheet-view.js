// What the cheat sheet shows beside its tables: one company or theme, and the reader's own stories.
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

  /**
   * The table `my-stories` has a column for the title, three for figures and one for themes. The reader's own stories
   * stand in it, as many as it has rows; what is too long for a row on paper is cut.
   * @type {Prepbook['fillSheet']}
   */
  prepbook.fillSheet = (form, { stories }) => {
    const rows = Array.from(document.querySelectorAll('[data-table="my-stories"] tbody tr'));
    const short = (/** @type {string} */ text, /** @type {number} */ most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
    const names = new Map(Array.from(form.querySelectorAll('[name="theme"] option'), (option) => [option.getAttribute('value'), option.textContent ?? '']));
    for (const [nth, { title, numbers = [], fit = {} }] of Object.values(stories).slice(0, rows.length).entries()) {
      const [head, ...cells] = rows[nth].children;
      const themes = Object.keys(fit).filter((id) => fit[id] > 1 && names.has(id));
      themes.sort((a, b) => fit[b] - fit[a]);
      const texts = [...[0, 1, 2].map((one) => short(numbers[one] ?? '', 26)), short(themes.map((id) => names.get(id)).join(', '), 64)];
      head.append(' ', make('b', {}, short(title, 60)));
      for (const [column, cell] of cells.entries()) if (texts[column]) cell.append(texts[column]);
    }
  };
})();
