// On the practice page and on home: what goes on, what was done last, what is due. Loaded once there is something.
// @ts-check
(() => {
  'use strict';
  const { kept, load, make, word, worded, home } = prepbook;
  const place = document.getElementById('practice_now');
  if (!place) return;
  const rows = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('[data-tool]')));
  const linkOf = (/** @type {string | undefined} */ tool) => /** @type {HTMLAnchorElement | null} */ (rows.find((row) => row.dataset.tool === tool)?.querySelector('a') ?? null);
  const line = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...inside) => make('div', {}, make('dt', {}, name), make('dd', {}, ...inside));

  const linkTo = (/** @type {QuestionData} */ { title, url }) => make('a', { class: 'said', href: new URL(url, home).href }, title);

  const goesOn = () => {
    try {
      const { title, url } = JSON.parse(kept('continue') ?? 'null') ?? {};
      const address = new URL(url, home);
      return typeof title === 'string' && address.href.startsWith(prepbook.folder.href) ? [line(word('practice-now.goes-on'), make('a', { href: address.href }, title))] : [];
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
    const when = days <= 0 ? word('told.today') : days === 1 ? word('told.yesterday') : word('told.days-ago', { n: days });
    const about = { exercise: make('a', { href: link.href }, link.textContent ?? ''), when, n: its.length, weak };
    return [line(word('practice-now.last-session'), ...(weak ? worded('practice-now.session-weak', about) : worded('practice-now.session', about)))];
  };
  /** The question that was tried last, and how it went. */
  const lastTried = (/** @type {Frozen<Doc>} */ { questions }, /** @type {ReturnType<Prepbook['standing']>} */ of) => {
    const at = (/** @type {QuestionData} */ { id }) => questions[id]?.last ?? '';
    const last = prepbook.handbook.questions.reduce((one, other) => (at(other) > at(one) ? other : one), prepbook.handbook.questions[0]);
    return last && at(last) ? [line(word('practice-now.last-tried'), linkTo(last), ` ${of(last.id).words.join(', ')}`)] : [];
  };
  /** Home's first action goes on: with what is due, else with what the plan asks next. */
  const sayNext = (/** @type {QuestionData | undefined} */ due, /** @type {ReturnType<Prepbook['standing']>} */ of) => {
    const { checkpoints, questions } = prepbook.handbook;
    const ids = [...checkpoints.flatMap((one) => one.questions), ...questions.map(({ id }) => id)];
    const fresh = ids.find((id) => !of(id).isTried);
    const next = due ?? questions.find(({ id }) => id === fresh);
    const [link, name] = [document.getElementById('say_now'), document.getElementById('say_what')];
    if (!next || !link || !name) return;
    link.setAttribute('href', `${new URL(next.url, home).href}?try`);
    name.textContent = next.title;
  };
  /** Which themes are weak and which are strong, over time. */
  const showThemes = async (/** @type {Frozen<Doc>} */ { attempts }) => {
    const list = document.querySelector('.practice-now ~ .rows');
    if (!list || !attempts.some(({ question, rating }) => question && rating !== undefined)) return;
    await load('pictures');
    const drawn = prepbook.pictures.drawThemes(prepbook.handbook, attempts, Date.now());
    themes?.remove();
    themes = drawn && make('section', { class: 'practice-themes', 'aria-labelledby': 'practice_themes' }, make('h2', { id: 'practice_themes' }, word('practice-now.themes')), make('p', { class: 'hint' }, word('practice-now.themes-hint')), drawn);
    if (themes) list.after(themes);
  };
  /** @type {HTMLElement | null} */
  let themes = null;
  const show = (/** @type {Frozen<Doc>} */ doc) => {
    const today = prepbook.due.dayOf(new Date());
    const of = prepbook.standing(doc, today);
    const due = prepbook.handbook.questions.filter(({ id }) => of(id).isDue).sort((one, other) => (of(one.id).rating ?? 0) - (of(other.id).rating ?? 0));
    sayNext(due[0], of);
    const list = due.slice(0, rows.length ? 6 : 3).map((question) => make('li', {}, linkTo(question)));
    const index = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.places a[data-go="q"]'));
    const more = due.length > list.length && index ? [make('a', { href: `${index.href}?mine=due` }, word('practice-now.all-due', { n: due.length }))] : [];
    const lines = [...goesOn(), ...lastTried(doc, of), ...lastSession(doc, today), ...(list.length ? [line(word('practice-now.due-today'), make('ul', {}, ...list), ...more)] : [])];
    place.hidden = !lines.length;
    document.documentElement.style.removeProperty('--now');
    place.querySelector('dl')?.replaceChildren(...lines);
    // At the next visit it has its room before it is drawn.
    prepbook.keep(`now ${location.pathname}`, place.offsetHeight ? `${innerWidth} ${place.offsetHeight}` : null);
    void showThemes(doc).catch(() => {});
  };
  Promise.all([load('mine'), load('practice')]).then(() => prepbook.watch(show), () => {});
})();
