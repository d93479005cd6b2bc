// What is shown after a try: the reader's parts against the plan and the model's, what to keep in one's head, and how it
// was.
// @ts-check
(() => {
  'use strict';
  const { make, word } = prepbook;
  const { time } = prepbook.clocks;
  /** A difference that nobody hears, in milliseconds. */
  const SMALL = 5000;
  const ratings = [
    [word('rating.no-story'), word('rating.no-story-means')],
    [word('rating.rambled'), word('rating.rambled-means')],
    [word('rating.solid'), word('rating.solid-means')],
    [word('rating.ready'), word('rating.ready-means')],
  ];
  const seconds = (/** @type {number} */ ms) => word('told.seconds', { n: Math.round(Math.abs(ms) / 1000) });
  const length = (/** @type {number} */ ms) => (Math.abs(ms) < 59_500 ? seconds(ms) : time(ms));

  const listed = (/** @type {string[]} */ names) => (names.length > 1 ? word('told.and', { first: names.slice(0, -1).join(', '), last: names[names.length - 1] }) : names[0]);

  /** A bar whose parts are as wide as they were long, on the scale of the longest of the bars. */
  const bar = (/** @type {string} */ name, /** @type {Shape} */ shape, /** @type {number[]} */ lengths, /** @type {number} */ longest) => {
    const total = lengths.reduce((sum, one) => sum + one, 0);
    const cells = shape.parts.map(({ title, letter, step }, nth) => {
      const cell = make('li', { class: step }, make('span', { class: 'word' }, title), make('span', { class: 'letter', 'aria-hidden': 'true' }, letter), ' ', make('b', {}, lengths[nth] < 119_500 ? seconds(lengths[nth]) : time(lengths[nth])));
      cell.style.flexGrow = `${lengths[nth]}`;
      cell.hidden = lengths[nth] < 500;
      return cell;
    });
    const list = make('ol', { class: 'run-bar', 'aria-label': `${name}: ${time(total)}` }, ...cells);
    list.style.width = `${(total / longest) * 100}%`;
    return [make('dt', {}, name, make('span', {}, time(total))), make('dd', {}, list)];
  };

  /** @type {(shape: Shape, done: DoneTry) => HTMLElement} */
  const bars = (shape, { attempt, plan }) => {
    const told = shape.parts.map((part) => part.told);
    const rows = /** @type {[string, number[]][]} */ ([[word('run.you'), attempt.parts], [word('run.plan'), plan], [word('run.model'), told]]).filter(([, lengths]) => lengths.some((one) => one > 0));
    const longest = Math.max(...rows.map(([, lengths]) => lengths.reduce((sum, one) => sum + one, 0)));
    return make('dl', { class: 'run-bars' }, ...rows.flatMap(([name, lengths]) => bar(name, shape, lengths, longest)));
  };

  /** What the bars show, in a sentence or two. */
  const findings = (/** @type {Shape} */ shape, /** @type {DoneTry} */ { attempt, plan, isMarked }) => {
    if (shape.parts.length < 2) return '';
    const parts = shape.parts.map(({ title }, nth) => ({ title, isReached: attempt.parts[nth] >= 500, off: attempt.parts[nth] - plan[nth] }));
    const missing = parts.filter(({ isReached }) => !isReached).map(({ title }) => title);
    const sentences = missing.length ? [word('try.missing', { parts: listed(missing) })] : [];
    if (!isMarked) return [...sentences, word('try.unmarked')].join(' ');
    // The last one reached has no end of its own.
    const last = parts.findLastIndex(({ isReached }) => isReached);
    const off = parts.filter(({ isReached, off }, nth) => isReached && Math.abs(off) >= SMALL && !(missing.length && nth === last && off < 0));
    off.sort((one, other) => Math.abs(other.off) - Math.abs(one.off));
    sentences.push(...off.slice(0, 2).map(({ title, off }) => (off > 0 ? word('run.took-more', { part: title, length: length(off) }) : word('run.took-less', { part: title, length: length(off) }))));
    return sentences.join(' ') || word('try.as-planned');
  };

  /** @type {(done: DoneTry) => string} */
  const headline = ({ attempt, plan }) => {
    const total = plan.reduce((sum, one) => sum + one, 0);
    const about = { time: time(attempt.ms), plan: time(total), rest: length(total - attempt.ms) };
    return Math.abs(total - attempt.ms) < 500 ? word('try.on-time', about) : attempt.over ? word('try.over', about) : word('try.to-spare', about);
  };

  const rating = (/** @type {(rating: number) => void} */ rate) => {
    const cards = ratings.map(([name, meaning], nth) => {
      const input = make('input', { type: 'radio', name: 'rating', value: `${nth}` });
      input.addEventListener('change', () => rate(nth));
      return make('label', {}, input, make('span', {}, make('b', {}, name), make('kbd', {}, `${nth + 1}`), make('span', {}, meaning)));
    });
    return make('fieldset', { class: 'run-rating' }, make('legend', {}, word('rating.how-was-it')), ...cards);
  };

  const skeleton = (/** @type {Shape} */ { points }) =>
    make('section', { class: 'run-points' }, make('h3', {}, word('try.keep')), make('ol', {}, ...points.map((point) => make('li', {}, make('span', {}, point.start), ' ', point.text))));

  /** @type {Prepbook['makeTryResult']} */
  prepbook.makeTryResult = (done, shape, rate) => {
    const found = findings(shape, done);
    const own = make('section', {}, make('h3', {}, shape.parts.length > 1 ? word('run.your-parts') : word('try.your-time')), bars(shape, done), ...(found ? [make('p', { class: 'hint' }, found)] : []));
    const main = make('div', { class: 'run-main' }, own, rating(rate));
    return {
      headline: headline(done),
      content: make('div', { class: `run-result${shape.points.length ? ' has-points' : ''}` }, main, ...(shape.points.length ? [skeleton(shape)] : [])),
    };
  };
})();
