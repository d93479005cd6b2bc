// How an answer was: the scales on which it is rated, the rubric, and the story that was told.
// @ts-check
(() => {
  'use strict';
  const { make } = prepbook;

  const scales = {
    rating: [['No story', 'I had nothing to tell.'], ['Rambled', 'I found no way through.'], ['Solid', 'It held, with gaps.'], ['Ready', 'I can tell it like this.']],
    held: [['Stuck', 'I had nothing to say.'], ['Dodged', 'I answered something else.'], ['Held', 'The first sentence answered it.']],
    fit: [['Not at all', 'Tell another one.'], ['A stretch', 'Only if nothing else is left.'], ['Fits', 'It answers the question.'], ['Made for it', 'My first choice.']],
  };
  const rubric = [
    ['structure', 'Structure', 'The headline first, parts in order'],
    ['ownership', 'Ownership', 'Decisions of my own, named'],
    ['evidence', 'Evidence', 'A figure, what it was before, how large'],
    ['depth', 'Depth', 'An option I rejected, the cause'],
    ['learning', 'Learning', 'What changed after'],
  ];
  const degrees = ['Missing', 'Partial', 'Clear', 'Memorable'];
  /** Held is what one hopes for, and comes first. */
  const places = (/** @type {keyof typeof scales} */ scale) => (scale === 'held' ? [2, 1, 0] : [0, 1, 2, 3]);

  const storyFields = (/** @type {Frozen<Doc>} */ doc) => {
    const known = Object.entries(doc.stories);
    const choice = make('select', { id: 'run_story' }, make('option', { value: '' }, known.length ? 'None, or a new one' : 'None yet'), ...known.map(([id, one]) => make('option', { value: id }, one.title)));
    const title = make('input', { id: 'run_story_title', type: 'text', autocomplete: 'off', maxlength: '120' });
    const element = make('div', { class: 'exercise-fields' },
      ...(known.length ? [make('p', {}, make('label', { for: choice.id }, 'The story you told'), choice)] : []),
      make('p', {}, make('label', { for: title.id }, known.length ? 'Or a new one, in a few words' : 'The story you told, in a few words'), title));
    return { element, choice, title };
  };
  const rubricFields = () => make('details', { class: 'run-rubric' }, make('summary', {}, 'Score it by the rubric'),
    ...rubric.map(([id, name, meaning]) => make('fieldset', {}, make('legend', {}, make('b', {}, name), ` ${meaning}`),
      ...degrees.map((degree, nth) => make('label', {}, make('input', { type: 'radio', name: `rubric-${id}`, value: `${nth}` }), `${nth} ${degree}`)))));

  /** @type {Prepbook['makeRating']} */
  prepbook.makeRating = ({ turn, scale, doc, button, rate }) => {
    const heading = scale === 'held' ? 'Did it hold?' : scale === 'fit' ? (turn.kind === 'cover' ? 'Have you a story for it?' : 'Does the story fit?') : 'How was it?';
    const rates = places(scale).map((value, nth) => {
      const [name, meaning] = scales[scale][value];
      return button('rate', () => rate(value), make('b', {}, name), make('kbd', {}, `${nth + 1}`), make('span', {}, meaning));
    });
    const group = make('div', { class: 'run-rates', role: 'group', 'aria-label': heading }, ...rates);
    const story = turn.kind === 'cover' ? storyFields(doc) : null;
    const scored = scale === 'rating' ? rubricFields() : null;
    return {
      heading,
      content: [...(story ? [story.element] : []), group, ...(scored ? [scored] : [])],
      scores: () => Object.fromEntries(rubric.flatMap(([id]) => {
        const chosen = /** @type {HTMLInputElement | null | undefined} */ (scored?.querySelector(`[name="rubric-${id}"]:checked`));
        return chosen ? [[id, Number(chosen.value)]] : [];
      })),
      story: () => ({ id: story?.choice.value ?? '', title: story?.title.value.trim() ?? '' }),
    };
  };
  prepbook.ratings = { scales, rubric, degrees };
})();
