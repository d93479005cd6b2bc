// An exercise from its set-up to its summary, as states and what changes them; and what each tool asks. It needs no page:
// time, ids and chance are given to it.
// @ts-check
(() => {
  'use strict';
  const { clocks, draws, word } = prepbook;
  const { totalOf } = clocks;
  /** Between two answers, in milliseconds. */
  const BREATH = 10_000;
  const SHORT_BREATH = 3000;
  const FOLLOW_UP = 45_000;
  const WHOLE = 120_000;
  /** How long an interruption stays in sight. */
  const INTERRUPTION = 12_000;
  const MORE = 30_000;
  /** An answer without a clock ends by itself only after so long. */
  const UNTIMED = 3_600_000;
  const STUCK = 0;
  /** A few seconds go to each rating. */
  const RATING = 8000;

  /** @type {ExerciseState} */
  const idle = { at: 'idle' };

  // ---------- what each tool asks ----------

  /** Parts of what is told in one piece. */
  const whole = (/** @type {string} */ title, /** @type {number} */ ms) => [{ title, step: 4, ms }];
  /** An answer's parts, stretched to a length where one is asked for. */
  const partsOf = (/** @type {ExerciseData} */ data, /** @type {string} */ question, /** @type {number} */ length) => {
    const shape = data.shapes[data.questions[question]?.shape ?? -1];
    const own = shape?.parts.map((part) => ({ title: part.title, step: part.step, ms: part.seconds * 1000 })) ?? whole(word('run.your-answer'), length || WHOLE);
    const all = totalOf(own.map(({ ms }) => ms));
    return length ? own.map((part) => ({ ...part, ms: Math.round((part.ms / all) * length) })) : own;
  };
  /** @type {(given: ToolInput, question: QuestionData, length?: number, more?: Partial<Turn>) => Turn} */
  const answer = ({ data }, { id, title }, length = 0, more = {}) => ({ kind: 'answer', question: id, text: title, note: '', parts: length === UNTIMED ? whole(word('run.your-answer'), UNTIMED) : partsOf(data, id, length), scale: 'rating', breath: BREATH, ...more });
  /** @type {(text: string, id: string, question: QuestionData, more?: Partial<Turn>) => Turn} */
  const followUp = (text, id, question, more = {}) => ({ kind: 'follow-up', id, question: question.id, text, note: question.title, parts: whole(word('exercise.your-reply'), FOLLOW_UP), scale: 'held', breath: SHORT_BREATH, ...more });

  /** @typedef {{ id: string, text: string, isGeneral?: boolean }} Ask */
  /** How follow-ups went when they came last: what was never asked comes first, then what was stuck, then dodged. Of equals,
   * what fits the theme comes before what fits everywhere. */
  const ordered = (/** @type {Ask[]} */ list, /** @type {ToolInput} */ { doc, isShared }, /** @type {() => number} */ random) => {
    /** @type {Map<string, number>} */
    const seen = new Map();
    if (!isShared) for (const { followUps } of doc.attempts) for (const { id, rating } of followUps ?? []) seen.set(id, rating ?? 2);
    const isAnyStuck = [...seen.values()].includes(STUCK);
    const rank = (/** @type {Ask} */ { id, isGeneral }) => (seen.has(id) ? 1 + (seen.get(id) ?? 2) : isAnyStuck ? 0.5 : 0) + (isGeneral ? 0.1 : 0);
    return draws.shuffled(list, random).sort((one, other) => rank(one) - rank(other));
  };
  /** Those that make sense after any story: the reader doesn't tell the one that stands on the question's page. */
  const ownFollowUps = (/** @type {ToolInput} */ { data }, /** @type {QuestionData} */ { id }) => (data.questions[id]?.followUps ?? []).flatMap((text, nth) => (text ? [{ id: `${id}:${nth}`, text }] : []));
  /** What can follow an answer to any question of a theme, one of each type before the second of any. */
  const probesFor = (/** @type {ToolInput} */ input, /** @type {string} */ theme, /** @type {() => number} */ random) => {
    const all = input.data.probes.flatMap(({ id, asks }) => asks.flatMap(({ ask, themes }, nth) => (!themes || themes.includes(theme) ? [{ id: `~${id}:${nth}`, text: ask, isGeneral: !themes, type: id }] : [])));
    const list = /** @type {typeof all} */ (ordered(all, input, random));
    const turnOf = (/** @type {number} */ nth) => list.slice(0, nth).filter(({ type }) => type === list[nth].type).length;
    return list.map((one, nth) => ({ one, turn: turnOf(nth) })).sort((one, other) => one.turn - other.turn).map(({ one }) => one);
  };
  /** Two of the question, two that fit its theme, one of the company; others in the place of what there is not. None comes
   * twice in a set: `asked` has what was. */
  const followUps = (/** @type {ToolInput} */ input, /** @type {QuestionData} */ question, /** @type {() => number} */ random, /** @type {Set<string>} */ asked, count = 5) => {
    const isNew = (/** @type {Ask} */ { text }) => !asked.has(text);
    const own = ordered(ownFollowUps(input, question), input, random).filter(isNew);
    const probes = probesFor(input, question.theme, random).filter(isNew);
    const company = input.options.company ?? '';
    const probed = (input.data.companies[company]?.probes ?? []).filter(({ questions }) => questions.includes(question.id));
    const its = ordered(probed.map(({ id, ask }) => ({ id: `${company}~${id}`, text: ask })), input, random).filter(isNew).slice(0, 1);
    const first = [...own.slice(0, 2), ...probes.slice(0, 2), ...its];
    const chosen = [...new Map([...first, ...own.slice(2), ...probes.slice(2)].map((one) => [one.text, one])).values()].slice(0, count);
    for (const { text } of chosen) asked.add(text);
    return chosen.map(({ id, text }) => followUp(text, id, question));
  };

  /** Those that one answers with a story: where the candidate asks, nobody follows up, presses or swaps. */
  const answered = (/** @type {ToolInput} */ { handbook, data, tool }) => handbook.questions.filter(({ id }) => tool === 'two-minute-drill' || !data.questions[id]?.isAsking);
  const draw = (/** @type {ToolInput} */ input, /** @type {number} */ count, more = {}) => {
    const { doc, options, isShared, seed, now, tool } = input;
    const all = answered(input);
    const company = options.company ?? '';
    const targets = [...(company ? [company] : []), ...(isShared ? [] : [...(doc.settings.targets ?? []), ...(doc.plan?.company ? [doc.plan.company] : [])])];
    const asked = all.filter(({ companies }) => !company || companies.includes(company));
    const questions = asked.length >= count ? asked : all;
    return draws.draw({ questions, count, seed, now, targets, tool, ...(isShared ? {} : { states: doc.questions, attempts: doc.attempts }), ...more });
  };
  const levels = /** @type {Record<string, number>} */ ({ junior: 1, senior: 2, staff: 3 });
  const numberOf = (/** @type {string | undefined} */ text, /** @type {number} */ otherwise) => Number(text) || otherwise;
  /** The reader's weakest questions; those that were never tried after the weak ones. */
  const weakest = (/** @type {ToolInput} */ input, /** @type {number} */ count) => {
    const key = (/** @type {QuestionData} */ { id }) => input.doc.questions[id]?.rating ?? 1.5;
    const drawn = input.isShared ? draw(input, count) : draws.shuffled(answered(input), draws.chance(input.seed)).sort((one, other) => key(one) - key(other));
    return drawn.slice(0, count);
  };
  /** Places in an answer for so many interruptions: from a fifth to seven tenths of it, not at once one after the other. */
  const interrupt = (/** @type {string[]} */ texts, /** @type {number} */ total, /** @type {number} */ count, /** @type {() => number} */ random) =>
    texts.slice(0, count).map((text, nth) => ({ at: Math.round(total * (0.2 + (0.5 / count) * (nth + 0.7 * random()))), text }));

  /** How long a turn takes: its breath, what is said, and a few seconds for its rating. @type {Exercises['lengthOf']} */
  const lengthOf = ({ breath, parts, scale }) => {
    const ms = totalOf(parts.map((part) => part.ms));
    return breath + (ms >= UNTIMED ? WHOLE : ms) + (scale ? RATING : 0);
  };
  /** @type {Record<string, (input: ToolInput) => Turn[]>} */
  const tools = {
    'two-minute-drill': (input) => {
      const length = input.options.length === 'none' ? UNTIMED : numberOf(input.options.length, 0) * 1000;
      return draw(input, numberOf(input.options.count, 10)).map((question) => answer(input, question, length));
    },
    'follow-up-gauntlet': (input) => {
      const random = draws.chance(`${input.seed} follow-ups`);
      const asked = new Set();
      return draw(input, numberOf(input.options.count, 3)).flatMap((question) => [answer(input, question), ...followUps(input, question, random, asked)]);
    },
    'story-swap': (input) => {
      const { options, doc } = input;
      const story = options.story && Object.hasOwn(doc.stories, options.story) ? doc.stories[options.story] : undefined;
      const own = Object.entries(story?.fit ?? {}).sort(([, one], [, other]) => other - one)[0]?.[0];
      /** @type {QuestionData[]} */
      const chosen = [];
      for (const question of draw(input, 12)) if (chosen.length < 3 && question.theme !== own && !chosen.some(({ theme }) => theme === question.theme)) chosen.push(question);
      const title = story?.title ?? options.title ?? '';
      return chosen.map((question) => ({ ...answer(input, question), kind: 'opening', theme: question.theme, note: title ? word('exercise.with-story', { story: title }) : word('exercise.with-yours'), parts: whole(word('exercise.two-sentences'), 30_000), scale: 'fit' }));
    },
    'weakness-test': (input) => {
      const random = draws.chance(`${input.seed} interruptions`);
      const { what = '' } = input.options;
      const named = input.handbook.questions.find(({ id }) => id === what);
      const questions = named ? [named] : weakest(input, numberOf(what, 3));
      const texts = draws.shuffled(input.data.interruptions, random);
      let used = 0;
      /** @type {(question: QuestionData, length: number, round: number) => Turn} */
      const under = (question, length, round) => {
        const count = round < 3 ? 1 : 2;
        const own = Array.from({ length: Math.min(count, texts.length) }, () => texts[used++ % texts.length]);
        return answer(input, question, length, { round, interruptions: interrupt(own, length, count, random) });
      };
      const attacks = named ? ordered(ownFollowUps(input, named), input, random).slice(0, 4).map(({ id, text }) => followUp(text, id, named)) : [];
      return [...questions.map((one) => under(one, WHOLE, 1)), ...attacks, ...questions.map((one) => under(one, 90_000, 2)), ...questions.map((one) => under(one, 60_000, 3))];
    },
    'story-matrix': (input) => {
      const random = draws.chance(`${input.seed} themes`);
      const { handbook, data } = input;
      return handbook.themes
        .filter(({ core }) => core || input.options.themes === 'all')
        .flatMap(({ id, title }) => {
          const [sample] = draws.shuffled(answered(input).filter(({ theme }) => theme === id), random);
          return sample ? [{ ...answer(input, sample), kind: /** @type {const} */ ('cover'), theme: id, text: title, note: `${data.themes[id] ?? ''} ${word('exercise.example', { question: sample.title })}`.trim(), parts: whole(word('exercise.one-sentence'), 60_000), scale: /** @type {const} */ ('fit') }] : [];
        });
    },
    'mock-interview': (input) => prepbook.mock?.turns(input, { answer, followUps, draw, whole, levels }) ?? [],
  };
  /** @type {Exercises['turns']} */
  const turns = (input) => tools[input.tool]?.(input) ?? [];

  // ---------- from state to state ----------

  const planOf = (/** @type {Turn} */ { parts }) => parts.map(({ ms }) => ms);
  /** The turn after this one, or the end. @type {(state: OpenExercise, now: Reading) => ExerciseState} */
  const onward = (state, now) => (state.i + 1 < state.turns.length ? ready({ ...state, i: state.i + 1 }, now) : done(state));
  /** @type {(state: OpenExercise, now: Reading) => ExerciseState} */
  const ready = (state, now) => ({ ...state, at: 'ready', result: null, clock: clocks.start([state.turns[state.i].breath], now) });
  /** @type {(state: OpenExercise | LeavingExercise) => ExerciseState} */
  const done = ({ result, ...state }) => (state.results.length ? { ...state, at: 'done', result: null } : idle);
  /** @type {(state: OpenExercise, now: Reading) => ExerciseState} */
  const run = (state, now) => ({ ...state, at: 'running', audio: state.turns[state.i].kind === 'follow-up' ? state.audio : null, clock: clocks.start(planOf(state.turns[state.i]), now), startedAt: new Date(now.wall).toISOString() });

  /** @type {(state: OpenExercise, now: Reading, id: string) => ExerciseState} */
  const finish = (state, now, id) => {
    const turn = state.turns[state.i];
    const { clock } = state;
    const ms = clocks.show(clock, now).spent;
    const isMarked = clock.ends.length > 0 || clock.waits;
    /** @type {TurnResult} */
    const result = { id, turn: state.i, startedAt: state.startedAt, ms, parts: clocks.parts(clock, now), over: Math.max(0, ms - totalOf(clock.plan)), isMarked, ...(state.audio && turn.kind === 'answer' ? { audio: state.audio } : {}) };
    if (!turn.scale) return onward({ ...state, results: [...state.results, result] }, now);
    return { ...state, at: 'rating', result };
  };

  /** What was stuck comes again once, after the other follow-ups of its question. */
  const again = (/** @type {OpenExercise} */ state) => {
    const turn = state.turns[state.i];
    const after = state.turns.findIndex((one, nth) => nth > state.i && !(one.kind === 'follow-up' && one.question === turn.question));
    const at = after < 0 ? state.turns.length : after;
    return state.turns.toSpliced(at, 0, { ...turn, isAgain: true });
  };
  /** @type {(state: OpenExercise, event: Extract<ExerciseEvent, { type: 'rate' }>) => ExerciseState} */
  const rate = (state, { rating, now, rubric, story }) => {
    if (!state.result) return state;
    const turn = state.turns[state.i];
    const result = { ...state.result, rating, ...(rubric && Object.keys(rubric).length ? { rubric } : {}), ...(story ? { story } : {}) };
    const isAgain = state.tool === 'follow-up-gauntlet' && turn.scale === 'held' && rating === STUCK && !turn.isAgain;
    return onward({ ...state, results: [...state.results, result], turns: isAgain ? again(state) : state.turns }, now);
  };

  /** @type {(state: OpenExercise, event: ExerciseEvent) => ExerciseState} */
  const whileReady = (state, event) => {
    if (event.type === 'turn' || event.type === 'finish') return run(state, event.now);
    if (event.type === 'hold') return { ...state, clock: state.clock.since ? clocks.pause(state.clock, event.now) : clocks.resume(state.clock, event.now) };
    if (event.type !== 'read') return state;
    const clock = clocks.read(state.clock, event.now);
    const over = -clocks.show(clock, event.now).left;
    if (over < 0) return { ...state, clock };
    const begun = run(state, event.now);
    // After sleep, the answer is not half over before it has begun.
    return begun.at === 'running' && over < 2000 ? { ...begun, clock: { ...begun.clock, spent: over } } : begun;
  };
  /** @type {(state: OpenExercise, event: ExerciseEvent) => ExerciseState} */
  const whileRunning = (state, event) => {
    const { clock } = state;
    switch (event.type) {
      case 'read':
        return { ...state, clock: clocks.read(clock, event.now) };
      case 'turn':
      case 'hold':
        return { ...state, clock: clock.since ? clocks.pause(clock, event.now) : clocks.resume(clock, event.now) };
      case 'next':
        return { ...state, clock: clocks.next(clock, event.now) };
      case 'back':
        return { ...state, clock: clocks.back(clock, event.now) };
      case 'more':
        return { ...state, clock: { ...clocks.read(clock, event.now), plan: clock.plan.map((ms, nth) => (nth === clock.plan.length - 1 ? ms + MORE : ms)) } };
      case 'voice':
        return { ...state, audio: event.audio };
      case 'finish':
        return finish(state, event.now, event.id);
      default:
        return state;
    }
  };

  /** @type {Exercises['step']} */
  const step = (state, event) => {
    if (event.type === 'quit') return idle;
    if (event.type === 'start') {
      const { tool, seed, options, turns: list, now } = event;
      const at = new Date(now.wall).toISOString();
      const state = { tool, seed, options, turns: list, i: 0, results: [], result: null, audio: null, begun: at, startedAt: at };
      return list.length ? ready({ ...state, at: 'ready', clock: clocks.start([1], now) }, now) : idle;
    }
    if (state.at === 'idle') return idle;
    if (event.type === 'correct') return { ...state, results: state.results.map((one) => (one.id === event.id ? { ...one, rating: event.rating } : one)) };
    if (state.at === 'done') return state;
    if (state.at === 'leaving') {
      if (event.type === 'end') return done(state);
      if (event.type !== 'stay') return state;
      const { was, goesOn, ...rest } = state;
      return { ...rest, at: was, clock: goesOn ? clocks.resume(state.clock, event.now) : state.clock };
    }
    if (event.type === 'leave') return { ...state, at: 'leaving', was: state.at, goesOn: state.clock.since !== null && state.at !== 'rating', clock: state.at === 'rating' ? state.clock : clocks.pause(state.clock, event.now) };
    if (state.at === 'ready') return whileReady(state, event);
    if (state.at === 'running') return whileRunning(state, event);
    return event.type === 'rate' ? rate(state, event) : state;
  };

  /** @type {Exercises['interruption']} */
  const interruption = (turn, spent) => turn.interruptions?.find(({ at }) => spent >= at && spent < at + INTERRUPTION)?.text ?? '';

  /** @type {Exercises['toStore']} */
  const toStore = (state) => (state.at === 'idle' || state.at === 'done' ? null : { startedAt: state.begun, seed: state.seed, state, tool: `exercise ${state.tool}`, audio: state.audio });

  prepbook.exercises = { idle, turns, lengthOf, step, ready, interruption, toStore, untimed: UNTIMED };
})();
