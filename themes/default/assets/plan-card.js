// The reader's plan on the home page and on the plan's: today's card, the days until the interview, what is next.
// @ts-check
(() => {
  'use strict';
  const { make, word, worded, home, schedule } = prepbook;
  const handbook = prepbook.handbook;
  const language = document.documentElement.lang || 'en';
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const urlOf = (/** @type {{ url: string }} */ { url }) => new URL(url, home).href;
  const linkTo = (/** @type {{ url: string, title: string }} */ one, kind = '') => make('a', { href: urlOf(one), ...(kind && { class: kind }) }, one.title);
  const today = () => schedule.dayOf(new Date());
  /** A day in words; noon is the same day wherever the reader is. */
  const dayIn = (/** @type {string} */ day, /** @type {Intl.DateTimeFormatOptions} */ options = { weekday: 'short', day: 'numeric', month: 'short' }) => new Date(`${day}T12:00:00`).toLocaleDateString(language, options);
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ press, kind = 'button') => {
    const element = make('button', { type: 'button', class: kind }, text);
    element.addEventListener('click', () => void press());
    return element;
  };
  const tell = (/** @type {string} */ text) => (at('coach_status').textContent = text);
  const checkpointOf = (/** @type {string} */ id) => handbook.checkpoints.find((one) => one.id === id);

  // ---------- today ----------

  const countdown = (/** @type {PlanView} */ { left }, /** @type {Frozen<DocPlan>} */ { company, interview, open, start }) => {
    const its = handbook.companies.find(({ id }) => id === company);
    const parts = /** @type {(string | Node)[]} */ ([]);
    const [day, days] = [schedule.daysBetween(start, today()) + 1, schedule.daysBetween(start, interview)];
    if (open) parts.push(day <= days ? word('plan-card.day-of', { day, days }) : word('plan-card.day', { day }));
    else parts.push(left === 0 ? word('plan-card.today') : left === 1 ? word('plan-card.tomorrow') : word('plan-card.days-left', { n: left }));
    if (its) parts.push(linkTo(its));
    parts.push(open ? word('plan-card.no-date') : dayIn(interview, { weekday: 'long', day: 'numeric', month: 'long' }));
    return parts.flatMap((part, nth) => (nth ? [' · ', part] : [part]));
  };
  const makeTask = (/** @type {PlanTask} */ task) => {
    const box = make('input', { type: 'checkbox', id: `today_${task.key}`, 'data-key': task.key });
    box.checked = task.isDone;
    box.addEventListener('change', () => {
      const [isDone, now] = [box.checked, new Date().toISOString()];
      const keep = (/** @type {Store} */ store) =>
        store.change((doc) => {
          if (isDone) doc.ticks[task.key] = { at: now };
          else delete doc.ticks[task.key];
        });
      prepbook.loadStore().then(keep).catch(() => {
        box.checked = !isDone;
        tell(word('plan-card.not-loaded'));
      });
    });
    const from = checkpointOf(task.checkpoint);
    const place = from ? make('a', { href: `${urlOf(from)}#item-${task.key.split('/')[1]}` }, from.moment) : '';
    const { minutes } = task;
    const under = make('p', { class: 'under hint' }, ...(minutes === 0 ? [place] : task.isMoved ? worded('plan-card.moved-task', { minutes, place }) : worded('plan-card.task', { minutes, place })));
    return make('li', {}, make('label', {}, box, ' ', make('span', {}, task.text)), under);
  };
  const makeQuestion = (/** @type {PlanView['questions'][number]} */ { question, isDone, isDue }) =>
    make(
      'li', isDone ? { class: 'done' } : {},
      ...(question.number ? [make('span', { class: 'q' }, word('told.number', { number: `${question.number}` })), ' '] : []),
      linkTo(question, 'said'),
      ...(isDone || isDue ? [' ', make('span', { class: 'hint' }, isDone ? word('plan-card.tried-today') : word('plan-card.due-again'))] : []),
    );
  /** Whichever of today's questions is opened has the others as its neighbours: list.js reads them. */
  const keepList = (/** @type {PlanView} */ { questions }) => {
    try {
      sessionStorage.setItem(`prepbook ${prepbook.folder.pathname} list`, JSON.stringify({ query: '', list: questions.map(({ question }) => [prepbook.addressOf(question.url), question.title]) }));
    } catch {
      // Storage is switched off: the neighbours are those of the whole.
    }
  };
  const keepingList = (/** @type {PlanView} */ view, /** @type {HTMLElement} */ box) => {
    for (const event of ['click', 'auxclick']) box.addEventListener(event, () => keepList(view));
    return box;
  };
  const makeToday = (/** @type {PlanView} */ view) => {
    const box = make('div', {}, make('h3', {}, word('plan-card.to-say', { minutes: 4 * view.questions.length })), make('ol', { class: 'asked' }, ...view.questions.map(makeQuestion)));
    return keepingList(view, box);
  };
  /** One press leads to the first that is left, with its clock running. */
  const makeFirst = (/** @type {PlanView} */ view) => {
    const first = view.questions.find(({ isDone }) => !isDone);
    if (!first) return [];
    const words = view.questions.some(({ isDone }) => isDone) ? word('plan-card.say-next') : word('plan-card.say-first');
    return [keepingList(view, make('p', { class: 'first' }, make('a', { class: 'button go', href: `${urlOf(first.question)}?try` }, words)))];
  };
  const makeContinue = (/** @type {Frozen<Doc>} */ { run }) => {
    const question = handbook.questions.find(({ id }) => id === run?.question);
    return question ? [make('p', { class: 'next' }, make('b', {}, `${word('plan-card.continue')} `), linkTo(question, 'said'))] : [];
  };
  const makeWeakest = (/** @type {QuestionData[]} */ weakest) =>
    weakest.length ? [make('div', { class: 'weakest' }, make('h3', {}, word('plan-card.weakest')), make('ul', { class: 'asked' }, ...weakest.map((one) => make('li', {}, linkTo(one, 'said')))))] : [];

  /** The title of today: that of the checkpoint whose work comes first, or of the interview. */
  const titleOf = (/** @type {PlanView} */ { left, days, points }) => {
    if (left === 0) return [word('plan-card.interview-today')];
    const [day] = days;
    const next = day?.tasks.find(({ isDone }) => !isDone)?.checkpoint;
    const came = points.filter(({ checkpoint, date }) => (checkpoint.day === null) === Boolean(day?.isNight) && date <= today()).at(-1)?.checkpoint;
    const checkpoint = (next && checkpointOf(next)) || came;
    return checkpoint ? worded('plan-card.today-at', { checkpoint: linkTo(checkpoint) }) : [word('plan-card.today')];
  };
  /** A link to a place of the bar, which is known by its key; without such a place, its name alone. */
  const placeOf = (/** @type {string} */ key, /** @type {string} */ name) => {
    const place = /** @type {HTMLAnchorElement | null} */ (document.querySelector(`.places a[data-go="${key}"]`));
    return place ? make('a', { href: place.href }, name) : name;
  };
  const makeDays = (/** @type {PlanView} */ { days, out }, /** @type {boolean} */ isOpen) => {
    const line = (/** @type {PlanDay} */ day, /** @type {number} */ nth) => {
      const names = [...new Set(day.tasks.map(({ checkpoint }) => checkpoint))].flatMap((id) => checkpointOf(id) ?? []).flatMap((one, nth) => [nth ? ', ' : '', make('a', { href: urlOf(one) }, one.moment)]);
      const what = day.tasks.length ? worded('plan-card.tasks-of', { names, n: day.tasks.length, minutes: day.minutes }) : [day.minutes ? word('plan-card.goes-on') : word('plan-card.questions-alone')];
      return make('li', {}, make('b', {}, nth === 0 ? word('plan-card.today') : dayIn(day.date)), ' ', make('span', {}, ...what));
    };
    const left = out.length ? [make('p', { class: 'hint' }, ...worded('plan-card.left-out', { n: out.length, pages: make('a', { href: urlOf({ url: 'plan/index.html' }) }, word('plan-card.pages')) }))] : [];
    return make('details', { class: 'ahead' }, make('summary', {}, isOpen ? word('plan-card.next-days', { n: days.length }) : word('plan-card.days-until', { n: days.length })), make('ol', {}, ...days.map(line)), ...left);
  };

  /** The route for so few days, hour by hour: one for the company comes before one for all. */
  const makeRoute = (/** @type {Frozen<DocPlan>} */ { start, interview, company, open }) => {
    const route = open ? undefined : schedule.routeOf(handbook, schedule.daysBetween(start, interview), company);
    return route ? [make('p', { class: 'hint next' }, ...worded('plan-card.route', { route: linkTo(route) }))] : [];
  };

  /** Its room is there before it is drawn. */
  const makePicture = (/** @type {PlanView} */ view, /** @type {Frozen<DocPlan>} */ plan) => {
    const place = make('div', { class: 'plan-picture' });
    void prepbook.load('planPicture').then(() => place.append(prepbook.planPicture.drawPlan(view, plan))).catch(() => {});
    return place;
  };
  const makeCard = (/** @type {Frozen<Doc>} */ doc, /** @type {PlanView} */ view, /** @type {(what: 'change' | 'toCalendar') => void} */ use) => {
    const plan = /** @type {Frozen<DocPlan>} */ (doc.plan);
    if (view.left < 0) {
      return [
        make('p', { class: 'kicker' }, word('plan-card.was-on', { date: dayIn(plan.interview, { dateStyle: 'long' }) })),
        make('h2', { id: 'coach_title', tabindex: '-1' }, word('plan-card.how-did-it-go')),
        make('p', {}, ...worded('plan-card.note-down', { questions: placeOf('q', word('plan-card.list')) })),
        make('p', { class: 'actions' }, button(word('plan-card.set-next'), () => use('change'), 'button go')),
        ...makeContinue(doc),
        ...makeWeakest(view.weakest),
      ];
    }
    const [day] = view.days;
    const tasks = day?.tasks ?? [];
    const minutes = tasks.reduce((sum, one) => sum + one.minutes, 0);
    const isAllDone = tasks.every(({ isDone }) => isDone) && view.questions.every(({ isDone }) => isDone);
    const done = isAllDone && view.left > 0 ? [make('p', {}, word('plan-card.all-done'))] : [];
    return [
      make('p', { class: 'kicker' }, ...countdown(view, plan)),
      make('h2', { id: 'coach_title', tabindex: '-1' }, ...titleOf(view)),
      ...(view.left === 0 ? [make('p', {}, ...worded('plan-card.nothing-new', { sheet: placeOf('s', word('plan-card.sheet')) }))] : done),
      ...makeContinue(doc),
      ...makeFirst(view),
      ...(view.days.length > 1 ? [makePicture(view, plan)] : []),
      make(
        'div', { class: 'today' },
        ...(tasks.length ? [make('div', {}, make('h3', {}, word('plan-card.to-do', { minutes })), make('ul', { class: 'tasks' }, ...tasks.map(makeTask)))] : []),
        ...(view.questions.length ? [makeToday(view)] : []),
        ...makeWeakest(view.weakest.filter(({ id }) => !view.questions.some(({ question }) => question.id === id))),
      ),
      ...(view.left > 0 ? makeRoute(plan) : []),
      ...(view.left > 0 && (view.days.length > 1 || view.out.length) ? [makeDays(view, Boolean(plan.open))] : []),
      make('p', { class: 'actions' }, ...(view.left > 0 ? [button(word('plan-card.to-calendar'), () => use('toCalendar')), ' '] : []), button(plan.open ? word('plan-card.set-date') : word('plan-card.change'), () => use('change'))),
      ...makeReminder(doc),
    ];
  };

  const makeReminder = (/** @type {Frozen<Doc>} */ doc) =>
    prepbook.worth.isExportDue(doc, prepbook.kept('exported'), new Date().toISOString())
      ? [make('p', { class: 'hint' }, ...worded('plan-card.export-due', { my_data: linkTo({ url: 'my-data/index.html', title: word('plan-card.my-data') }) }))]
      : [];

  /** On the plan's page, each checkpoint tells its day and whether it is done. */
  const dateStops = (/** @type {PlanView | null} */ view) => {
    document.querySelectorAll('.stops .date').forEach((old) => old.remove());
    for (const { checkpoint, date, isDone } of view?.points ?? []) {
      const link = Array.from(document.querySelectorAll('.stops h2 a')).find((one) => one instanceof HTMLAnchorElement && prepbook.addressOf(one.href) === prepbook.addressOf(checkpoint.url));
      link?.closest('li')?.querySelector('.moment')?.append(make('span', { class: 'date' }, isDone ? word('plan-card.done') : dayIn(date)));
    }
  };

  // ---------- the card in its place ----------

  /** @type {Prepbook['showPlan']} */
  prepbook.showPlan = (place) => {
    const card = at('coach_card');
    const form = at('coach_form');
    let doc = prepbook.blank;
    let isChanging = false;
    let shown = '';
    /** @type {Promise<Planning> | undefined} */
    let planning;
    /** What changes the plan comes when it is used. */
    const ready = () => {
      planning ??= Promise.all([prepbook.loadStore(), prepbook.load('planning')]).then(([store]) => prepbook.openPlanning(store, own));
      planning.catch(() => (planning = undefined));
      return planning;
    };
    /** @type {PlanCard['use']} */
    const use = (what, about) => void ready().then((its) => its[what](about)).catch(() => tell(word('plan-card.not-loaded')));

    const draw = () => {
      const view = schedule.planOf(handbook, doc, today());
      dateStops(view);
      document.documentElement.toggleAttribute('data-planned', Boolean(view));
      place.toggleAttribute('data-drawn', true);
      form.hidden = Boolean(view) && !isChanging;
      card.hidden = isChanging;
      // Ticks alone need no new card: who has just set one keeps the place.
      const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll('input[data-key]'));
      for (const box of boxes) box.checked = (box.dataset.key ?? '') in doc.ticks;
      const [day] = view?.days ?? [];
      const what = JSON.stringify([today(), doc.plan, doc.run?.question, day?.tasks.map(({ key }) => key), view?.questions, view?.weakest.map(({ id }) => id), day?.tasks.every(({ isDone }) => isDone)]);
      if (what === shown) return;
      // What is next stands below the question for a date, and in its place once there is one.
      if (view) form.before(card);
      else form.after(card);
      shown = what;
      const focused = card.contains(document.activeElement) ? document.activeElement?.id : '';
      const isOpen = card.querySelector('details')?.open ?? false;
      card.replaceChildren(...(view ? makeCard(doc, view, use) : [...makeContinue(doc), ...makeWeakest(schedule.weakest(handbook, doc))]));
      const details = card.querySelector('details');
      if (details) details.open = isOpen;
      if (focused) document.getElementById(focused)?.focus();
      prepbook.keep(`room ${location.pathname}`, view && !isChanging ? `${innerWidth} ${place.offsetHeight}` : null);
    };
    /** @type {PlanCard} */
    const own = {
      form,
      ready,
      use,
      setChanging: (is) => {
        isChanging = is;
        if (is) {
          card.replaceChildren();
          shown = '';
        }
        if (prepbook.store) doc = prepbook.store.doc;
        draw();
      },
    };
    // A try on another page, another tab, another day.
    prepbook.watch((next) => {
      doc = next;
      draw();
    });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && draw());
    // Whoever comes near will tick or change something.
    for (const near of ['pointerover', 'pointerdown', 'focusin']) card.addEventListener(near, () => void prepbook.loadStore().catch(() => {}), { once: true });
    return own;
  };
})();
