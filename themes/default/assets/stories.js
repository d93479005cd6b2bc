// What the reader's stories cover, what is missing, and which to tell in which round: pure functions of what is kept.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  /** A fit from which a story is told with ease. */
  const GOOD = 2;
  /** A day of interviews asks for at least so many. */
  const ENOUGH = 5;
  /** A story that is the one best for so many topics is heard too often. */
  const OFTEN = 4;
  /** Of the questions that have a story, the share that one may answer. */
  const SHARE = 0.3;
  const MONTHS = 24;

  /** @type {Stories['fit']} */
  const fit = (story, topic) => story.fit?.[topic] ?? (story.principles?.includes(topic) ? GOOD : 0);

  /** @type {Stories['parts']} */
  const parts = (story, framework) => {
    const beats = story.beats ?? {};
    // Beats may stand under the first letters of parts; the first part with a letter has it.
    const letters = framework.parts.map(({ id }) => id[0]);
    const known = framework.parts.map((part, nth) => {
      const letter = letters.indexOf(part.id[0]) === nth ? beats[part.id[0]] : undefined;
      return { ...part, text: beats[part.id] ?? letter ?? '' };
    });
    const ours = new Set([...letters, ...framework.parts.map(({ id }) => id)]);
    const others = Object.keys(beats).filter((id) => !ours.has(id) && beats[id].trim());
    return [...known, ...others.map((id) => ({ id, title: id[0].toUpperCase() + id.slice(1).replaceAll('-', ' '), seconds: null, ask: word('stories.other-shape'), text: beats[id] }))];
  };

  // Ids begin with when a story was begun.
  /** @type {Stories['order']} */
  const order = (stories) => Object.keys(stories).sort();

  /**
   * The places of columns, one a row and none twice, with the greatest sum of weights; -1 where nothing is worth more than
   * nothing. The Hungarian method; each row has an empty column of its own beside the given ones.
   * @type {(weights: number[][]) => number[]}
   */
  const match = (weights) => {
    const rows = weights.length;
    const given = weights[0]?.length ?? 0;
    const columns = given + rows;
    const cost = (/** @type {number} */ row, /** @type {number} */ column) => (column < given ? -weights[row][column] : 0);
    // Rows and columns are counted from 1; column 0 holds the row that is placed.
    const ofRow = Array(rows + 1).fill(0);
    const ofColumn = Array(columns + 1).fill(0);
    const holds = Array(columns + 1).fill(0);
    for (let row = 1; row <= rows; row++) {
      const least = Array(columns + 1).fill(Infinity);
      const isUsed = Array(columns + 1).fill(false);
      const before = Array(columns + 1).fill(0);
      holds[0] = row;
      let at = 0;
      do {
        isUsed[at] = true;
        let step = Infinity;
        let next = 0;
        for (let column = 1; column <= columns; column++) {
          if (isUsed[column]) continue;
          const reduced = cost(holds[at] - 1, column - 1) - ofRow[holds[at]] - ofColumn[column];
          if (reduced < least[column]) {
            least[column] = reduced;
            before[column] = at;
          }
          if (least[column] < step) {
            step = least[column];
            next = column;
          }
        }
        for (let column = 0; column <= columns; column++) {
          if (isUsed[column]) {
            ofRow[holds[column]] += step;
            ofColumn[column] -= step;
          } else least[column] -= step;
        }
        at = next;
      } while (holds[at] !== 0);
      for (; at !== 0; at = before[at]) holds[at] = holds[before[at]];
    }
    const found = Array(rows).fill(-1);
    for (let column = 1; column <= given; column++) if (holds[column] && weights[holds[column] - 1][column - 1] > 0) found[holds[column] - 1] = column - 1;
    return found;
  };
  /** Fits as weights: the sum of fits counts, and of equal sums the one that leaves fewer without. @type {(fits: number[][]) => number[][]} */
  const weigh = (fits) => fits.map((row) => row.map((one) => (one > 0 ? one * (fits.length + 1) + 1 : 0)));

  /** @type {Stories['assign']} */
  const assign = (rounds) => {
    const found = match(weigh(rounds.flat()));
    let nth = 0;
    return rounds.map((round) => round.map(() => found[nth++]));
  };

  /** @type {Stories['map']} */
  const map = (stories, topics) => {
    const ids = order(stories);
    const fits = topics.map(({ id }) => ids.map((story) => fit(stories[story], id)));
    const good = fits.map((row) => row.flatMap((one, nth) => (one >= GOOD ? [nth] : [])));
    const best = fits.map((row) => Math.max(0, ...row));
    // A story may be told for two topics.
    const twice = weigh(fits.map((row) => [...row, ...row].map((one) => (one >= GOOD ? one : 0))));
    const choices = match(twice).map((place) => (place < 0 ? -1 : place % ids.length));
    const rows = topics.map((topic, nth) => {
      const { length } = good[nth];
      return { ...topic, best: best[nth], good: good[nth], cover: /** @type {MapRow['cover']} */ (length === 0 ? 'gap' : length === 1 ? 'single' : 'several'), choice: choices[nth] };
    });
    const columns = ids.map((id, nth) => {
      const first = fits.filter((row, topic) => row[nth] >= GOOD && row[nth] === best[topic] && row.filter((one) => one === best[topic]).length === 1).length;
      return { id, title: stories[id].title, fits: fits.map((row) => row[nth]), first, isOverused: first >= OFTEN };
    });
    return { stories: columns, rows };
  };

  /** Whole months between two times that begin with a year and a month; undefined where one doesn't. @type {(from: string, to: string) => number | undefined} */
  const months = (from, to) => {
    const [one, other] = [from, to].map((time) => /^(\d{4})-(\d\d)/.exec(time));
    return one && other ? (Number(other[1]) - Number(one[1])) * 12 + Number(other[2]) - Number(one[2]) : undefined;
  };

  /** @type {Stories['findings']} */
  const findings = (found, stories, questions, today) => {
    const { stories: columns, rows } = found;
    if (!columns.length) return [];
    const named = (/** @type {string} */ title) => title || word('stories.untitled');
    /** @type {BankFinding[]} */
    const out = [];
    const add = (/** @type {BankFinding['kind']} */ kind, /** @type {string} */ say, /** @type {string} */ action, /** @type {Pick<BankFinding, 'story' | 'topic'>} */ where = {}) => out.push({ kind, say, action, ...where });

    if (columns.length < ENOUGH) add('thin', word('finding.thin', { n: columns.length }), word('finding.write-another'));
    for (const { id, title, cover, best } of rows) if (cover === 'gap') add('gap', best ? word('finding.only-stretch', { topic: title }) : word('finding.gap', { topic: title }), word('finding.write-one'), { topic: id });
    const told = Object.values(questions).map(({ stories: ids }) => ids ?? []).filter((ids) => ids.length);
    for (const { id, title, first, isOverused } of columns) {
      const uses = told.filter((ids) => ids.includes(id)).length;
      if (isOverused) add('overuse', word('finding.overuse', { story: named(title), n: first }), word('finding.lower'), { story: id });
      else if (uses >= OFTEN && uses > told.length * SHARE) add('overuse', word('finding.answers-many', { story: named(title), uses, n: told.length }), word('finding.look'), { story: id });
    }
    for (const { id, title, cover, good } of rows) if (cover === 'single') add('single', word('finding.single', { story: named(columns[good[0]].title), topic: title }), word('finding.write-second'), { topic: id });
    for (const { id, title, first } of columns) {
      const age = months(stories[id].when ?? '', today);
      if (first && age !== undefined && age > MONTHS) add('old', word('finding.old', { story: named(title), when: stories[id].when ?? '' }), word('finding.look'), { story: id });
      if (!stories[id].numbers?.some((one) => one.trim())) add('no-numbers', word('finding.no-figures', { story: named(title) }), word('finding.add'), { story: id });
    }
    // One of each kind comes before the second of any.
    const nth = out.map((one, place) => out.slice(0, place).filter(({ kind }) => kind === one.kind).length);
    return out.map((one, place) => ({ one, nth: nth[place] })).sort((a, b) => a.nth - b.nth).map(({ one }) => one);
  };

  prepbook.stories = { fit, parts, order, map, findings, assign };
})();
