// What is shown after an exercise: what was said and for how long, what to do about it; and the card of whoever asks.
// @ts-check
(() => {
  'use strict';
  const { make, word } = prepbook;
  const { time: clockTime, totalOf } = prepbook.clocks;
  const { untimed } = prepbook.exercises;
  const short = (/** @type {number} */ ms) => (Math.abs(ms) < 59_500 ? word('told.seconds', { n: Math.round(Math.abs(ms) / 1000) }) : clockTime(Math.abs(ms)));
  const listed = (/** @type {string[]} */ names) => (names.length > 1 ? word('told.and', { first: names.slice(0, -1).join(', '), last: names[names.length - 1] }) : names[0]);
  const language = document.documentElement.lang || 'en';
  /** @type {Record<string, string | undefined>} */
  const levels = { junior: word('set-up.junior'), senior: word('set-up.senior'), staff: word('set-up.staff') };
  /** Within a line. @type {Record<string, string | undefined>} */
  const smallLevels = { junior: word('result.junior'), senior: word('result.senior'), staff: word('result.staff') };
  /** Lines to write on. */
  const room = () => [make('div'), make('div'), make('div')];
  const planOf = (/** @type {Turn} */ turn) => totalOf(turn.parts.map(({ ms }) => ms));

  /** The answers whose parts the reader has marked, of the shape that most of them have. */
  const marked = (/** @type {DoneExercise} */ { turns, results }) => {
    /** @type {Map<string, TurnResult[]>} */
    const shapes = new Map();
    for (const result of results) {
      const { kind, parts } = turns[result.turn];
      const key = parts.map(({ title }) => title).join();
      if (kind === 'answer' && parts.length > 1 && result.isMarked) shapes.set(key, [...(shapes.get(key) ?? []), result]);
    }
    return [...shapes.values()].sort((one, other) => other.length - one.length)[0] ?? [];
  };
  /** Bars of the parts as they were and as they were planned, and the part that is furthest off. */
  const partBars = (/** @type {ExerciseResultInput} */ { state, time }) => {
    const its = marked(state);
    if (!its.length) return null;
    const { parts } = state.turns[its[0].turn];
    const mean = parts.map((_, nth) => totalOf(its.map((one) => one.parts[nth] ?? 0)) / its.length);
    const plan = parts.map((_, nth) => totalOf(its.map(({ turn }) => state.turns[turn].parts[nth].ms)) / its.length);
    const longest = Math.max(totalOf(mean), totalOf(plan));
    const row = (/** @type {string} */ name, /** @type {number[]} */ lengths) => {
      const cells = parts.map(({ title, step }, nth) => {
        const cell = make('li', { class: `s${step}` }, make('span', { class: 'word' }, title), make('span', { class: 'letter', 'aria-hidden': 'true' }, title[0]), ' ', make('b', {}, short(lengths[nth])));
        cell.style.flexGrow = `${lengths[nth]}`;
        cell.hidden = lengths[nth] < 500;
        return cell;
      });
      const bar = make('ol', { class: 'run-bar', 'aria-label': `${name}: ${time(totalOf(lengths))}` }, ...cells);
      bar.style.width = `${(totalOf(lengths) / longest) * 100}%`;
      return [make('dt', {}, name, make('span', {}, time(totalOf(lengths)))), make('dd', {}, bar)];
    };
    const off = parts.map(({ title }, nth) => ({ title, ms: mean[nth] - plan[nth] })).sort((one, other) => Math.abs(other.ms) - Math.abs(one.ms))[0];
    const about = { part: off.title, length: short(off.ms) };
    const took = its.length > 1 ? (off.ms > 0 ? word('result.took-more-mean', about) : word('result.took-less-mean', about)) : off.ms > 0 ? word('run.took-more', about) : word('run.took-less', about);
    const told = Math.abs(off.ms) < 3000 ? word('result.parts-as-planned') : took;
    return make('section', {}, make('h3', {}, its.length > 1 ? word('result.parts-mean', { n: its.length }) : word('run.your-parts')), make('dl', { class: 'run-bars' }, ...row(word('run.you'), mean), ...row(word('run.plan'), plan)), make('p', { class: 'hint' }, told));
  };

  /** How long each part of an interview took, against its minutes. */
  const phaseRow = (/** @type {ExerciseResultInput} */ { state, time }) => {
    const names = /** @type {Record<string, string>} */ ({ opening: word('result.opening'), questions: word('result.questions'), own: word('exercise.your-questions'), close: word('result.close') });
    const spent = (/** @type {string} */ phase) => totalOf(state.results.filter(({ turn }) => state.turns[turn].phase === phase).map(({ ms }) => ms));
    const its = prepbook.mock?.phases(state.turns) ?? [];
    if (!its.length) return [];
    return [make('section', {}, make('h3', {}, word('result.phases')), make('dl', { class: 'run-scores' }, ...its.map(({ phase, minutes }) => make('div', {}, make('dt', {}, names[phase]), make('dd', {}, time(spent(phase)), ' ', make('span', { class: 'hint' }, word('result.of-minutes', { n: minutes })))))))];
  };

  /** The last result of each turn that is one of these. */
  const resultsOf = (/** @type {DoneExercise} */ { turns, results }, /** @type {Turn['kind'][]} */ ...kinds) => results.filter(({ turn }) => kinds.includes(turns[turn].kind));

  /** @type {Record<string, (input: ExerciseResultInput) => string[]>} */
  const findings = {
    'two-minute-drill': ({ state }) => {
      const late = state.results.filter(({ over }) => over >= 1000);
      return [late.length ? word('result.late', { n: late.length, length: short(totalOf(late.map(({ over }) => over)) / late.length) }) : word('result.none-late')];
    },
    'follow-up-gauntlet': ({ state }) => {
      const its = resultsOf(state, 'follow-up');
      const stuck = its.filter(({ rating, turn }) => rating === 0 && state.turns[turn].isAgain).length;
      return [stuck ? word('result.stuck', { n: stuck }) : its.some(({ rating }) => rating === 1) ? word('result.dodged') : ''];
    },
    'story-swap': ({ state }) => {
      const its = state.results;
      const good = its.filter(({ rating = 0 }) => rating >= 2);
      return [its.length > 2 && good.length === its.length ? word('result.fits-everywhere') : good.length ? word('result.fits-some', { good: good.length, n: its.length }) : word('result.fits-none')];
    },
    'weakness-test': ({ state, scales }) => {
      const names = scales.rating;
      const at = (/** @type {string | undefined} */ question, /** @type {number} */ round) => state.results.find(({ turn }) => state.turns[turn].question === question && state.turns[turn].round === round)?.rating;
      const asked = [...new Set(state.turns.filter(({ round }) => round).map(({ question }) => question))];
      return asked.flatMap((question) => {
        const [long, brief] = [at(question, 1), at(question, 3)];
        if (long === undefined || brief === undefined) return [];
        const isOne = asked.length === 1;
        const about = { question: state.turns.find((one) => one.question === question)?.text ?? '', long: names[long][0], brief: names[brief][0] };
        if (brief >= Math.max(long, 2)) return [isOne ? word('result.held') : word('result.held-of', about)];
        if (brief === 0 && long === 0) return [isOne ? word('result.none') : word('result.none-of', about)];
        if (brief === long) return [isOne ? word('result.stayed', about) : word('result.stayed-of', about)];
        return [isOne ? word('result.fell', about) : word('result.fell-of', about)];
      });
    },
    'story-matrix': ({ state, doc }) => {
      const gaps = state.results.filter(({ rating = 0 }) => rating < 2).map(({ turn }) => state.turns[turn].text);
      /** @type {Map<string, number>} */
      const uses = new Map();
      for (const { story, rating = 0 } of state.results) if (story && rating >= 2) uses.set(story, (uses.get(story) ?? 0) + 1);
      const over = [...uses].filter(([, times]) => times > 3).map(([id, times]) => word('result.carries', { story: doc.stories[id]?.title ?? word('result.one-story'), n: times }));
      return [gaps.length ? word('result.no-story-for', { themes: listed(gaps) }) : word('result.all-covered'), ...over];
    },
    'mock-interview': ({ state, scales }) => {
      const answers = resultsOf(state, 'answer').filter(({ rating }) => rating !== undefined);
      if (!answers.length) return [];
      const weak = answers.reduce((one, other) => ((other.rating ?? 0) < (one.rating ?? 0) ? other : one));
      return (weak.rating ?? 0) >= 2 ? [word('result.each-held')] : [word('result.work-on', { rating: scales.rating[weak.rating ?? 0][0], question: state.turns[weak.turn].text })];
    },
  };

  /** A row for each turn: what was asked, how long one spoke, how it was; the last can be corrected. */
  const rows = (/** @type {ExerciseResultInput} */ input) => {
    const { state, scales, handbook, home, time } = input;
    const longest = Math.max(...state.results.map(({ ms, turn }) => Math.max(ms, planOf(state.turns[turn]) < untimed ? planOf(state.turns[turn]) : 0)), 1);
    return state.results.map((result) => {
      const turn = state.turns[result.turn];
      const question = handbook.questions.find(({ id }) => id === turn.question);
      const isLinked = question && turn.kind === 'answer';
      const asked = isLinked ? make('a', { class: 'said', href: new URL(question.url, home).href }, turn.text) : make('span', { class: turn.kind === 'cover' ? '' : 'said' }, turn.text);
      const plan = planOf(turn);
      const spoken = make('i');
      spoken.style.width = `${(Math.min(result.ms, plan) / longest) * 100}%`;
      const late = make('i', { class: 'late' });
      late.style.width = `${(plan < untimed ? result.over / longest : 0) * 100}%`;
      const mark = make('u');
      mark.style.left = `${Math.min(plan / longest, 1) * 100}%`;
      const bar = make('span', { class: 'run-length', 'aria-hidden': 'true' }, spoken, late, ...(plan < untimed ? [mark] : []));
      const about = { time: time(result.ms), plan: time(plan) };
      const told = plan >= untimed ? about.time : result.over >= 1000 ? word('result.over', about) : word('run.time-of', about);
      const cell = make('td');
      if (turn.scale) {
        const scale = scales[turn.scale];
        const select = make('select', { 'aria-label': word('result.rating-of', { question: turn.text }) }, ...scale.map(([name], nth) => make('option', { value: `${nth}` }, name)));
        select.value = `${result.rating ?? 0}`;
        const paper = make('span', { class: 'on-paper' }, scale[result.rating ?? 0][0]);
        select.addEventListener('change', () => {
          paper.textContent = scale[Number(select.value)][0];
          input.correct(result.id, Number(select.value));
        });
        cell.append(select, paper);
      }
      const kind = turn.round ? word('result.round', { n: turn.round }) : turn.isAgain ? word('try.again') : '';
      const story = result.story ? input.doc.stories[result.story]?.title : '';
      return make('tr', { class: turn.kind === 'follow-up' ? 'sub' : '' }, make('th', { scope: 'row' }, asked, ...(kind ? [' ', make('span', { class: 'hint' }, kind)] : []), ...(story ? [' ', make('span', { class: 'hint' }, story)] : [])), make('td', {}, bar, make('span', { class: 'time' }, told)), cell);
    });
  };

  const rubricRow = (/** @type {ExerciseResultInput} */ { state, rubric }) => {
    const scored = state.results.filter((one) => one.rubric);
    if (!scored.length) return [];
    const sums = rubric.map(([id, name]) => {
      const values = scored.flatMap((one) => one.rubric?.[id] ?? []);
      return { name, mean: values.length ? totalOf(values) / values.length : null };
    });
    return [make('section', {}, make('h3', {}, word('result.by-rubric')), make('dl', { class: 'run-scores' }, ...sums.map(({ name, mean }) => make('div', {}, make('dt', {}, name), make('dd', {}, mean === null ? '–' : mean.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))))))];
  };

  /** @type {Record<string, (state: DoneExercise) => string>} */
  const headlines = {
    'follow-up-gauntlet': (state) => {
      const its = resultsOf(state, 'follow-up');
      const of = (/** @type {number} */ rating) => its.filter((one) => one.rating === rating).length;
      return its.length ? word('result.gauntlet', { held: of(2), dodged: of(1), stuck: of(0) }) : word('result.answers', { n: state.results.length });
    },
    'story-matrix': (state) => word('result.covered', { good: state.results.filter(({ rating = 0 }) => rating >= 2).length, n: state.results.length }),
    'story-swap': (state) => word('result.fit', { good: state.results.filter(({ rating = 0 }) => rating >= 2).length, n: state.results.length }),
    'weakness-test': (state) => {
      const last = state.results.filter(({ turn }) => state.turns[turn].round === 3);
      const before = (/** @type {string | undefined} */ question) => state.results.find(({ turn }) => state.turns[turn].round === 1 && state.turns[turn].question === question)?.rating ?? 0;
      const held = last.every(({ turn, rating = 0 }) => rating >= Math.max(before(state.turns[turn].question), 2));
      return !last.length ? word('result.not-to-the-end') : held ? word('result.it-held') : word('result.it-did-not-hold');
    },
  };

  /** @type {Prepbook['makeExerciseResult']} */
  prepbook.makeExerciseResult = (input) => {
    const { state, title, handbook, time } = input;
    const spoken = totalOf(state.results.map(({ ms }) => ms));
    const asked = resultsOf(state, 'answer');
    const headline = headlines[state.tool]?.(state) ?? word('result.answers-in', { n: asked.length, time: time(spoken) });
    const company = handbook.companies.find(({ id }) => id === state.options.company)?.title;
    const level = levels[state.options.level ?? ''];
    const about = [title, company, level, new Date(state.begun).toLocaleDateString(language, { day: 'numeric', month: 'long', year: 'numeric' }), word('result.spoken-time', { time: time(spoken) }), word('result.set', { seed: state.seed })].filter(Boolean).join(', ');
    const found = (findings[state.tool]?.(input) ?? []).filter(Boolean);
    const bars = partBars(input);
    const table = make('table', { class: 'run-table' }, make('caption', { class: 'vh' }, word('result.table')), make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, state.tool === 'story-matrix' ? word('result.theme') : word('result.asked')), make('th', { scope: 'col' }, word('result.spoken')), make('th', { scope: 'col' }, word('result.how-it-went')))), make('tbody', {}, ...rows(input)));
    const lines = make('div', { class: 'run-lines on-paper' }, make('p', {}, word('result.keep')), ...room(), make('p', {}, word('result.change')), ...room());
    const weak = asked.filter(({ rating = 3, over }) => rating <= 1 || over >= 15_000).sort((one, other) => (one.rating ?? 3) - (other.rating ?? 3) || other.over - one.over);
    return {
      headline,
      content: make('div', { class: 'run-summary' }, make('p', { class: 'hint' }, about), ...(found.length ? [make('div', { class: 'run-findings' }, ...found.map((text) => make('p', {}, text)))] : []), ...phaseRow(input), ...(bars ? [bars] : []), ...rubricRow(input), table, lines),
      again: ['two-minute-drill', 'mock-interview', 'follow-up-gauntlet'].includes(state.tool) ? [...new Set(weak.map(({ turn }) => state.turns[turn].question ?? ''))].filter(Boolean).slice(0, 3) : [],
    };
  };

  /** @type {Prepbook['makeExerciseCard']} */
  prepbook.makeExerciseCard = ({ turns, options, seed, handbook, rubric, time }) => {
    const company = handbook.companies.find(({ id }) => id === options.company)?.title;
    const about = [company, smallLevels[options.level ?? ''], word('result.set', { seed })].filter(Boolean).join(', ');
    /** @type {Turn[][]} */
    const blocks = [];
    for (const turn of turns) {
      if (turn.kind === 'follow-up' && blocks.length) blocks[blocks.length - 1].push(turn);
      else blocks.push([turn]);
    }
    const items = blocks.map(([first, ...rest]) => make('li', {},
      make('p', {}, make('b', { class: 'said' }, first.text), ' ', make('span', { class: 'time' }, time(planOf(first)))),
      ...(first.interruptions ?? []).map((one) => make('p', { class: 'hint' }, word('result.interrupt', { time: time(one.at), text: one.text }))),
      ...(rest.length ? [make('ul', {}, ...rest.map((one) => make('li', { class: 'said' }, one.text)))] : [])));
    const answers = blocks.filter(([first]) => first.kind === 'answer').length;
    const heads = Array.from({ length: answers }, (_, nth) => make('th', { scope: 'col' }, `${nth + 1}`));
    const grid = make('table', { class: 'grid write' }, make('caption', {}, word('rubric.scores')), make('thead', {}, make('tr', {}, make('td'), ...heads)),
      make('tbody', {}, ...[...rubric.map(([, name, , heard]) => word('rubric.row', { name, meaning: heard })), word('result.time')].map((name) => make('tr', {}, make('th', { scope: 'row' }, name), ...heads.map(() => make('td'))))));
    return make('div', { class: 'run-summary' }, make('p', { class: 'hint' }, about), make('ol', { class: 'run-card' }, ...items), ...(answers ? [grid] : []));
  };
})();
