// When a question comes again, and how days are counted. Without a page, storage or a clock. Days are local, `2026-11-19`,
// and are counted as a calendar counts them: no clock is set back on the way.
// @ts-check
(() => {
  'use strict';
  const DAY = 86_400_000;
  /** Days until a question comes again, by its box. */
  const BOXES = [1, 3, 7, 14];

  // ---------- days ----------

  const numberOf = (/** @type {string} */ day) => Date.parse(`${day}T00:00:00Z`) / DAY;
  const dayAt = (/** @type {number} */ number) => new Date(number * DAY).toISOString().slice(0, 10);
  /** @type {Due['addDays']} */
  const addDays = (day, days) => dayAt(numberOf(day) + days);
  /** @type {Due['daysBetween']} */
  const daysBetween = (from, to) => numberOf(to) - numberOf(from);
  /** @type {Due['dayOf']} */
  const dayOf = (date) => [String(date.getFullYear()).padStart(4, '0'), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
  /** @type {Due['dayOfInstant']} */
  const dayOfInstant = (instant) => (instant ? dayOf(new Date(instant)) : '');

  // ---------- again ----------

  /** @type {Due['deadline']} */
  const deadline = (plan) => (plan?.open ? undefined : plan?.interview);
  /** Never after the interview: what would be, is looked at once more before the night that has room for nothing. */
  const inTime = (/** @type {string} */ due, /** @type {string} */ last, /** @type {string | undefined} */ interview) => {
    if (!interview || last >= interview) return due;
    const latest = addDays(interview, -2);
    return due <= latest ? due : latest > last ? latest : addDays(interview, -1);
  };
  /** @type {Due['dueOf']} */
  const dueOf = (state, streak = 1, interview) => {
    if (!state.last) return null;
    const last = dayOfInstant(state.last);
    const box = state.box ?? ((state.rating ?? 0) >= 2 ? Math.max(streak, 1) : 0);
    return inTime(state.due ?? addDays(last, BOXES[Math.min(box, BOXES.length - 1)]), last, interview);
  };
  /** @type {Due['streaksOf']} */
  const streaksOf = (attempts) => {
    /** @type {Map<string, number>} */
    const streaks = new Map();
    for (const { question, rating } of attempts) if (question && rating !== undefined) streaks.set(question, rating >= 2 ? (streaks.get(question) ?? 0) + 1 : 0);
    return streaks;
  };

  prepbook.due = { addDays, daysBetween, dayOf, dayOfInstant, deadline, streaksOf, dueOf };
})();
