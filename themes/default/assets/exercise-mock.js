// A whole interview: what is asked in it, so that it lasts as long as was chosen. It needs no page.
// @ts-check
(() => {
  'use strict';
  const { clocks, draws, word, exercises } = prepbook;
  const { totalOf } = clocks;
  const { lengthOf } = exercises;
  /** By minutes in all: questions to begin with, and how long the candidate's own may take. */
  const shapes = /** @type {Record<string, [number, number]>} */ ({ 30: [4, 180_000], 45: [6, 300_000] });
  /** The fewest and the most follow-ups after an answer, and how long one takes. */
  const FEWEST = 2;
  const MOST = 5;
  const FOLLOW_UP = 56_000;
  /** The time of another question, at least. */
  const QUESTION = 120_000;
  const CLOSE = 60_000;
  /** Before what the candidate asks. */
  const BREATH = 3000;

  /**
   * An opening, questions with as many follow-ups as fill the time, the candidate's own, a close. Whoever asks doesn't know
   * where the reader is weak.
   * @type {Mock['turns']}
   */
  const turns = (reader, { answer, followUps, draw, whole, levels }) => {
    const input = { ...reader, isShared: true };
    const { handbook, data } = input;
    const { company = '', level = '', minutes = '45' } = input.options;
    const [base, forOwn] = shapes[minutes] ?? shapes[45];
    const often = /** @type {Record<string, number>} */ ({ common: 1.5, regular: 1.2 });
    const opener = handbook.questions.find(({ id }) => id === data.opening);
    const weight = (/** @type {QuestionData} */ { high, companies, frequency, difficulty }) => {
      const off = levels[level] && difficulty ? Math.abs(levels[level] - difficulty) : 1;
      return (high.includes(company) ? 3 : companies.includes(company) ? 2 : 1) * (often[frequency ?? ''] ?? 1) * [1.5, 1, 0.4][off];
    };
    /** @type {Turn[]} */
    const opening = opener ? [answer(input, opener, 0, { phase: 'opening' })] : [];
    const list = draws.shuffled(data.companies[company]?.ask ?? [], draws.chance(`${input.seed} own`)).slice(0, 4);
    /** @type {Turn[]} */
    const end = [
      { kind: 'ask', phase: 'own', text: word('exercise.ask-me'), note: list.length ? word('exercise.ask-list') : word('exercise.ask-aloud'), list, parts: whole(word('exercise.your-questions'), forOwn), scale: null, breath: BREATH },
      { kind: 'ask', phase: 'close', text: word('exercise.close'), note: word('exercise.close-note'), parts: whole(word('exercise.two-sentences'), CLOSE), scale: null, breath: BREATH },
    ];
    const room = Number(minutes) * 60_000 - totalOf([...opening, ...end].map(lengthOf));
    /** So many questions, each with its share of the follow-ups for which there is time. */
    const asking = (/** @type {number} */ count) => {
      const random = draws.chance(`${input.seed} follow-ups`);
      const asked = new Set();
      const answers = draw(input, count + 1, { weight }).filter(({ id }) => id !== opener?.id).slice(0, count).map((question) => ({ question, turn: answer(input, question, 0, { phase: 'questions' }) }));
      let left = room - totalOf(answers.map(({ turn }) => lengthOf(turn)));
      return answers.flatMap(({ question, turn }, nth) => {
        const share = left / (answers.length - nth) / FOLLOW_UP;
        const its = followUps(input, question, random, asked, Math.min(MOST, Math.max(FEWEST, Math.round(share)))).map((one) => ({ ...one, phase: turn.phase }));
        left -= totalOf(its.map(lengthOf));
        return [turn, ...its];
      });
    };
    // Where there are few follow-ups, there is time for another question.
    let middle = asking(base);
    for (let count = base + 1; count < 4 * base && room - totalOf(middle.map(lengthOf)) > QUESTION; count++) middle = asking(count);
    return [...opening, ...middle, ...end];
  };

  /** @type {Mock['phases']} */
  const phases = (list) => {
    const names = [...new Set(list.flatMap(({ phase }) => phase ?? []))];
    const minutes = (/** @type {Turn[]} */ turns) => Math.round(totalOf(turns.map(lengthOf)) / 60_000);
    const out = names.map((phase) => list.filter((turn) => turn.phase === phase)).map((turns) => ({ phase: turns[0].phase ?? '', turns, minutes: minutes(turns) }));
    // What rounding makes of the sum goes to the longest.
    const longest = out.toSorted((one, other) => other.minutes - one.minutes)[0];
    if (longest) longest.minutes += minutes(list) - totalOf(out.map((one) => one.minutes));
    return out;
  };

  /** @type {Mock['outline']} */
  const outline = (list, told) => {
    const names = /** @type {Record<string, string>} */ ({ opening: word('set-up.opening'), own: word('set-up.outline-own'), close: word('set-up.close') });
    return phases(list).map(({ phase, turns, minutes }) => word('set-up.part', { what: names[phase] ?? told(turns), n: minutes })).join(', ');
  };
  prepbook.mock = { turns, phases, outline };
})();
