// What an interviewer asks about a story: its questions and what can follow each after any story, as a tree.
// @ts-check
(() => {
  'use strict';
  const { make, word, stories, home } = prepbook;
  const exercises = prepbook.exerciseData;
  /** Questions that are shown of a story which answers none yet. */
  const LIKELY = 3;

  /** A branch: down along the row, or only to its middle for the last one, and to the right. */
  const branch = (/** @type {boolean} */ isLast) => {
    const line = (/** @type {Record<string, string>} */ ends) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', 'line');
      for (const [name, value] of Object.entries(ends)) element.setAttribute(name, value);
      return element;
    };
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('class', 'branch');
    picture.setAttribute('aria-hidden', 'true');
    picture.setAttribute('focusable', 'false');
    picture.append(line({ x1: '5', y1: '0', x2: '5', y2: isLast ? '17' : '100%' }), line({ x1: '5', y1: '17', x2: '19', y2: '17' }));
    return picture;
  };
  const list = (/** @type {(Node | string)[][]} */ rows) => make('ul', {}, ...rows.map((inside, nth) => make('li', {}, branch(nth === rows.length - 1), ...inside)));

  /** @type {Prepbook['makeStoryTree']} */
  prepbook.makeStoryTree = (doc, id) => {
    const story = doc.stories[id];
    const all = prepbook.handbook.questions;
    const answered = all.filter((question) => doc.questions[question.id]?.stories?.includes(id));
    /** Of the themes it fits best, what is asked most often. */
    const likely = () => {
      const often = ['occasional', 'regular', 'common'];
      const worth = (/** @type {QuestionData} */ question) => stories.fit(story, question.theme) * 10 + often.indexOf(question.frequency ?? '');
      return all.filter((question) => stories.fit(story, question.theme) >= 2).sort((one, other) => worth(other) - worth(one)).slice(0, LIKELY);
    };
    const asked = answered.length ? answered : likely();
    if (!asked.length) return make('p', { class: 'hint' }, word('stories.tree-none'));
    const rows = asked.map((question) => {
      const next = (exercises.questions[question.id]?.followUps ?? []).filter((ask) => ask !== null);
      return [make('a', { class: 'said', href: new URL(question.url, home).href }, question.title), ...(next.length ? [list(next.map((ask) => [make('span', { class: 'said' }, ask)]))] : [])];
    });
    return make('div', { class: 'tree' }, make('p', { class: 'hint' }, answered.length ? word('stories.tree-answers') : word('stories.tree-likely')), make('p', {}, make('b', {}, story.title.trim() || word('stories.untitled'))), list(rows));
  };
})();
