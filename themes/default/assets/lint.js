// What a listener would stumble over in a spoken text: a pure function, by the rules of `model/speech.json`, which also check
// model answers when a handbook is built. It says what and where; it gives no marks.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  /** A word, whether spoken or a lone sign. */
  const WORD = /\S+/g;
  const isSpoken = (/** @type {string} */ word) => /[\p{L}\p{N}]/u.test(word);
  /** "I'm" is "I", "(we)" is "we". */
  const bare = (/** @type {string} */ word) => /[\p{L}\p{N}]+/u.exec(word)?.[0] ?? '';

  /** The spoken words with their places. @type {(text: string, from?: number, to?: number) => Spoken[]} */
  const wordsOf = (text, from = 0, to = text.length) =>
    Array.from(text.slice(from, to).matchAll(WORD), ({ 0: word, index }) => ({ word, from: from + index, to: from + index + word.length })).filter(({ word }) => isSpoken(word));
  const hasFigure = (/** @type {Spoken[]} */ words) => words.some(({ word }) => /[0-9]/.test(word));
  /** The words of a language; undefined for one that the rules don't know. */
  const wordsFor = (/** @type {Rules} */ rules, /** @type {string} */ language) => {
    const tag = language.split('-')[0].toLowerCase();
    return Object.hasOwn(rules.languages, tag) ? rules.languages[tag] : undefined;
  };

  /** @type {Lint['count']} */
  const count = (text, rules, language) => {
    const words = wordsOf(text);
    const known = wordsFor(rules, language);
    const said = (/** @type {string[]} */ list) => words.filter(({ word }) => list.includes(bare(word))).length;
    return { words: words.length, singular: known ? said(known.singular) : 0, plural: known ? said(known.plural) : 0, figure: hasFigure(words) };
  };
  /** @type {Lint['seconds']} */
  const seconds = (words, pace) => Math.floor((words * 60 + Math.floor(pace / 2)) / pace);

  /** One pattern for a list of phrases: made once, since it is asked for at every letter. @type {WeakMap<string[], RegExp>} */
  const patterns = new WeakMap();
  const patternOf = (/** @type {string[]} */ phrases) => {
    let pattern = patterns.get(phrases);
    if (!pattern) {
      // The longest first: "wasn't my fault" holds "my fault".
      const inOrder = phrases.toSorted((one, other) => other.length - one.length);
      const escaped = inOrder.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'));
      pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
      patterns.set(phrases, pattern);
    }
    return pattern;
  };
  /** Where phrases stand, as whole words and in any case; how apostrophes are drawn makes no difference. @type {(text: string, phrases: string[]) => [number, number][]} */
  const find = (text, phrases) => Array.from(text.replaceAll('’', "'").matchAll(patternOf(phrases)), ({ 0: { length }, index }) => [index, index + length]);

  /** Words that fill at a sentence's start, unless one of those follows that they belong to, and between commas; where nothing is
   * given they fill only before a comma. @type {WeakMap<SpokenWords, RegExp>} */
  const loosePatterns = new WeakMap();
  const loosePattern = (/** @type {SpokenWords} */ known) => {
    let pattern = loosePatterns.get(known);
    if (!pattern) {
      const start = /(?<=(?:^|[.!?…\n][\p{Pf}\p{Pi}\p{Pe}\x22]*)\s*[\p{Pi}\p{Ps}\x22]?)/u.source;
      const end = /(?![\p{L}\p{N}])/u.source;
      const comma = /(?=\s*[,;–—])/.source;
      const each = Object.entries(known.loose).map(([word, bound]) => `${start}${word}${end}${bound ? (bound.length ? `(?!\\s+(?:${bound.join('|')})${end})` : '') : comma}|(?<=[,;–—]\\s*)${word}${comma}`);
      pattern = new RegExp(each.join('|'), 'giu');
      loosePatterns.set(known, pattern);
    }
    return pattern;
  };
  /** @type {Lint['fillers']} */
  const fillers = (text, known) => [...find(text, known.fillers).map(([from, to]) => text.slice(from, to)), ...Array.from(text.matchAll(loosePattern(known)), ([word]) => word)];

  const FIGURE = /(?<![\p{L}\p{N}])[€$£]?\d(?:[\d.,:]*\d)?(?:\s?%|[kKM](?![\p{L}\p{N}]))?/gu;
  /** @type {Lint['figures']} */
  const figures = (text) => text.match(FIGURE) ?? [];

  /** A title within a sentence: German nouns keep their capitals there. */
  const within = (/** @type {string} */ title, /** @type {string} */ language) => (/^de\b/i.test(language) ? title : title.toLowerCase());

  /** As they stand in the text. */
  const inOrder = (/** @type {Finding[]} */ found) => found.sort((one, other) => one.ranges[0][0] - other.ranges[0][0]);

  /** From a word on. @type {(words: Spoken[], nth: number) => [number, number]} */
  const from = (words, nth) => [words[Math.min(Math.max(nth, 0), words.length - 1)].from, words[words.length - 1].to];

  /** Its length, and each part against its plan. @type {(heard: Heard) => void} */
  const lookAtLength = ({ all, parts, isWhole, rules, took, wordsIn, add }) => {
    const { least, most } = rules.seconds;
    const whole = took(all);
    if (whole > most) add('too-long', word('lint.too-long', { whole, most }), from(all, wordsIn(most)));
    else if (whole < least && isWhole && parts.length) add('too-short', word('lint.too-short', { whole, least }), from(all, 0));
    const [opening] = parts;
    const isOpening = Boolean(opening?.words.length && rules.openings.includes(opening.id));
    // Against an answer of the least length, while there is less: who has begun to write has only a situation.
    const base = Math.max(all.length, wordsIn(least));
    const isOpeningLong = isOpening && opening.words.length * 100 > base * rules.openingPercent;
    if (isOpeningLong) {
      const percent = Math.round((opening.words.length * 100) / base);
      add('opening-too-long', word('lint.opening-too-long', { part: opening.title, percent, most: rules.openingPercent }), from(opening.words, Math.floor((base * rules.openingPercent) / 100)));
    }
    for (const part of parts) {
      if (!part.seconds || !part.words.length || (part === opening && isOpeningLong)) continue;
      const time = took(part.words);
      if (time * 100 > part.seconds * rules.partPercent && time - part.seconds >= 10) add('part-too-long', word('lint.part-too-long', { part: part.title, time, plan: part.seconds }), from(part.words, wordsIn(part.seconds)));
    }
  };

  /** A figure where the result is; without one, anywhere. @type {(heard: Heard) => void} */
  const lookForFigure = ({ all, results, isWhole, rules, took, add }) => {
    const { least } = rules.seconds;
    if (results.length && !results.some(({ words }) => hasFigure(words))) add('no-figure', word('lint.part-no-figure', { part: results[0].title }), from(results[0].words, 0));
    else if (!results.length && !hasFigure(all) && (isWhole ? took(all) >= least / 2 : took(all) >= least)) add('no-figure', word('lint.no-figure'), from(all, 0));
  };

  const often = (/** @type {number} */ number) => (number === 1 ? word('lint.once') : number === 2 ? word('lint.twice') : number ? word('lint.times', { n: number }) : word('lint.never'));
  /** Who did it, and whose fault it was. @type {(heard: Heard, known: SpokenWords) => void} */
  const lookForPeople = ({ text, all, add }, known) => {
    const said = (/** @type {string[]} */ list) => all.filter(({ word }) => list.includes(bare(word)));
    const [i, we] = [said(known.singular), said(known.plural)];
    if (we.length > i.length) {
      add('says-we', word('lint.says-we', { plural: known.plural[0], often: often(we.length), singular: known.singular[0], seldom: often(i.length) }), ...we.map(({ word, from, to }) => /** @type {[number, number]} */ ([from + word.indexOf(bare(word)), Math.min(to, from + word.indexOf(bare(word)) + bare(word).length)])));
    }
    const blamed = find(text, known.blame);
    const phrases = [...new Set(blamed.map((range) => text.slice(...range)))].map((phrase) => word('lint.phrase', { phrase }));
    if (phrases.length) add('blame', word('lint.blame', { n: phrases.length, phrases: phrases.length > 1 ? word('told.and', { first: phrases.slice(0, -1).join(', '), last: phrases[phrases.length - 1] }) : phrases[0] }), ...blamed);
  };

  /** What was learned: a part of its own, or a word that says so after a result. @type {(heard: Heard, known: SpokenWords) => void} */
  const lookForLesson = ({ text, all, parts, results, hasPhases, rules, took, language, add }, known) => {
    const lessons = parts.filter(({ id }) => rules.lessons.includes(id));
    const hasResult = results.length > 0 || (!hasPhases && took(all) >= rules.seconds.least);
    const end = all[all.length - 1];
    if (lessons.length) {
      if (hasResult && !lessons.some(({ words }) => words.length)) add('no-lesson', word('lint.part-no-lesson', { part: within(lessons[0].title, language) }), [end.from, end.to]);
    } else if (hasResult && !find(text, known.lesson).length) {
      add('no-lesson', word('lint.no-lesson'), [end.from, end.to]);
    }
  };

  /** @type {Lint['lint']} */
  const lint = (text, { phases, rules, language, pace }) => {
    /** @type {Finding[]} */
    const found = [];
    const all = wordsOf(text);
    if (!all.length) return found;
    const parts = phases.map((phase) => ({ ...phase, words: wordsOf(text, phase.from, phase.to) }));
    /** @type {Heard} */
    const heard = {
      text, all, parts, rules, language,
      hasPhases: phases.length > 0,
      isWhole: parts.every(({ words }) => words.length > 0),
      results: parts.filter(({ id, words }) => rules.results.includes(id) && words.length),
      took: (words) => seconds(words.length, pace),
      wordsIn: (time) => Math.floor((time * pace) / 60),
      add: (rule, say, ...ranges) => void found.push({ rule, say, ranges, flags: rules.flags[rule] ?? [] }),
    };
    lookAtLength(heard);
    lookForFigure(heard);
    // What the rest looks for are words of a language.
    const known = wordsFor(rules, language);
    if (known) {
      lookForPeople(heard, known);
      lookForLesson(heard, known);
    }
    return inOrder(found);
  };

  prepbook.lint = { lint, count, seconds, wordsFor, find, fillers, figures };
})();
