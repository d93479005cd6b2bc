// What only paper shows of the reader's own: the answer to a question on its page, and on a checklist which story is told to
// each of its questions, with its figures. Loaded when the reader has written something for them.
// @ts-check
(() => {
  'use strict';
  const { make, word, stories } = prepbook;
  /** The most letters that a checklist has room for: it stays on one sheet. */
  const MOST = { title: 48, said: 110, whole: 240, figures: 60 };
  const short = (/** @type {string} */ text, /** @type {number} */ most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
  const figuresOf = (/** @type {Frozen<Story>} */ { numbers = [] }) => numbers.filter((one) => one.trim()).join(' · ');
  const storyOf = (/** @type {Frozen<Doc>} */ doc, /** @type {string} */ question) => {
    const id = doc.questions[question]?.stories?.find((id) => Object.hasOwn(doc.stories, id));
    return id === undefined ? undefined : doc.stories[id];
  };
  /** Its parts that say something, in the order told; in one piece it has no title. */
  const partsOf = (/** @type {Frozen<Story>} */ story) => {
    const shape = prepbook.storyData.frameworks.find(({ id }) => id === story.framework);
    const parts = stories.parts(story, shape ?? { id: '', title: '', parts: [{ id: 'answer', title: '', seconds: null, ask: '' }] });
    return parts.filter(({ text }) => text.trim());
  };
  const lines = (/** @type {number} */ n) => make('div', { class: 'lines' }, ...Array.from({ length: n }, () => make('p', {})));

  // ---------- a question ----------

  const makeAnswer = (/** @type {Frozen<Story>} */ story) => {
    const figures = figuresOf(story);
    return [
      make('h2', {}, `${word('stories.own-answer')}${story.title.trim() ? `: ${story.title.trim()}` : ''}`),
      ...(story.headline ? [make('p', { class: 'said' }, story.headline)] : []),
      ...partsOf(story).map(({ title, text }) => make('div', { class: title ? 'part' : 'part whole' }, ...(title ? [make('h3', {}, title)] : []), make('div', { class: 'spoken' }, text))),
      ...(figures ? [make('p', { class: 'hint' }, figures)] : []),
      lines(2),
    ];
  };

  // ---------- a checklist ----------

  const list = document.querySelector('.checkpoint .cards');
  const rows = /** @type {HTMLElement[]} */ (Array.from(list?.querySelectorAll('tr[data-id]') ?? []));
  const makeTable = (/** @type {Frozen<Doc>} */ doc) => {
    const head = [word('table.question'), word('stories.story'), word('stories.figures')].map((title) => make('th', { scope: 'col' }, title));
    const body = rows.map((row) => {
      const story = storyOf(doc, row.dataset.id ?? '');
      // What was written in one piece, such as what one will ask, has no other line to be known by.
      const said = story && (story.headline || partsOf(story).map(({ text }) => text).join(' '));
      return make('tr', {},
        make('th', { scope: 'row', class: 'said' }, row.querySelector('.said')?.textContent ?? ''),
        make('td', {}, ...(story ? [make('b', {}, short(story.title.trim(), MOST.title)), short(said ?? '', story.headline ? MOST.said : MOST.whole)] : [])),
        make('td', {}, story ? short(figuresOf(story), MOST.figures) : ''));
    });
    return [make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body))];
  };

  // ---------- in its place ----------

  const question = document.querySelector('.page.question') && decodeURIComponent(location.pathname.replace(/\/(index\.html)?$/, '').split('/').at(-1) ?? '');
  const paper = make('section', { class: 'own-paper', hidden: '' });
  prepbook.watch((doc) => {
    const story = question ? storyOf(doc, question) : undefined;
    const isTold = question ? story : rows.some((row) => storyOf(doc, row.dataset.id ?? ''));
    paper.replaceChildren(...(story ? makeAnswer(story) : isTold ? makeTable(doc) : []));
    if (!isTold) paper.remove();
    else if (list) list.before(paper);
    else document.querySelector('.question .head')?.after(paper);
  });
})();
