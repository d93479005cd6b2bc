// What the reader did with each question, in lists of questions and beside one of them: the last rating, how long ago, and
// what is due.
// @ts-check
(() => {
  'use strict';
  const { make, due } = prepbook;
  const ratings = ['No story', 'Rambled', 'Solid', 'Ready'];
  const ago = (/** @type {number} */ days) => (days <= 0 ? 'today' : days === 1 ? 'yesterday' : days < 60 ? `${days} days ago` : `${Math.round(days / 30)} months ago`);

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
        words: [...(rating === undefined ? (last ? ['Tried'] : []) : [ratings[rating] ?? '']), ...(last ? [ago(due.daysBetween(due.dayOf(new Date(last)), today))] : [])],
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
      row.querySelector('.mine')?.replaceChildren(...(first ? [make('b', { class: isWeak ? 'weak' : '' }, first)] : []), ...rest.map((word) => ` ${word}`), ...(isDue ? [', due'] : []));
    }
    const count = (/** @type {string} */ what) => rows.filter(({ dataset }) => dataset.mine?.split(' ').includes(what)).length;
    const numbers = [`${rows.length - count('fresh')} of ${rows.length} tried`, ...['weak', 'due'].map((what) => count(what) && `${count(what)} ${what}`)];
    if (summary) summary.textContent = numbers.filter(Boolean).join(', ');
    document.getElementById('questions')?.dispatchEvent(new Event('known'));
  };
  if (rows.length) prepbook.watch(show);
})();
