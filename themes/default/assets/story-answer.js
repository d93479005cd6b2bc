// The reader's own answer on the page of its question: a story of the bank, begun or chosen here.
// @ts-check
(() => {
  'use strict';
  const { make, word, stories } = prepbook;
  const newId = () => `${Date.now().toString(36).padStart(9, '0')}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;

  prepbook.openAnswer = async (question, opener) => {
    // Without its style it is plain, and works.
    await new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href: opener.dataset.style ?? '' });
      link.onload = link.onerror = done;
      document.head.append(link);
    });
    await prepbook.load('editor');
    const store = await prepbook.loadStore();
    const known = prepbook.handbook.questions.find(({ id }) => id === question);
    const told = () => (store.doc.questions[question]?.stories ?? []).filter((id) => Object.hasOwn(store.doc.stories, id));
    /** @returns {Story} */
    const fresh = () => {
      const written = store.doc.questions[question]?.text;
      return { title: '', ...(written && { beats: { answer: written } }), ...(known && { fit: { [known.theme]: 2 } }) };
    };

    const choice = make('select', { id: 'answer-story' });
    const line = make('p', { class: 'story-line' }, make('label', { for: choice.id }, word('stories.story')), choice);
    const box = make('div');
    /** The story that is shown; it is in the bank from its first letter on. */
    let shown = '';
    /** Whoever begins the first story has none to choose from: a list would push the field away from under the first letter. */
    const isFirst = !stories.order(store.doc.stories).length;
    const offer = () => {
      const ids = stories.order(store.doc.stories);
      const options = ids.map((id) => make('option', { value: id }, store.doc.stories[id].title || word('stories.untitled')));
      if (!ids.includes(shown)) options.push(make('option', { value: shown }, word('stories.a-new-story')));
      else options.push(make('option', { value: '' }, word('stories.write-another')));
      if (Array.from(choice.options, ({ value, text }) => `${value} ${text}`).join('\n') !== options.map(({ value, text }) => `${value} ${text}`).join('\n') && document.activeElement !== choice) choice.replaceChildren(...options);
      choice.value = shown;
      line.hidden = isFirst && ids.every((id) => id === shown);
    };
    const show = (/** @type {string} */ id) => {
      shown = id || newId();
      const editor = prepbook.makeStoryEditor({ store, id: shown, fresh: fresh(), shapes: prepbook.storyData.shapes[question] ?? [], question, isWhole: false });
      box.replaceChildren(editor.element);
      return editor;
    };
    choice.addEventListener('change', () => {
      const id = choice.value;
      show(id);
      // The chosen one answers this question from now on.
      if (Object.hasOwn(store.doc.stories, id)) void store.change((doc) => void ((doc.questions[question] ??= {}).stories = [id]));
      choice.blur();
      offer();
      choice.focus();
    });
    const editor = show(told()[0] ?? '');
    offer();
    store.listen(offer);
    const all = make('a', { href: new URL('stories/index.html', prepbook.home).href }, word('stories.all'));
    opener.parentElement?.replaceWith(make('div', { id: 'my-answer' }, line, box, make('p', { class: 'hint' }, all)));
    editor.focus();
  };
})();
