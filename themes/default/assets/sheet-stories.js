// The reader's own stories on the cheat sheet.
// @ts-check
(() => {
  'use strict';
  const { make } = prepbook;

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
