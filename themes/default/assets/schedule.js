// The reader's plan: which work stands on which day until the interview, and which questions come today. Without a page,
// storage or a clock.
// @ts-check
(() => {
  'use strict';
  const { addDays, daysBetween, dayOfInstant, deadline, dueOf, streaksOf } = prepbook.due;
  /** Minutes for a question: two to answer, two to look at the answer. */
  const QUESTION = 4;
  const MOST_QUESTIONS = 6;
  /** Minutes of a task that names none, where its checkpoint names none for the whole. */
  const TASK = 10;

  // ---------- when checkpoints come ----------

  /** On which day of so many a checkpoint comes that was meant for a day of its own; null if there is no time for it. */
  const offset = (/** @type {number} */ day, /** @type {number} */ days, /** @type {number} */ longest) => {
    if (days <= 1) return null;
    const last = days - 2;
    if (day === 0 || days <= 3) return 0;
    if (days > Math.max(longest, 14)) return Math.min(day, last);
    // A longer plan than that of two weeks is drawn together evenly.
    if (longest > 14) return Math.round((day * last) / longest);
    if (days >= 8) return Math.min(Math.ceil(days * (day <= 3 ? 0.2 : day <= 7 ? 0.5 : 0.85)), last);
    return day <= 3 ? Math.min(2, last) : last;
  };
  /** Days of a plan whose interview has no date yet. */
  const OPEN = 14;
  /** @type {Schedule['endOf']} */
  const endOf = (start) => addDays(start, OPEN);
  /** @type {Schedule['pointsOf']} */
  const pointsOf = (checkpoints, { start, interview, open = false }) => {
    const days = daysBetween(start, interview);
    const longest = Math.max(0, ...checkpoints.map(({ day }) => day ?? 0));
    return checkpoints.flatMap((checkpoint) => {
      // The night before what?
      if (open && checkpoint.day === null) return [];
      const at = checkpoint.day === null ? Math.max(days - 1, 0) : offset(checkpoint.day, days, longest);
      return at === null ? [] : [{ checkpoint, date: addDays(start, at) }];
    });
  };

  // ---------- what stands on each day ----------

  const minutesOf = (/** @type {{ minutes: number | null }} */ task, /** @type {{ minutes: number | null }} */ whole) => task.minutes ?? (whole.minutes === null ? TASK : 0);
  /**
   * Minutes of a day for tasks, the others being for questions; and for a task that is longer than that: it has the whole
   * day, or as many as it needs.
   * @typedef {{ room: number, whole: number }} Room
   */
  /** @type {(minutes: number) => Room} */
  const roomFor = (minutes) => ({ room: Math.max(minutes - QUESTION * Math.min(MOST_QUESTIONS, Math.floor((minutes * 0.4) / QUESTION)), 1), whole: Math.max(minutes, 1) });

  /** One after the other from each list in turn. @type {<T>(lists: T[][]) => T[]} */
  const inTurn = (lists) => {
    const longest = Math.max(0, ...lists.map((list) => list.length));
    return Array.from({ length: longest }, (_, nth) => lists.flatMap((list) => list.slice(nth, nth + 1))).flat();
  };
  /** The tasks for which a stretch of days has room: from each checkpoint in turn, each in its order. */
  const fair = (/** @type {PlanTask[][]} */ groups, /** @type {number} */ days, /** @type {Room} */ { room, whole }) => {
    /** @type {Set<PlanTask>} */
    const chosen = new Set();
    const full = new Set();
    let used = 0;
    for (const task of inTurn(groups)) {
      const takes = task.minutes > room ? Math.ceil(task.minutes / whole) * room : task.minutes;
      if (full.has(task.checkpoint) || (chosen.size && used + takes > days * room)) {
        full.add(task.checkpoint);
        continue;
      }
      chosen.add(task);
      used += takes;
    }
    return chosen;
  };

  /** @type {(points: PlanPoint[], ticks: Frozen<Doc>['ticks'], today: string) => PlanTask[]} */
  const tasksOf = (points, ticks, today) =>
    points.flatMap(({ checkpoint, date }) =>
      checkpoint.tasks.flatMap((task) => {
        const key = `${checkpoint.id}/${task.id}`;
        const done = ticks[key] ? dayOfInstant(ticks[key].at) : '';
        // What was done before today is over; what is done today stays in sight.
        return done && done !== today ? [] : [{ key, checkpoint: checkpoint.id, text: task.text, minutes: minutesOf(task, checkpoint), isDone: Boolean(done), due: date, isMoved: false }];
      }),
    );

  /** Puts tasks on days, those that are due first; gives what found no place. */
  const place = (/** @type {PlanDay[]} */ days, /** @type {PlanTask[]} */ tasks, /** @type {Room} */ size) => {
    const { room, whole } = size;
    if (!days.length) return tasks;
    const [{ date: today }] = days;
    const starts = [...new Set(tasks.map(({ due }) => (due > today ? due : today)))].sort();
    const begins = (/** @type {PlanTask} */ { due }) => (due > today ? due : today);
    /** @type {Set<PlanTask>} */
    const chosen = new Set();
    starts.forEach((start, nth) => {
      const end = starts[nth + 1] ?? addDays(days[days.length - 1].date, 1);
      const own = tasks.filter((task) => begins(task) === start);
      const groups = [...new Set(own.map(({ checkpoint }) => checkpoint))].map((id) => own.filter(({ checkpoint }) => checkpoint === id));
      for (const task of fair(groups, daysBetween(start, end), size)) chosen.add(task);
    });
    const queue = tasks.filter((task) => chosen.has(task));
    const spare = inTurn([...new Set(tasks.map(({ checkpoint }) => checkpoint))].map((id) => tasks.filter((task) => task.checkpoint === id && !chosen.has(task))));
    /** How much of the first of the queue is left after a day that it was too long for. */
    let rest = 0;
    for (const day of days) {
      let used = 0;
      const isOpen = (/** @type {PlanTask} */ task) => begins(task) <= day.date;
      const add = (/** @type {PlanTask} */ task) => {
        day.tasks.push(task);
        task.isMoved = task.due < today && tasks.some(({ due }) => due > task.due && due <= day.date);
      };
      if (rest > 0) {
        day.minutes = used = Math.min(rest, whole);
        rest -= used;
        if (rest > 0) continue;
      }
      // The first of the queue begins a day, so that none waits for ever; then whatever fits.
      for (const task of [...queue]) {
        const isLong = task.minutes > room;
        if (!isOpen(task) || (isLong ? used > 0 : used + task.minutes > room)) continue;
        queue.splice(queue.indexOf(task), 1);
        add(task);
        used += Math.min(task.minutes, whole);
        if (isLong) rest = Math.max(task.minutes - whole, 0);
      }
      for (const task of [...spare]) {
        if (!isOpen(task) || used + task.minutes > room) continue;
        spare.splice(spare.indexOf(task), 1);
        add(task);
        used += task.minutes;
      }
      day.minutes = used;
    }
    // Rather before its time than not at all.
    for (const day of days) {
      for (const task of [...spare]) {
        if (day.minutes + task.minutes > room) continue;
        spare.splice(spare.indexOf(task), 1);
        day.tasks.push(task);
        day.minutes += task.minutes;
      }
    }
    return [...queue, ...spare];
  };

  /** @type {Schedule['planOf']} */
  const planOf = (handbook, doc, today) => {
    const { plan } = doc;
    if (!plan) return null;
    const points = pointsOf(handbook.checkpoints, plan).map((point) => ({ ...point, isDone: point.checkpoint.tasks.every(({ id }) => doc.ticks[`${point.checkpoint.id}/${id}`]) }));
    // Without a date there is always a day to work on.
    const left = plan.open ? Math.max(daysBetween(today, plan.interview), 1) : daysBetween(today, plan.interview);
    const nights = points.filter(({ checkpoint }) => checkpoint.day === null);
    const work = points.filter(({ checkpoint }) => checkpoint.day !== null);
    // The night before has room for nothing else.
    const count = Math.max(left - (nights.length ? 1 : 0), 0);
    /** @type {PlanDay[]} */
    const days = Array.from({ length: count }, (_, nth) => ({ date: addDays(today, nth), tasks: [], minutes: 0, isNight: false }));
    const out = place(days, tasksOf(work, doc.ticks, today), roomFor(plan.minutes)).filter(({ isDone }) => !isDone);
    if (nights.length && left >= 1) {
      const tasks = tasksOf(nights, doc.ticks, today);
      days.push({ date: addDays(plan.interview, -1), tasks, minutes: tasks.reduce((sum, { minutes }) => sum + minutes, 0), isNight: true });
    }
    // Beyond what the day asks for, what was ticked today still stands in it.
    const [first] = days;
    const isPlaced = (/** @type {string} */ key) => days.some(({ tasks }) => tasks.some((task) => task.key === key));
    if (first && !first.isNight) first.tasks.push(...tasksOf(points, doc.ticks, today).filter(({ key, isDone }) => isDone && !isPlaced(key)));
    // However short the day, one answer is said aloud.
    const room = first && !first.isNight ? Math.max(1, Math.min(MOST_QUESTIONS, Math.floor((plan.minutes - first.minutes) / QUESTION))) : 0;
    return { left, points, days, out, questions: choose(handbook, doc, today, room), weakest: weakest(handbook, doc) };
  };

  // ---------- shorter ways ----------

  /** @type {Schedule['routeOf']} */
  const routeOf = ({ checkpoints, routes }, days, company) => {
    // Whoever has the days for the whole plan needs no shorter one.
    if (days >= Math.max(...checkpoints.map(({ day }) => day ?? 0))) return undefined;
    const fitting = routes.filter((one) => one.days <= days && (!one.company || one.company === company));
    // The longest for which there is time; of those, the company's own.
    return fitting.sort((one, other) => other.days - one.days || Number(Boolean(other.company)) - Number(Boolean(one.company)))[0];
  };

  // ---------- which questions ----------

  const levels = /** @type {Record<string, number>} */ ({ junior: 1, senior: 2, staff: 3 });
  /** How much a question that was not tried yet belongs to this reader's day. */
  const worth = (/** @type {Handbook} */ handbook, /** @type {Frozen<DocPlan>} */ { company = '', level = '' }, /** @type {Set<string>} */ asked, /** @type {QuestionData} */ question) => {
    const isCore = handbook.themes.some(({ id, core }) => core && id === question.theme);
    const often = { common: 2, regular: 1 }[question.frequency ?? ''] ?? 0;
    const isOfLevel = !levels[level] || !question.difficulty || Math.abs(levels[level] - question.difficulty) <= 1;
    return (question.high.includes(company) ? 7 : question.companies.includes(company) ? 5 : 0) + (asked.has(question.id) ? 3 : 0) + (isCore ? 1 : 0) + often + (isOfLevel ? 1 : 0) + (question.number ? 1 : 0);
  };
  /** @type {Schedule['choose']} */
  const choose = (handbook, doc, today, most) => {
    const { plan, questions: states } = doc;
    if (!plan || most <= 0) return [];
    const stateOf = (/** @type {QuestionData} */ { id }) => states[id] ?? {};
    const isTriedToday = (/** @type {QuestionData} */ question) => dayOfInstant(stateOf(question).last) === today;
    const tried = handbook.questions.filter(isTriedToday);
    const others = handbook.questions.filter((question) => !isTriedToday(question));
    const rating = (/** @type {QuestionData} */ question) => stateOf(question).rating ?? 0;
    const streaks = streaksOf(doc.attempts);
    const due = others.filter((question) => (dueOf(stateOf(question), streaks.get(question.id), deadline(plan)) ?? '9999') <= today).sort((a, b) => rating(a) - rating(b));
    const fresh = others.filter((question) => !stateOf(question).last);
    // Of what is due, not all at once: something new comes every day.
    const again = due.slice(0, Math.max(most - Math.min(2, fresh.length), Math.ceil(most / 2)));
    const points = pointsOf(handbook.checkpoints, plan).filter(({ date, checkpoint }) => date <= today && checkpoint.day !== null);
    const latest = points.at(-1)?.date;
    const asked = new Set(points.filter(({ date }) => date === latest).flatMap(({ checkpoint }) => checkpoint.questions));
    const chosen = [...tried.slice(0, most), ...again].slice(0, most);
    const uses = (/** @type {string} */ theme) => chosen.filter((question) => question.theme === theme).length;
    const pool = new Set(fresh);
    while (chosen.length < most && pool.size) {
      let best = [...pool][0];
      let most = -Infinity;
      for (const question of pool) {
        const value = worth(handbook, plan, asked, question) + (stateOf(question).star ? 3 : 0) - 4 * uses(question.theme);
        if (value > most) [best, most] = [question, value];
      }
      chosen.push(best);
      pool.delete(best);
    }
    // All were tried and none is due: the weakest, then the longest ago.
    const rest = others.filter((question) => !chosen.includes(question)).sort((a, b) => rating(a) - rating(b) || ((stateOf(a).last ?? '') < (stateOf(b).last ?? '') ? -1 : 1));
    return [...chosen, ...rest].slice(0, most).map((question) => ({ question, isDone: isTriedToday(question), isDue: due.includes(question) }));
  };
  /** @type {Schedule['weakest']} */
  const weakest = (handbook, doc) => {
    const rated = handbook.questions.filter(({ id }) => (doc.questions[id]?.rating ?? 3) <= 1);
    const key = (/** @type {QuestionData} */ { id }) => `${doc.questions[id].rating} ${doc.questions[id].last ?? ''}`;
    return rated.sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, 3);
  };

  prepbook.schedule = { ...prepbook.due, endOf, pointsOf, planOf, routeOf, choose, weakest };
})();
