// What is kept of an exercise: the way back to one that was left, and what its answers say of questions and stories. Without
// a page. Loaded once there is something.
// @ts-check
(() => {
  'use strict';
  const { clocks, exercises } = prepbook;
  const { ready, untimed } = exercises;
  /** An answer that was left this long ago is begun anew. */
  const STALE = 3_600_000;

  // ---------- what was kept while it went on ----------

  const isText = (/** @type {unknown} */ value) => typeof value === 'string';
  const isLength = (/** @type {unknown} */ value) => typeof value === 'number' && value >= 0 && value <= 4 * untimed;
  const isList = (/** @type {unknown} */ value, /** @type {(one: any) => boolean} */ test) => Array.isArray(value) && value.every(test);
  const isTurn = (/** @type {any} */ turn) =>
    ['kind', 'text', 'note'].every((key) => isText(turn?.[key])) && isLength(turn.breath) && turn.breath > 0 && [null, 'rating', 'held', 'fit'].includes(turn.scale) &&
    isList(turn.parts, (part) => isText(part?.title) && isLength(part.ms) && part.ms > 0) && turn.parts.length > 0 && ['id', 'question', 'theme'].every((key) => turn[key] === undefined || isText(turn[key])) &&
    (turn.list === undefined || isList(turn.list, isText)) && (turn.interruptions === undefined || isList(turn.interruptions, (one) => isText(one?.text) && isLength(one.at)));
  const isResult = (/** @type {any} */ one, /** @type {number} */ turns) =>
    isText(one?.id) && isText(one.startedAt) && Number.isInteger(one.turn) && one.turn >= 0 && one.turn < turns && isLength(one.ms) && isLength(one.over) && isList(one.parts, isLength) && (one.rating === undefined || [0, 1, 2, 3].includes(one.rating)) && (one.audio === undefined || isText(one.audio));
  const isOpen = (/** @type {any} */ state, /** @type {string} */ tool) =>
    state?.tool === tool && isText(state.seed) && isText(state.begun) && isText(state.startedAt) && ['ready', 'running', 'rating', 'leaving'].includes(state.at) && isList(state.turns, isTurn) &&
    Number.isInteger(state.i) && state.i >= 0 && state.i < state.turns.length && isList(state.results, (one) => isResult(one, state.turns.length)) && clocks.isClock(state.clock) &&
    (state.result === null || isResult(state.result, state.turns.length)) && typeof state.options === 'object' && state.options !== null && (state.audio === undefined || state.audio === null || isText(state.audio)) &&
    (state.at !== 'leaving' || ['ready', 'running', 'rating'].includes(state.was));

  /** @type {KeptExercises['fromStore']} */
  const fromStore = (value, tool, now) => {
    const kept = /** @type {any} */ (value)?.state;
    if (/** @type {any} */ (value)?.tool !== `exercise ${tool}` || !isOpen(kept, tool)) return exercises.idle;
    /** @type {OpenExercise} */
    const state = { ...kept, audio: kept.audio ?? null, ...(kept.at === 'leaving' ? { at: kept.was } : {}) };
    if (state.at === 'rating') return state.result ? state : ready(state, now);
    const clock = clocks.read(state.clock, now);
    if (state.at === 'running' && clock.plan.length === state.turns[state.i].parts.length && clocks.show(clock, now).left > -STALE) return { ...state, clock };
    const anew = ready(state, now);
    // Nobody is hurried who comes back.
    return anew.at === 'ready' ? { ...anew, clock: clocks.pause(anew.clock, now) } : anew;
  };

  // ---------- what is kept of what was done ----------

  /** @type {KeptExercises['attempts']} */
  const attempts = ({ tool, seed, turns: list, results }) => {
    /** @type {Attempt[]} */
    const out = [];
    for (const { id, turn, startedAt, ms, parts, over, rating, rubric, story, audio } of results) {
      const { kind, question, id: probe } = list[turn];
      if (kind === 'answer' || kind === 'opening' || kind === 'cover') {
        out.push({ id, tool, seed, ...(question && kind !== 'cover' ? { question } : {}), ...(story ? { story } : {}), startedAt, ms, parts, over, ...(rating === undefined ? {} : { rating }), ...(rubric ? { rubric } : {}), ...(audio ? { audio } : {}) });
      } else if (kind === 'follow-up' && probe) {
        const its = out.findLast((one) => one.question === question);
        const followUps = its?.followUps ?? [];
        if (its) its.followUps = [...followUps.filter((one) => one.id !== probe), { id: probe, ...(rating === undefined ? {} : { rating }) }];
      }
    }
    return out;
  };

  /** @type {KeptExercises['put']} */
  const put = (doc, its) => {
    for (const attempt of attempts(its)) {
      const old = doc.attempts.find(({ id }) => id === attempt.id);
      // What has become of its recording since, voice.js knows.
      const { audio: _, ...rest } = attempt;
      if (old) Object.assign(old, rest);
      else doc.attempts.push(attempt);
      if (!attempt.question || its.tool === 'story-swap') continue;
      const about = (doc.questions[attempt.question] ??= {});
      if (!old) about.count = (about.count ?? 0) + 1;
      if ((about.last ?? '') > attempt.startedAt) continue;
      about.last = attempt.startedAt;
      if (attempt.rating !== undefined) about.rating = attempt.rating;
    }
    for (const { turn, story, rating } of its.results) {
      const { theme } = its.turns[turn];
      if (story && theme && rating !== undefined && doc.stories[story]) (doc.stories[story].fit ??= {})[theme] = rating;
    }
  };

  prepbook.keptExercises = { fromStore, attempts, put };
})();
