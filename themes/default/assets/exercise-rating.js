// How an answer was: the scales on which it is rated, the rubric, and the story that was told.
// @ts-check
(() => {
  'use strict';
  const { make, word } = prepbook;

  const scales = {
    rating: [[word('rating.no-story'), word('rating.no-story-means')], [word('rating.rambled'), word('rating.rambled-means')], [word('rating.solid'), word('rating.solid-means')], [word('rating.ready'), word('rating.ready-means')]],
    held: [[word('rating.stuck'), word('rating.stuck-means')], [word('rating.dodged'), word('rating.dodged-means')], [word('rating.held'), word('rating.held-means')]],
    fit: [[word('rating.no-fit'), word('rating.no-fit-means')], [word('rating.stretch'), word('rating.stretch-means')], [word('rating.fits'), word('rating.fits-means')], [word('rating.best-fit'), word('rating.best-fit-means')]],
  };
  /** Id, name, what it means to who tells, and to who listens. */
  const rubric = [
    ['structure', word('rubric.structure'), word('rubric.structure-means'), word('rubric.structure-means')],
    ['ownership', word('rubric.ownership'), word('rubric.ownership-means'), word('rubric.ownership-heard')],
    ['evidence', word('rubric.evidence'), word('rubric.evidence-means'), word('rubric.evidence-means')],
    ['depth', word('rubric.depth'), word('rubric.depth-means'), word('rubric.depth-heard')],
    ['learning', word('rubric.learning'), word('rubric.learning-means'), word('rubric.learning-means')],
  ];
  const degrees = [word('rubric.missing'), word('rubric.partial'), word('rubric.clear'), word('rubric.memorable')];
  /** Held is what one hopes for, and comes first. */
  const places = (/** @type {keyof typeof scales} */ scale) => (scale === 'held' ? [2, 1, 0] : [0, 1, 2, 3]);

  const storyFields = (/** @type {Frozen<Doc>} */ doc) => {
    const known = Object.entries(doc.stories);
    const choice = make('select', { id: 'run_story' }, make('option', { value: '' }, known.length ? word('rating.none-or-new') : word('rating.none-yet')), ...known.map(([id, one]) => make('option', { value: id }, one.title)));
    const title = make('input', { id: 'run_story_title', type: 'text', autocomplete: 'off', maxlength: '120' });
    const element = make('div', { class: 'exercise-fields' },
      ...(known.length ? [make('p', {}, make('label', { for: choice.id }, word('rating.story-told')), choice)] : []),
      make('p', {}, make('label', { for: title.id }, known.length ? word('rating.new-story') : word('rating.story-told-in-words')), title));
    return { element, choice, title };
  };
  const rubricFields = () => make('details', { class: 'run-rubric' }, make('summary', {}, word('rubric.title')),
    ...rubric.map(([id, name, meaning]) => make('fieldset', {}, make('legend', {}, make('b', {}, name), ` ${meaning}`),
      ...degrees.map((degree, nth) => make('label', {}, make('input', { type: 'radio', name: `rubric-${id}`, value: `${nth}` }), `${nth} ${degree}`)))));

  /** @type {Prepbook['makeRating']} */
  prepbook.makeRating = ({ turn, scale, doc, button, rate }) => {
    const heading = scale === 'held' ? word('rating.did-it-hold') : scale === 'fit' ? (turn.kind === 'cover' ? word('rating.have-you-one') : word('rating.does-it-fit')) : word('rating.how-was-it');
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
