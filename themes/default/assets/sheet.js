// The cheat sheet as its reader wants it: what is chosen stands in the address, so it can be shared and gone back
// to, and is kept for the next visit.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  document.getElementById('print')?.addEventListener('click', () => print());
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.chooser form'));
  if (!form) return;
  const status = /** @type {HTMLElement} */ (document.getElementById('chosen'));
  const reset = /** @type {HTMLButtonElement} */ (form.querySelector('[type="reset"]'));
  const tables = /** @type {HTMLInputElement[]} */ (Array.from(form.querySelectorAll('[name="table"]')));
  const selects = Array.from(form.querySelectorAll('select'));
  const sides = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.side')));
  const sheets = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.side [data-table]')));
  const key = 'cheat-sheet';

  /** On a phone the tables of a side are cards in a row: the row is as tall as the card that is seen, not as the tallest. */
  const fit = () => {
    for (const side of sides) {
      const cards = /** @type {NodeListOf<HTMLElement>} */ (side.querySelectorAll('.sheet:not([hidden])'));
      const row = cards[0]?.parentElement;
      row?.style.setProperty('--tall', `${cards[Math.round(row.scrollLeft / cards[0].offsetWidth)]?.offsetHeight}px`);
    }
  };
  const sizes = new ResizeObserver(fit);
  sheets.forEach((sheet) => sizes.observe(sheet));
  // Scrolling within a row does not bubble.
  addEventListener('scroll', fit, true);

  const show = () => {
    const off = new Set(tables.filter((table) => !table.checked).map((table) => table.value));
    for (const sheet of sheets) sheet.hidden = off.has(sheet.dataset.table ?? '');
    if (prepbook.showOnSheet) prepbook.showOnSheet(selects, sheets, sides);
    // Without it the sheet stays whole.
    else if (selects.some((select) => select.value)) prepbook.load('sheet').then(show, () => {});
    for (const side of sides) side.hidden = !side.querySelector('.sheet:not([hidden])');
    const count = sheets.filter((sheet) => !sheet.hidden).length;
    const names = selects.filter((select) => select.value).map((select) => select.selectedOptions[0].text);
    const about = { shown: count, n: tables.length, names: names.length > 1 ? word('told.and', { first: names[0], last: names[1] }) : names[0] };
    if (count < tables.length) status.textContent = names.length ? word('sheet.some-for', about) : word('sheet.some', about);
    else status.textContent = names.length ? word('sheet.all-for', about) : word('sheet.all', about);
    reset.hidden = !off.size && !names.length;
    fit();
  };

  /** What is chosen, as a query; empty for the whole sheet. */
  const chosen = () => {
    const query = new URLSearchParams();
    for (const select of selects) if (select.value) query.set(select.name, select.value);
    const off = tables.filter((table) => !table.checked).map((table) => table.value);
    if (off.length) query.set('without', off.join(' '));
    return query.toString();
  };
  /** Takes the choice from a query; words it cannot mean are left out. */
  const read = (/** @type {string} */ text) => {
    const query = new URLSearchParams(text);
    const off = (query.get('without') ?? '').split(' ');
    for (const table of tables) table.checked = !off.includes(table.value);
    for (const select of selects) {
      select.value = query.get(select.name) ?? '';
      if (select.selectedIndex < 0) select.value = '';
    }
    show();
  };
  const write = () => {
    show();
    const query = chosen();
    history.pushState(null, '', `${location.pathname}${query ? `?${query}` : ''}`);
    keep(query);
  };
  const keep = (/** @type {string} */ query) => prepbook.keep(key, query || null);
  const kept = () => prepbook.kept(key) ?? '';

  form.addEventListener('change', write);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    read('');
    write();
    selects[0]?.focus();
  });
  addEventListener('popstate', () => {
    read(location.search);
    keep(chosen());
  });
  // What a reader has written may be stories. A sheet without them is whole, too.
  if (prepbook.kept('document') !== null) {
    prepbook.load('sheetStories').then(() => prepbook.glance()).then((doc) => prepbook.fillSheet(form, doc)).catch(() => {});
  }

  // Whoever follows a link to a table wants to see it, whatever was chosen before.
  const isAimed = tables.some((table) => location.hash === `#${table.value}`);
  if (!location.search && kept() && !isAimed) history.replaceState(null, '', `${location.pathname}?${kept()}${location.hash}`);
  read(location.search);
})();
