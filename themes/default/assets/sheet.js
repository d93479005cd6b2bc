// The cheat sheet as its reader wants it: what is chosen stands in the address, so it can be shared and gone back
// to, and is kept for the next visit.
// @ts-check
(() => {
  'use strict';
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

  const { make } = prepbook;
  const heads = sheets.flatMap((sheet) => Array.from(sheet.querySelectorAll('tbody th')));
  const addressOf = (/** @type {string} */ url) => new URL(url, prepbook.folder).href;

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

  /** What the sheet says of what is chosen comes first on its side; what that replaces gives way. */
  const showChosen = (/** @type {SheetData} */ data) => {
    for (const old of document.querySelectorAll('.focus')) old.remove();
    for (const select of selects) {
      const all = data[select.name] ?? {};
      const ids = new Map(Object.entries(all).map(([id, { url }]) => [addressOf(url), id]));
      for (const head of heads) {
        const id = ids.get(head.querySelector('a')?.href ?? '');
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

  const show = () => {
    const off = new Set(tables.filter((table) => !table.checked).map((table) => table.value));
    for (const sheet of sheets) sheet.hidden = off.has(sheet.dataset.table ?? '');
    const data = self.prepbookSheet;
    if (data) showChosen(data);
    // Without it the sheet stays whole.
    else if (selects.some((select) => select.value)) prepbook.load('sheet').then(show, () => {});
    for (const side of sides) side.hidden = !side.querySelector('.sheet:not([hidden])');
    const count = sheets.filter((sheet) => !sheet.hidden).length;
    const names = selects.filter((select) => select.value).map((select) => select.selectedOptions[0].text);
    const all = count < tables.length ? `${count} of ${tables.length} tables` : `all ${tables.length} tables`;
    status.textContent = `On the sheet: ${all}${names.length ? `, for ${names.join(' and ')}` : ''}.`;
    reset.hidden = !off.size && !names.length;
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
  /**
   * The table `my-stories` has a column for the title, three for figures and one for themes. The reader's own stories
   * stand in it, as many as it has rows; what is too long for a row on paper is cut.
   */
  const fillStories = async () => {
    const rows = Array.from(document.querySelectorAll('[data-table="my-stories"] tbody tr'));
    if (!rows.length || prepbook.kept('document') === null) return;
    const short = (/** @type {string} */ text, /** @type {number} */ most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
    const names = new Map(Array.from(form.querySelectorAll('[name="theme"] option'), (option) => [option.getAttribute('value'), option.textContent ?? '']));
    const { doc } = await prepbook.loadStore();
    for (const [nth, { title, numbers = [], fit = {} }] of Object.values(doc.stories).slice(0, rows.length).entries()) {
      const [head, ...cells] = rows[nth].children;
      const themes = Object.keys(fit).filter((id) => fit[id] > 1 && names.has(id));
      themes.sort((a, b) => fit[b] - fit[a]);
      const texts = [...[0, 1, 2].map((one) => short(numbers[one] ?? '', 26)), short(themes.map((id) => names.get(id)).join(', '), 64)];
      head.append(' ', make('b', {}, short(title, 60)));
      for (const [column, cell] of cells.entries()) if (texts[column]) cell.append(texts[column]);
    }
  };
  // A sheet without them is whole, too.
  fillStories().catch(() => {});

  // Whoever follows a link to a table wants to see it, whatever was chosen before.
  const isAimed = tables.some((table) => location.hash === `#${table.value}`);
  if (!location.search && kept() && !isAimed) history.replaceState(null, '', `${location.pathname}?${kept()}${location.hash}`);
  read(location.search);
})();
