// The reader's plan on the home page and on the plan's: today's card, the days until the interview, what is next.
// @ts-check
(() => {
  'use strict';
  const { make, word, worded, home, schedule } = prepbook;
  const handbook = prepbook.handbook;
  const language = document.documentElement.lang || 'en';
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const field = (/** @type {string} */ id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (at(id));
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
  const makeTask = (/** @type {Store} */ store, /** @type {PlanTask} */ task) => {
    const box = make('input', { type: 'checkbox', id: `today_${task.key}`, 'data-key': task.key });
    box.checked = task.isDone;
    box.addEventListener('change', () => {
      const [isDone, now] = [box.checked, new Date().toISOString()];
      void store.change((doc) => {
        if (isDone) doc.ticks[task.key] = { at: now };
        else delete doc.ticks[task.key];
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
    return [keepingList(view, make('p', { class: 'first' }, make('a', { class: 'button go', href: `${urlOf(first.question)}#try` }, words)))];
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

  /** Its room is there before it is drawn. */
  const makePicture = (/** @type {PlanView} */ view, /** @type {Frozen<DocPlan>} */ plan) => {
    const place = make('div', { class: 'plan-picture' });
    void prepbook.load('pictures').then(() => place.append(prepbook.pictures.drawPlan(view, plan))).catch(() => {});
    return place;
  };
  const makeCard = (/** @type {Store} */ store, /** @type {PlanView} */ view, /** @type {() => void} */ change) => {
    const { doc } = store;
    const plan = /** @type {Frozen<DocPlan>} */ (doc.plan);
    if (view.left < 0) {
      return [
        make('p', { class: 'kicker' }, word('plan-card.was-on', { date: dayIn(plan.interview, { dateStyle: 'long' }) })),
        make('h2', { id: 'coach_title', tabindex: '-1' }, word('plan-card.how-did-it-go')),
        make('p', {}, ...worded('plan-card.note-down', { questions: placeOf('q', word('plan-card.list')) })),
        make('p', { class: 'actions' }, button(word('plan-card.set-next'), change, 'button go')),
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
        ...(tasks.length ? [make('div', {}, make('h3', {}, word('plan-card.to-do', { minutes })), make('ul', { class: 'tasks' }, ...tasks.map((task) => makeTask(store, task))))] : []),
        ...(view.questions.length ? [makeToday(view)] : []),
        ...makeWeakest(view.weakest.filter(({ id }) => !view.questions.some(({ question }) => question.id === id))),
      ),
      ...(view.left > 0 && (view.days.length > 1 || view.out.length) ? [makeDays(view, Boolean(plan.open))] : []),
      make('p', { class: 'actions' }, ...(view.left > 0 ? [button(word('plan-card.to-calendar'), () => exportCalendar(store)), ' '] : []), button(plan.open ? word('plan-card.set-date') : word('plan-card.change'), change)),
      ...makeReminder(doc),
    ];
  };

  // ---------- out ----------

  const makeReminder = (/** @type {Frozen<Doc>} */ doc) =>
    prepbook.records.isExportDue(doc, prepbook.kept('exported'), new Date().toISOString())
      ? [make('p', { class: 'hint' }, ...worded('plan-card.export-due', { my_data: linkTo({ url: 'my-data/index.html', title: word('plan-card.my-data') }) }))]
      : [];

  const exportCalendar = async (/** @type {Store} */ store) => {
    const { plan } = store.doc;
    if (!plan) return;
    try {
      await prepbook.load('calendar');
      prepbook.saveFile(`${word('plan-card.file')}.ics`, prepbook.calendar({ handbook, plan, now: new Date().toISOString(), today: today(), home: home.href }), 'text/calendar');
      at('coach_status').textContent = word('plan-card.calendar-made');
    } catch {
      at('coach_status').textContent = word('plan-card.calendar-failed');
    }
  };

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
  prepbook.showPlan = (place, store) => {
    const card = at('coach_card');
    const form = at('coach_form');
    let isChanging = false;
    let shown = '';
    const cancel = button(word('button.cancel'), () => leave());
    const drop = button(word('plan-card.delete'), () => {
      const { plan } = store.doc;
      const back = button(word('button.undo'), () => {
        void store.change((doc) => (doc.plan = structuredClone(/** @type {DocPlan} */ (plan))));
        at('coach_status').textContent = '';
        at('coach_title').focus();
      });
      void store.change((doc) => (doc.plan = null));
      leave();
      at('coach_status').replaceChildren(`${word('plan-card.deleted')} `, back);
    }, 'button danger');

    const draw = () => {
      const view = schedule.planOf(handbook, store.doc, today());
      dateStops(view);
      document.documentElement.toggleAttribute('data-planned', Boolean(view));
      place.toggleAttribute('data-drawn', true);
      form.hidden = Boolean(view) && !isChanging;
      card.hidden = isChanging;
      // Ticks alone need no new card: who has just set one keeps the place.
      const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll('input[data-key]'));
      for (const box of boxes) box.checked = (box.dataset.key ?? '') in store.doc.ticks;
      const [day] = view?.days ?? [];
      const what = JSON.stringify([today(), store.doc.plan, store.doc.run?.question, day?.tasks.map(({ key }) => key), view?.questions, view?.weakest.map(({ id }) => id), day?.tasks.every(({ isDone }) => isDone)]);
      if (what === shown) return;
      // What is next stands below the question for a date, and in its place once there is one.
      if (view) form.before(card);
      else form.after(card);
      shown = what;
      const focused = card.contains(document.activeElement) ? document.activeElement?.id : '';
      const isOpen = card.querySelector('details')?.open ?? false;
      card.replaceChildren(...(view ? makeCard(store, view, change) : [...makeContinue(store.doc), ...makeWeakest(schedule.weakest(handbook, store.doc))]));
      const details = card.querySelector('details');
      if (details) details.open = isOpen;
      if (focused) document.getElementById(focused)?.focus();
      prepbook.keep(`room ${location.pathname}`, view && !isChanging ? `${innerWidth} ${place.offsetHeight}` : null);
    };
    const save = /** @type {HTMLElement} */ (form.querySelector('.go'));
    const leave = () => {
      isChanging = false;
      save.textContent = word('plan-card.make');
      cancel.remove();
      drop.remove();
      draw();
      at('coach_title').focus();
    };
    const change = () => {
      const { plan } = store.doc;
      isChanging = true;
      card.replaceChildren();
      shown = '';
      if (plan) {
        const isOver = !plan.open && schedule.daysBetween(today(), plan.interview) < 0;
        field('coach_date').value = isOver || plan.open ? '' : plan.interview;
        field('coach_company').value = plan.company ?? '';
        field('coach_level').value = plan.level ?? '';
        field('coach_minutes').value = String(plan.minutes);
        field('coach_time').value = plan.time ?? '18:30';
        form.querySelector('.coach-time')?.removeAttribute('hidden');
        if (!isOver) save.textContent = word('plan-card.save');
        form.querySelector('.actions')?.append(' ', cancel, ' ', drop);
      }
      draw();
      field('coach_date').focus();
    };

    // Another tab, another day, a try on another page.
    store.listen(draw);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && draw());
    draw();

    return (about) => {
      const given = (/** @type {string} */ name) => String(about.get(name) ?? '');
      const start = today();
      const isOpen = about.has('open');
      const before = store.doc.plan;
      const interview = isOpen ? (before?.open ? before.interview : schedule.endOf(start)) : given('interview');
      const id = Math.random().toString(36).slice(2, 10);
      if (!interview || (!isOpen && interview < start)) {
        at('coach_status').textContent = word('plan-card.choose-day');
        return;
      }
      at('coach_status').textContent = '';
      void store.change((doc) => {
        // A plan whose interview is over is another one.
        const old = doc.plan && (doc.plan.open || doc.plan.interview >= start) ? doc.plan : null;
        doc.plan = {
          ...old,
          id: old?.id ?? id,
          start: old?.start ?? start,
          interview,
          open: isOpen || undefined,
          company: given('company'),
          level: given('level'),
          minutes: Number(given('minutes')),
          time: given('time'),
          sequence: old ? (old.sequence ?? 0) + 1 : 0,
        };
      });
      leave();
    };
  };
})();
