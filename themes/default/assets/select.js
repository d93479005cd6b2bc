// Which questions come, by chance that can be repeated: the same seed, data and edition give the same ones. It needs no
// page; time is given to it.
// @ts-check
(() => {
  'use strict';
  const DAY = 86_400_000;
  /** Crockford's digits: none looks like another. */
  const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const LENGTH = 6;
  /** By a question's rating; what was not rated stands between rambled and solid. */
  const WEIGHTS = [4, 3, 1.2, 0.6];
  const UNRATED = 2.5;
  const weaknessOf = ({ rating = -1 }) => WEIGHTS[rating] ?? UNRATED;
  /** How many draws there are, at most, until a question that is asked of nobody else comes. */
  const DRAWS = 40;
  /** Questions of so many sessions ago don't come again while there are others. */
  const SESSIONS = 2;

  /** @type {Draws['seedOf']} */
  const seedOf = (numbers) => Array.from({ length: LENGTH }, (_, nth) => DIGITS[(numbers[nth] ?? 0) % DIGITS.length]).join('');
  /** @type {Draws['readSeed']} */
  const readSeed = (text) => {
    const seed = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
    return seed.length === LENGTH && [...seed].every((digit) => DIGITS.includes(digit)) ? seed : null;
  };

  /** Scatters a text over 32 bits. */
  const scatter = (/** @type {string} */ text) => {
    let hash = 0x811c9dc5;
    for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    return hash >>> 0;
  };
  /** @type {Draws['chance']} sfc32 */
  const chance = (seed) => {
    let a = scatter(seed);
    let b = scatter(`${seed}b`);
    let c = scatter(`${seed}c`);
    let d = 1;
    const next = () => {
      const t = (a + b + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (c << 21) | (c >>> 11);
      c = (c + t) | 0;
      return (t >>> 0) / 4_294_967_296;
    };
    for (let nth = 0; nth < 12; nth++) next();
    return next;
  };

  /** @type {Draws['shuffled']} */
  const shuffled = (list, random) => {
    const out = [...list];
    for (let end = out.length - 1; end > 0; end--) {
      const other = Math.floor(random() * (end + 1));
      [out[end], out[other]] = [out[other], out[end]];
    }
    return out;
  };

  /** @type {Draws['weightOf']} */
  const weightOf = (question, state, targets, now) => {
    const days = state.last ? Math.max(0, (now - Date.parse(state.last)) / DAY) : Infinity;
    return weaknessOf(state) * Math.min(3, 1 + days / 7) * (question.companies.some((id) => targets.includes(id)) ? 1.5 : 1) * (state.star ? 1.3 : 1);
  };

  /** @type {Draws['recent']} */
  const recent = (attempts, tool) => {
    /** @type {Map<string, Set<string>>} */
    const sessions = new Map();
    for (const { question, seed, tool: its } of attempts) if (question && seed && its === tool) sessions.set(seed, (sessions.get(seed) ?? new Set()).add(question));
    return new Set([...sessions.values()].slice(-SESSIONS).flatMap((ids) => [...ids]));
  };

  /** So that no two neighbours share a theme, as near to the given order as that allows. */
  const apart = (/** @type {QuestionData[]} */ list) => {
    const left = [...list];
    /** @type {QuestionData[]} */
    const out = [];
    const count = (/** @type {string} */ theme) => left.filter((one) => one.theme === theme).length;
    while (left.length) {
      const before = out.at(-1)?.theme;
      // A theme that has half of what is left has to come now.
      const urgent = left.find(({ theme }) => theme !== before && count(theme) * 2 > left.length);
      const next = urgent ?? left.find(({ theme }) => theme !== before) ?? left[0];
      left.splice(left.indexOf(next), 1);
      out.push(next);
    }
    return out;
  };

  /** The weakest first, and a strong one for the end: one leaves on a good answer. */
  const ordered = (/** @type {QuestionData[]} */ list, /** @type {(question: QuestionData) => number} */ weakness) => {
    const sorted = [...list].sort((one, other) => weakness(other) - weakness(one));
    const last = sorted.at(-1);
    if (!last || sorted.length < 3 || weakness(sorted[0]) === weakness(last)) return apart(sorted);
    // Read from the end, the strong one comes first and stays there.
    return apart([last, ...sorted.slice(0, -1).reverse()]).reverse();
  };

  /** @type {Draws['draw']} */
  const draw = ({ questions, count, seed, now, states = {}, attempts = [], tool = '', targets = [], weight = () => 1, themes }) => {
    const random = chance(seed);
    const stateOf = (/** @type {QuestionData} */ { id }) => states[id] ?? {};
    const drawn = questions.map((question) => {
      const its = weightOf(question, stateOf(question), targets, now) * weight(question);
      return { question, key: -Math.log(1 - random()) / Math.max(its, 1e-9) };
    });
    drawn.sort((one, other) => one.key - other.key);
    const wanted = Math.min(count, questions.length);
    const cap = Math.ceil(wanted / Math.max(themes ?? new Set(questions.map(({ theme }) => theme)).size, 1)) + 1;
    const seen = recent(attempts, tool);
    /** @type {QuestionData[]} */
    const chosen = [];
    const take = (/** @type {QuestionData[]} */ from, /** @type {number} */ most, isCapped = true) => {
      for (const question of from) {
        if (chosen.length >= most) return;
        if (chosen.includes(question) || (isCapped && chosen.filter(({ theme }) => theme === question.theme).length >= cap)) continue;
        chosen.push(question);
      }
    };
    const all = drawn.map(({ question }) => question);
    const isFresh = (/** @type {QuestionData} */ { id }) => !seen.has(id);
    // Who waits longest comes along, so that chance alone keeps nobody waiting for ever.
    if (attempts.length) {
      const since = (/** @type {QuestionData} */ question) => Date.parse(stateOf(question).last ?? '') || 0;
      const waiting = [...all].sort((one, other) => since(one) - since(other));
      take(waiting.filter(isFresh), Math.min(wanted, Math.ceil(questions.length / DRAWS)));
    }
    take(all.filter(isFresh), wanted);
    // The pool is short: first those of the last sessions, then more of a theme.
    take(all, wanted);
    take(all, wanted, false);
    return ordered(chosen, (question) => weaknessOf(stateOf(question)));
  };

  prepbook.draws = { seedOf, readSeed, chance, shuffled, weightOf, recent, draw };
})();
