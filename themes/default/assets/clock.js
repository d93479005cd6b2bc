// The clock of a try: how much time each part has taken. It counts nothing: all is worked out from readings of the time,
// so that throttled tabs, sleep and a reload change nothing. It needs no page, and its state can be stored.
// @ts-check
(() => {
  'use strict';
  /** By how much the two times of a reading may differ before one of them is not believed, in milliseconds. */
  const JUMP = 2000;

  /**
   * What has passed between two readings. The steady time is right while the page is watched: the other one jumps when the
   * machine's clock is set. But the steady one can stand still in sleep, and starts anew with each page.
   * @param {Reading} from
   * @param {Reading} to
   */
  const passed = (from, to) => {
    const byClock = Math.max(0, to.wall - from.wall);
    if (from.origin !== to.origin) return byClock;
    const steady = Math.max(0, to.steady - from.steady);
    return to.wasHidden && byClock > steady + JUMP ? byClock : steady;
  };

  /** What has been spent until a reading, pauses left out. */
  const spentAt = (/** @type {RunClock} */ clock, /** @type {Reading} */ now) => clock.spent + (clock.since ? passed(clock.since, now) : 0);

  /** @type {Clocks['start']} */
  const start = (plan, now) => ({ plan, spent: 0, since: now, ends: [], waits: false });

  /** @type {Clocks['read']} */
  const read = (clock, now) => (clock.since ? { ...clock, spent: spentAt(clock, now), since: now } : clock);

  /** @type {Clocks['pause']} */
  const pause = (clock, now) => (clock.since ? { ...clock, spent: spentAt(clock, now), since: null } : clock);

  /** @type {Clocks['resume']} */
  const resume = (clock, now) => (clock.since ? clock : { ...clock, since: now });

  /** The ends of all parts that are over: those that the reader ended, and those that ended by plan since. */
  const endsOf = (/** @type {RunClock} */ clock) => {
    const ends = [...clock.ends];
    const last = clock.plan.length - 1;
    const end = () => (ends.at(-1) ?? 0) + clock.plan[ends.length];
    if (!clock.waits) while (ends.length < last && clock.spent >= end()) ends.push(end());
    return ends;
  };

  /** @type {Clocks['next']} */
  const next = (clock, now) => {
    const at = read(clock, now);
    const ends = endsOf(at);
    return ends.length === at.plan.length - 1 ? { ...at, ends } : { ...at, ends: [...ends, at.spent], waits: false };
  };

  /** @type {Clocks['back']} */
  const back = (clock, now) => {
    const at = read(clock, now);
    return { ...at, ends: endsOf(at).slice(0, -1), waits: true };
  };

  /** @type {Clocks['show']} */
  const show = (clock, now) => {
    const at = read(clock, now);
    const { plan, spent } = at;
    const ends = endsOf(at);
    const nth = ends.length;
    const total = totalOf(plan);
    const begin = ends.at(-1) ?? 0;
    const byPlan = begin + plan[nth];
    // The last part may use what the others have saved.
    const end = nth === plan.length - 1 ? Math.max(byPlan, total) : byPlan;
    return { spent, left: total - spent, nth, leftInPart: end - spent, share: Math.min(1, (spent - begin) / Math.max(1, end - begin)), isPaused: !at.since };
  };

  /** @type {Clocks['parts']} */
  const parts = (clock, now) => {
    const at = read(clock, now);
    const bounds = [0, ...endsOf(at), at.spent];
    return at.plan.map((_, nth) => (nth + 1 < bounds.length ? bounds[nth + 1] - bounds[nth] : 0));
  };

  const isTime = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
  /** @type {(value: any) => boolean} */
  const isReading = (value) => value === null || [value?.wall, value?.steady, value?.origin].every(isTime);
  const isRising = (/** @type {number[]} */ ends) => ends.every((end, nth) => isTime(end) && end >= (ends[nth - 1] ?? 0));

  /** @param {unknown} value @returns {value is RunClock} */
  const isClock = (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const { plan, spent, since, ends, waits } = /** @type {any} */ (value);
    if (!Array.isArray(plan) || !plan.length || !plan.every((part) => isTime(part) && part > 0)) return false;
    if (!Array.isArray(ends) || ends.length >= plan.length || !isRising([...ends, spent])) return false;
    return isReading(since) && typeof waits === 'boolean';
  };

  // ---------- in words ----------

  /** @type {Clocks['time']} */
  const time = (ms) => {
    const seconds = Math.round(Math.abs(ms) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  /** @type {Clocks['rest']} */
  const rest = (ms) => (ms > 0 ? time(Math.ceil(ms / 1000) * 1000) : time(Math.floor(-ms / 1000) * 1000));
  /** @type {Clocks['totalOf']} */
  const totalOf = (plan) => plan.reduce((sum, part) => sum + part, 0);

  prepbook.clocks = { time, rest, totalOf, start, read, pause, resume, next, back, show, parts, isClock };
})();
