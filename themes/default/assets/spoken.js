// What counts about something that was said and took its time: pace, words that fill, "we" against "I", figures. A pure
// function by the rules of `speech.json`.
// @ts-check
(() => {
  'use strict';
  const { count, wordsFor, fillers, figures } = prepbook.lint;
  /** Less than so many milliseconds or words have no pace. */
  const SHORTEST = 10_000;
  const FEWEST = 10;

  /** @type {Spokens['measure']} */
  const measure = (text, { rules, language, ms }) => {
    const { words, singular, plural } = count(text, rules, language);
    const known = wordsFor(rules, language);
    /** @type {Map<string, number>} */
    const filling = new Map();
    for (const phrase of known ? fillers(text, known) : []) {
      const word = phrase.replace(/\s+/g, ' ').toLowerCase();
      filling.set(word, (filling.get(word) ?? 0) + 1);
    }
    return {
      words,
      pace: ms >= SHORTEST && words >= FEWEST ? Math.round((words * 60_000) / ms) : null,
      fillers: [...filling].map(([word, times]) => ({ word, times })).sort((one, other) => other.times - one.times),
      singular,
      plural,
      names: known ? [known.singular[0], known.plural[0]] : null,
      figures: figures(text),
    };
  };
  /** @type {Spokens['paceIn']} */
  const paceIn = (pace, { pace: { least, most } }) => (pace < least ? 'slow' : pace > most ? 'fast' : 'easy');

  prepbook.spoken = { measure, paceIn };
})();
