// The practice page: what was done last, what goes on, what is due.
// @ts-check
(() => {
  'use strict';
  const { kept, load, loadStore, make, home } = prepbook;
  const place = document.getElementById('practice_now');
  if (!place || kept('document') === null) return;
  const rows = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('[data-tool]')));
  const linkOf = (/** @type {string | undefined} */ tool) => /** @type {HTMLAnchorElement | null} */ (rows.find((row) => row.dataset.tool === tool)?.querySelector('a') ?? null);
  const line = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...inside) => make('div', {}, make('dt', {}, name), make('dd', {}, ...inside));

  const goesOn = () => {
    try {
      const { title, url } = JSON.parse(kept('continue') ?? 'null') ?? {};
      const address = new URL(url, home);
      return typeof title === 'string' && address.href.startsWith(prepbook.folder.href) ? [line('Goes on', make('a', { href: address.href }, title))] : [];
    } catch {
      return [];
    }
  };
  const lastSession = (/** @type {Frozen<Doc>} */ { attempts }, /** @type {string} */ today) => {
    const last = attempts.findLast(({ tool, seed }) => seed && linkOf(tool));
    const link = linkOf(last?.tool);
    if (!last || !link) return [];
    const its = attempts.filter(({ tool, seed }) => tool === last.tool && seed === last.seed);
    const weak = its.filter(({ rating }) => rating !== undefined && rating <= 1).length;
    const { dayOf, daysBetween } = prepbook.due;
    const days = daysBetween(dayOf(new Date(last.startedAt)), today);
    return [line('Last session', make('a', { href: link.href }, link.textContent ?? ''), `, ${days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`}: ${its.length} answer${its.length === 1 ? '' : 's'}${weak ? `, ${weak} weak` : ''}`)];
  };
  /** Which themes are weak and which are strong, over time. */
  const showThemes = async (/** @type {Frozen<Doc>} */ { attempts }) => {
    if (!attempts.some(({ question, rating }) => question && rating !== undefined)) return;
    await load('pictures');
    const drawn = prepbook.pictures.drawThemes(prepbookHandbook, attempts, Date.now());
    themes?.remove();
    themes = drawn && make('section', { class: 'practice-themes', 'aria-labelledby': 'practice_themes' }, make('h2', { id: 'practice_themes' }, 'Your themes over time'), make('p', { class: 'hint' }, 'Each dot is an answer that you rated, below the line where it was weak. The weakest theme stands first.'), drawn);
    if (themes) document.querySelector('.practice-now ~ .rows')?.after(themes);
  };
  /** @type {HTMLElement | null} */
  let themes = null;
  const show = (/** @type {Frozen<Doc>} */ doc) => {
    const today = prepbook.due.dayOf(new Date());
    const of = prepbook.standing(doc, today);
    const due = prepbookHandbook.questions.filter(({ id }) => of(id).isDue).sort((one, other) => (of(one.id).rating ?? 0) - (of(other.id).rating ?? 0));
    const list = due.slice(0, 6).map(({ title, url }) => make('li', {}, make('a', { class: 'said', href: new URL(url, home).href }, title)));
    const index = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.places a[data-go="q"]'));
    const more = due.length > list.length && index ? [make('a', { href: `${index.href}?mine=due` }, `All ${due.length} that are due`)] : [];
    const lines = [...goesOn(), ...lastSession(doc, today), ...(list.length ? [line('Due today', make('ul', {}, ...list), ...more)] : [])];
    place.hidden = !lines.length;
    place.querySelector('dl')?.replaceChildren(...lines);
    void showThemes(doc).catch(() => {});
  };
  Promise.all([load('mine'), load('practice'), loadStore()]).then(([, , store]) => {
    store.listen(() => show(store.doc));
    show(store.doc);
  }, () => {});
})();
