// The set-up of an exercise: what it asks for, how long it takes, and the link by which others get the same.
// @ts-check
(() => {
  'use strict';
  const { make, word, draws } = prepbook;
  const { totalOf } = prepbook.clocks;
  const { lengthOf } = prepbook.exercises;

  const option = (/** @type {string} */ value, /** @type {string} */ text) => make('option', { value }, text);
  const companies = () => [option('', word('set-up.any')), ...prepbook.handbook.companies.map(({ id, title }) => option(id, title))];
  const questionTitle = (/** @type {string} */ id) => prepbook.handbook.questions.find((one) => one.id === id)?.title ?? id;
  /** @type {Record<string, (input: { doc: Frozen<Doc>, questions: string[] }) => [string, string, HTMLOptionElement[]][]>} */
  const fieldsOf = {
    'two-minute-drill': () => [['company', word('set-up.company'), companies()], ['count', word('set-up.questions'), [option('10', '10'), option('5', '5'), option('3', '3')]], ['length', word('set-up.length-of-answer'), [option('', word('set-up.as-planned')), option('60', '1:00'), option('90', '1:30'), option('120', '2:00'), option('180', '3:00'), option('none', word('set-up.no-clock'))]]],
    'follow-up-gauntlet': () => [['company', word('set-up.company'), companies()], ['count', word('set-up.answers'), [option('3', '3'), option('1', '1'), option('5', '5')]]],
    'story-swap': ({ doc }) => [['story', word('set-up.your-story'), [...Object.entries(doc.stories).map(([id, one]) => option(id, one.title)), option('', word('set-up.another-story'))]]],
    'weakness-test': ({ questions }) => [['what', word('set-up.under-pressure'), [...questions.map((id) => option(id, questionTitle(id))), option('3', word('set-up.three-weakest')), option('5', word('set-up.five-weakest'))]]],
    'story-matrix': () => [['themes', word('set-up.themes'), [option('', word('set-up.core-themes')), option('all', word('set-up.all-themes'))]]],
    'mock-interview': () => [['company', word('set-up.company'), companies()], ['level', word('set-up.level'), [option('', word('set-up.any')), option('junior', word('set-up.junior')), option('senior', word('set-up.senior')), option('staff', word('set-up.staff'))]], ['minutes', word('set-up.length'), ['45', '30'].map((n) => option(n, word('set-up.minutes', { n: Number(n) })))]],
  };
  /** What comes, and how long each part of it takes. */
  const outlineOf = (/** @type {string} */ tool, /** @type {Turn[]} */ turns) => {
    const told = (/** @type {Turn[]} */ list) => {
      const follows = list.filter(({ kind }) => kind === 'follow-up').length;
      const about = { n: list.length - follows };
      const first = tool === 'story-matrix' ? word('set-up.outline-themes', about) : ['story-swap', 'mock-interview'].includes(tool) ? word('set-up.outline-questions', about) : word('set-up.outline-answers', about);
      return follows ? word('told.and', { first, last: word('set-up.outline-follow-ups', { n: follows }) }) : first;
    };
    return word('set-up.outline', { what: prepbook.mock?.outline(turns, told) ?? told(turns), n: Math.round(totalOf(turns.map(lengthOf)) / 60_000) });
  };

  /** Whether it asks for whole answers, which can be recorded. */
  const isAnswered = (/** @type {string} */ tool) => !['story-swap', 'story-matrix'].includes(tool);
  /** Off until asked for, here as on the pages of questions. */
  const recordRow = () => {
    const box = make('input', { type: 'checkbox', role: 'switch', id: 'exercise_record' });
    box.checked = prepbook.kept('record') === 'on';
    const row = make('div', { class: 'exercise-voice' }, make('label', {}, box, ` ${word('set-up.record')}`), make('span', { class: 'hint' }, word('set-up.record-hint')));
    let isOffered = false;
    /** What was said can be written down as well, where the device can: asked of those who want their voice kept. */
    const offer = () => {
      if (isOffered || !self.SpeechRecognition?.available || !['record', 'dictate'].some((what) => prepbook.kept(what) === 'on')) return;
      isOffered = true;
      void prepbook.load('dictate').then(() => row.append(prepbook.makeDictationSwitch())).catch(() => {});
    };
    box.addEventListener('change', () => {
      prepbook.keep('record', box.checked ? 'on' : null);
      offer();
    });
    offer();
    return row;
  };

  /** @type {Prepbook['makeSetUp']} */
  prepbook.makeSetUp = ({ tool, doc, questions, given, button, newSeed, turnsFor, begin, showCard }) => {
    /** A mock asks the same of all, whatever they did before. */
    const isAlwaysShared = tool === 'mock-interview';
    const hasSets = tool !== 'story-matrix';
    const form = make('form', { class: 'exercise-fields', id: 'exercise_form' });
    const outline = make('p', { class: 'run-told', role: 'status' });
    const linkLine = make('div', { class: 'exercise-link', role: 'status' });
    const chosen = () => {
      const { by, seed, ...options } = /** @type {Record<string, string>} */ (Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()])));
      return { options, seed: draws.readSeed(seed ?? '') ?? '', isShared: isAlwaysShared || by === 'seed' };
    };
    const showLink = async () => {
      const { options, seed } = chosen();
      const address = new URL(location.href);
      address.hash = '';
      address.search = new URLSearchParams(Object.entries({ ...options, seed }).filter(([, value]) => value)).toString();
      const field = make('input', { id: 'exercise_link', readonly: '', value: address.href });
      const text = make('label', { for: field.id }, word('set-up.same-set'));
      linkLine.replaceChildren(text, field);
      try {
        await navigator.clipboard.writeText(field.value);
        text.textContent = word('set-up.copied');
      } catch {
        field.select();
      }
    };
    const copyLink = button('', () => void showLink(), word('set-up.copy-link'));
    const card = button('', () => chosen().seed && showCard(chosen().options, chosen().seed), word('exercise.card'));
    const start = make('button', { type: 'submit', class: 'button go', form: form.id }, word('exercise.start'), ' ', make('kbd', {}, word('key.enter')));

    /** @type {Record<string, string | undefined>} */
    const defaults = { company: doc.plan?.company, level: doc.plan?.level };
    const rows = (fieldsOf[tool]?.({ doc, questions }) ?? []).map(([name, label, options]) => {
      const select = make('select', { id: `exercise_${name}`, name }, ...options);
      const wanted = given.get(name) ?? defaults[name];
      // The first one stands for what nobody chose: a story of the bank before another one.
      select.selectedIndex = Math.max(0, options.findIndex(({ value }) => value === wanted));
      return make('p', {}, make('label', { for: select.id }, label), select);
    });
    // Without a name nobody knows which story goes on.
    const title = make('input', { id: 'exercise_title', name: 'title', type: 'text', autocomplete: 'off', maxlength: '120', required: '', pattern: '.*\\S.*', value: given.get('title') ?? '', 'aria-describedby': 'exercise_title_hint' });
    const titleRow = make('p', {}, make('label', { for: title.id }, word('set-up.called')), title, make('span', { id: 'exercise_title_hint', class: 'hint' }, word('set-up.goes-to-stories')));
    if (tool === 'story-swap') rows.push(titleRow);
    if (hasSets && !isAlwaysShared) {
      const by = make('select', { id: 'exercise_by', name: 'by' }, option('', word('set-up.for-me')), option('seed', word('set-up.by-seed')));
      by.value = given.get('seed') ? 'seed' : '';
      rows.push(make('p', {}, make('label', { for: by.id }, word('set-up.chosen')), by));
    }
    const seed = make('input', { id: 'exercise_seed', name: 'seed', type: 'text', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '8', value: draws.readSeed(given.get('seed') ?? '') ?? newSeed(), 'aria-describedby': 'exercise_seed_hint' });
    const seedRow = make('p', { class: 'exercise-seed' }, make('label', { for: seed.id }, word('set-up.seed')), seed, make('span', { id: 'exercise_seed_hint', class: 'hint' }, word('set-up.seed-hint')));
    if (hasSets) rows.push(seedRow);
    if (isAnswered(tool)) rows.push(recordRow());
    form.replaceChildren(...rows);

    const draw = () => {
      const now = chosen();
      seedRow.hidden = !now.isShared;
      titleRow.hidden = title.disabled = Boolean(now.options.story);
      for (const one of [copyLink, card]) one.hidden = !now.isShared || !hasSets;
      seed.setAttribute('aria-invalid', `${now.isShared && !now.seed}`);
      outline.textContent = outlineOf(tool, turnsFor(now.options, now.seed || '000000', now.isShared));
      linkLine.replaceChildren();
    };
    form.addEventListener('input', draw);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const now = chosen();
      if (!now.isShared || now.seed) begin();
    });
    draw();
    return { form, outline, linkLine, buttons: [copyLink, card, start], chosen };
  };
})();
