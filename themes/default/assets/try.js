// A try of a question, from its start to the reader's own rating, as states and what changes them. It needs no page: the
// time and all ids are given to it.
// @ts-check
(() => {
  'use strict';
  const { clocks } = prepbook;
  /** A try that was left this long ago is not gone on with, in milliseconds over its plan. */
  const STALE = 3_600_000;

  /** @type {Try} */
  const idle = { at: 'idle' };
  const totalOf = (/** @type {number[]} */ plan) => plan.reduce((sum, part) => sum + part, 0);

  /** @type {(state: RunningTry, now: Reading, id: string) => DoneTry} */
  const finish = ({ question, answer, startedAt, clock, audio }, now, id) => {
    const ms = clocks.show(clock, now).spent;
    const attempt = { id, tool: 'try', question, startedAt, ms, parts: clocks.parts(clock, now), over: Math.max(0, ms - totalOf(clock.plan)), audio };
    return { at: 'done', question, answer, plan: clock.plan, isMarked: clock.ends.length > 0 || clock.waits, attempt };
  };

  /** @type {(state: RunningTry, event: TryEvent) => Try} */
  const whileRunning = (state, event) => {
    const { clock } = state;
    switch (event.type) {
      case 'read':
        return { ...state, clock: clocks.read(clock, event.now) };
      case 'turn':
        return { ...state, clock: clock.since ? clocks.pause(clock, event.now) : clocks.resume(clock, event.now) };
      case 'next':
        return { ...state, clock: clocks.next(clock, event.now) };
      case 'back':
        return { ...state, clock: clocks.back(clock, event.now) };
      case 'leave':
        return { ...state, at: 'leaving', goesOn: clock.since !== null, clock: clocks.pause(clock, event.now) };
      case 'finish':
        return finish(state, event.now, event.id);
      default:
        return state;
    }
  };

  /** @type {(state: LeavingTry, event: TryEvent) => Try} */
  const whileLeaving = ({ goesOn, ...state }, event) => {
    if (event.type !== 'stay') return { ...state, goesOn };
    return { ...state, at: 'running', clock: goesOn ? clocks.resume(state.clock, event.now) : state.clock };
  };

  /** @type {Tries['step']} */
  const step = (state, event) => {
    if (event.type === 'quit') return idle;
    if (event.type === 'start') {
      const { question, answer, plan, now, audio } = event;
      return { at: 'running', question, answer, startedAt: new Date(now.wall).toISOString(), clock: clocks.start(plan, now), audio };
    }
    if (state.at === 'running') return whileRunning(state, event);
    if (state.at === 'leaving') return whileLeaving(state, event);
    if (state.at === 'done' && event.type === 'rate') return { ...state, attempt: { ...state.attempt, rating: event.rating } };
    return state;
  };

  /** @type {Tries['toStore']} */
  const toStore = (state) => {
    if (state.at !== 'running' && state.at !== 'leaving') return null;
    const { question, answer, startedAt, clock, audio } = state;
    return { tool: 'try', question, answer, startedAt, clock, audio };
  };

  /** @type {Tries['fromStore']} */
  const fromStore = (value, question, now) => {
    const run = /** @type {any} */ (value);
    if (run?.tool !== 'try' || run.question !== question || typeof run.answer !== 'string' || typeof run.startedAt !== 'string') return idle;
    if (!clocks.isClock(run.clock)) return idle;
    const clock = clocks.read(run.clock, now);
    const audio = typeof run.audio === 'string' ? run.audio : null;
    return clocks.show(clock, now).left < -STALE ? idle : { at: 'running', question, answer: run.answer, startedAt: run.startedAt, clock, audio };
  };

  prepbook.tries = { idle, step, toStore, fromStore };
})();
