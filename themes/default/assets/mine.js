// What the reader did with each question, in lists of questions and beside one of them: the last rating, how long ago, and
// what is due.
// @ts-check
(() => {
  'use strict';
  const { make, word, due } = prepbook;
  const ratings = [word('rating.no-story'), word('rating.rambled'), word('rating.solid'), word('rating.ready')];
  const ago = (/** @type {number} */ days) => (days <= 0 ? word('told.today') : days === 1 ? word('told.yesterday') : days < 60 ? word('told.days-ago', { n: days }) : word('told.months-ago', { n: Math.round(days / 30) }));

  /** @type {Prepbook['standing']} */
  prepbook.standing = (doc, today) => {
    const streaks = due.streaksOf(doc.attempts);
    return (id) => {
      const state = doc.questions[id] ?? {};
      const { rating, last } = state;
      const again = due.dueOf(state, streaks.get(id), due.deadline(doc.plan));
      return {
        rating,
        isTried: last !== undefined,
        isWeak: rating !== undefined && rating <= 1,
        isDue: again !== null && again <= today,
        words: [...(rating === undefined ? (last ? [word('mine.tried')] : []) : [ratings[rating] ?? '']), ...(last ? [ago(due.daysBetween(due.dayOf(new Date(last)), today))] : [])],
      };
    };
  };

  const rows = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll(':is(tr, .beside li)[data-id]')));
  const summary = document.querySelector('.beside > .mine');
  const show = (/** @type {Frozen<Doc>} */ doc) => {
    const of = prepbook.standing(doc, due.dayOf(new Date()));
    // The first try of all makes something to show.
    if (Object.keys(doc.questions).length) document.documentElement.setAttribute('data-kept', '');
    for (const row of rows) {
      const { rating, isTried, isWeak, isDue, words } = of(row.dataset.id ?? '');
      row.dataset.mine = [isWeak ? 'weak' : '', isTried ? '' : 'fresh', isDue ? 'due' : ''].filter(Boolean).join(' ');
      if (rating === undefined) delete row.dataset.rating;
      else row.dataset.rating = `${rating}`;
      const [first, ...rest] = words;
      row.querySelector('.mine')?.replaceChildren(...(first ? [make('b', { class: isWeak ? 'weak' : '' }, first)] : []), ...rest.map((one) => ` ${one}`), ...(isDue ? [`, ${word('mine.due')}`] : []));
    }
    const count = (/** @type {string} */ what) => rows.filter(({ dataset }) => dataset.mine?.split(' ').includes(what)).length;
    const numbers = [word('mine.tried-of', { tried: rows.length - count('fresh'), n: rows.length }), count('weak') && word('mine.weak', { n: count('weak') }), count('due') && word('mine.due-count', { n: count('due') })];
    if (summary) summary.textContent = numbers.filter(Boolean).join(', ');
    document.getElementById('questions')?.dispatchEvent(new Event('known'));
  };
  if (rows.length) prepbook.watch(show);
})();
