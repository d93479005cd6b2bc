// Fields for a story: its parts with what a listener would notice underlined below what is typed, its figures and what it
// fits. What is typed is kept as one types.
// @ts-check
(() => {
  'use strict';
  const { make, word, worded, lint, stories, home } = prepbook;
  /** How long typing rests before it is kept, and before it is looked at, in milliseconds. */
  const REST = 400;
  const data = prepbook.storyData;
  const topics = prepbook.topicData;
  const FITS = [word('editor.fit-no'), word('editor.fit-stretch'), word('editor.fit-fits'), word('editor.fit-best')];
  const address = (/** @type {string} */ url) => new URL(url, home).href;
  let editors = 0;

  /** The red flag that a finding cites: the first that this handbook has. */
  const flagOf = (/** @type {Finding} */ { flags }) => flags.map((id) => (Object.hasOwn(data.flags, id) ? data.flags[id] : undefined)).find(Boolean);

  // ---------- keeping ----------

  /** Keeps what is typed a moment later, and before the page goes. @type {(given: { store: Store, id: string, question?: string, fresh(): Story, shapeId(): string }) => StoryKeeper} */
  const makeKeeper = ({ store, id, question, fresh, shapeId }) => {
    /** @type {StoryKeeper['waiting']} */
    const waiting = new Map();
    let isFirst = !Object.keys(store.doc.stories).length;
    /** What a story was called once that answers a question. */
    const asked = (question && prepbook.handbook.questions.find((one) => one.id === question)?.title.replace(/[?.]$/, '')) || '';
    const keep = () => {
      if (!waiting.size) return;
      const edits = [...waiting.values()];
      const shape = shapeId();
      waiting.clear();
      void store.change((doc) => {
        const one = (doc.stories[id] ??= structuredClone(fresh()));
        if (shape) one.framework ??= shape;
        const was = one.title;
        const isFree = ['', asked, fresh().title, prepbook.firstWords(one)].includes(was.trim());
        for (const edit of edits) edit(one);
        // Until the reader gives it a title, and once it is emptied, it is called by its first words.
        if (one.title === was ? isFree : !one.title.trim()) one.title = prepbook.firstWords(one) || one.title;
        if (!question) return;
        const about = (doc.questions[question] ??= {});
        if (!about.stories?.includes(id)) about.stories = [id, ...(about.stories ?? [])];
      }).catch(() => (state.textContent = word('editor.too-long')));
      // The browser asks or decides; a reader who has written something has a reason.
      if (isFirst) void navigator.storage?.persist?.().catch(() => {});
      isFirst = false;
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    const typed = (/** @type {HTMLElement} */ field, /** @type {(story: Story) => void} */ edit, time = REST) => {
      waiting.set(field, edit);
      state.textContent = word('told.saving');
      clearTimeout(rest);
      rest = setTimeout(keep, time);
    };
    const statuses = { saved: word('editor.saved'), saving: word('told.saving'), unsaved: word('editor.unsaved'), blocked: word('editor.blocked'), newer: word('editor.newer') };
    const state = make('p', { class: 'hint story-state', role: 'status' });
    const now = () => {
      clearTimeout(rest);
      keep();
    };
    const flush = () => {
      now();
      return store.flush();
    };
    const tell = () => {
      if (!waiting.size) state.textContent = store.doc.stories[id] || store.status !== 'saved' ? statuses[store.status] : '';
    };
    document.addEventListener('visibilitychange', () => document.hidden && void flush());
    addEventListener('pagehide', () => void flush());
    return { waiting, typed, keep, now, flush, tell, state };
  };

  // ---------- fields ----------

  /** Fields that show what is kept and take what is typed. @type {(name: string, canWrite: () => boolean, keeper: StoryKeeper) => StoryFields} */
  const makeFields = (name, canWrite, { typed, waiting }) => {
    /** What shows a field's value as it is kept. @type {(() => void)[]} */
    const shown = [];
    /** @type {(field: HTMLInputElement | HTMLTextAreaElement, get: () => string, set: (story: Story, value: string) => void) => void} */
    const bind = (field, get, set) => {
      field.value = get();
      field.readOnly = !canWrite();
      field.addEventListener('input', () => {
        const { value } = field;
        typed(field, (one) => set(one, value));
      });
      // As another tab or page has changed it, unless it is being changed here.
      shown.push(() => {
        if (document.activeElement !== field && !waiting.has(field) && field.value !== get()) field.value = get();
        field.readOnly = !canWrite();
      });
    };
    let fields = 0;
    /** @type {(title: string, hint: string, get: () => string, set: (story: Story, value: string) => void, more?: Record<string, string>) => HTMLElement} */
    const line = (title, hint, get, set, more = {}) => {
      const input = make('input', { id: `${name}-${++fields}`, type: 'text', autocomplete: 'off', ...(hint && { 'aria-describedby': `${name}-${fields}-hint` }), ...more });
      bind(input, get, set);
      return make('p', { class: 'story-line' }, make('label', { for: input.id }, title), ...(hint ? [make('span', { class: 'hint', id: `${input.id}-hint` }, hint)] : []), input);
    };
    return { bind, line, shown };
  };

  // ---------- the parts ----------

  const plain = { id: '', title: word('editor.one-piece'), parts: [{ id: 'answer', title: word('run.your-answer'), seconds: 120, ask: '' }] };
  /** The shape it was written in; where it doesn't say, the one that has most of its parts. @type {(story: Frozen<Story>, possible: FrameworkData[]) => FrameworkData} */
  const shapeOf = (story, possible) => {
    const { framework, beats = {} } = story;
    const named = data.frameworks.find((one) => one.id === framework);
    if (named) return named;
    const written = Object.keys(beats);
    const has = (/** @type {FrameworkData} */ one) => one.parts.filter(({ id }) => written.includes(id)).length;
    const offered = [...possible, ...data.frameworks];
    return offered.reduce((best, one) => (has(one) > has(best) ? one : best), offered[0] ?? plain);
  };

  /** A field for each part of the story's shape. @type {(name: string, fields: StoryFields, story: () => Frozen<Story>, shape: () => FrameworkData, changed: () => void) => StoryParts} */
  const makeParts = (name, { bind }, story, shape, changed) => {
    /** @type {Beat[]} */
    let beats = [];
    const beat = (/** @type {ReturnType<Stories['parts']>[number]} */ part) => {
      const area = make('textarea', { id: `${name}-${part.id}`, rows: '2', 'aria-describedby': `${name}-${part.id}-ask`, spellcheck: 'true' });
      // It is as high as what is written: a copy of the text lies below it, and gives the room.
      const mirror = make('div', { class: 'mirror', 'aria-hidden': 'true' });
      const time = make('span', { class: 'time' });
      const get = () => stories.parts(story(), shape()).find((one) => one.id === part.id)?.text ?? '';
      bind(area, get, (one, value) => {
        one.beats = { ...one.beats, [part.id]: value };
        // Once it stands under its id, the letter would only repeat it.
        if (stories.parts({ ...one, beats: { [part.id[0]]: 'x' } }, shape()).some(({ id, text }) => id === part.id && text)) delete one.beats[part.id[0]];
      });
      area.addEventListener('input', () => changed());
      beats.push({ id: part.id, title: part.title, seconds: part.seconds, area, mirror, time });
      return make('div', { class: 'beat' },
        make('p', { class: 'beat-head' }, make('label', { for: area.id }, part.title), time),
        make('p', { class: 'hint', id: `${area.id}-ask` }, part.ask),
        make('div', { class: 'written' }, mirror, area));
    };
    const parts = make('div', { class: 'beats' });
    const showParts = () => {
      beats = [];
      parts.replaceChildren(...stories.parts(story(), shape()).map(beat));
    };
    return { parts, showParts, beats: () => beats };
  };

  // ---------- what a listener would notice ----------

  /** What each part shows. @type {WeakMap<HTMLElement, string>} */
  const drawnIn = new WeakMap();
  /** Underlines in a part what was found there: the copy of its text has the marks. @type {(beat: Beat, phase: Phase, found: Finding[]) => void} */
  const underline = ({ area, mirror }, { from, to }, found) => {
    const marks = found.flatMap(({ rule, ranges }) => ranges.map(([start, end]) => ({ rule, start: Math.max(start, from) - from, end: Math.min(end, to) - from }))).filter(({ start, end }) => start < end);
    // Where phrases lie in one another, the shorter one shows.
    marks.sort((one, other) => one.end - one.start - (other.end - other.start));
    const drawn = JSON.stringify([area.value, marks]);
    if (drawnIn.get(mirror) === drawn) return;
    drawnIn.set(mirror, drawn);
    const edges = [...new Set([0, area.value.length, ...marks.flatMap(({ start, end }) => [start, end])])].sort((one, other) => one - other);
    mirror.replaceChildren();
    edges.slice(0, -1).forEach((start, place) => {
      const piece = area.value.slice(start, edges[place + 1]);
      const mark = marks.find((one) => one.start <= start && start < one.end);
      mirror.append(mark ? make('mark', { 'data-rule': mark.rule }, piece) : piece);
    });
    // The last line has its room, too, when it is empty.
    mirror.append('\n');
  };

  const spoken = (/** @type {string} */ text) => lint.seconds(lint.count(text, data.rules, data.language).words, data.pace);
  /** How long a part takes, beside its plan. @type {(beat: Beat) => void} */
  const tellTime = ({ seconds, area, time }) => {
    const took = spoken(area.value);
    time.textContent = seconds ? (took ? word('editor.time-of', { time: took, plan: seconds }) : word('told.seconds', { n: seconds })) : took ? word('told.seconds', { n: took }) : '';
  };

  /** The sentences on what was found: each leads to its phrase. @type {(select: (place: number) => void) => { list: HTMLElement, heard: HTMLElement, show(found: Finding[]): void }} */
  const makeFindings = (select) => {
    const list = make('ul', { class: 'noticed' });
    const heard = make('p', { class: 'vh', role: 'status' });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let telling;
    const show = (/** @type {Finding[]} */ found) => {
      const said = found.map(({ say }) => say).join('\n');
      if (list.dataset.said === said) return;
      list.dataset.said = said;
      const rows = found.map((one, place) => {
        const show = make('button', { type: 'button' }, one.say);
        show.addEventListener('click', () => select(place));
        const flag = flagOf(one);
        return make('li', { 'data-rule': one.rule }, show, ...(flag ? [' ', make('span', { class: 'hint' }, ...worded('editor.red-flag', { flag: make('a', { href: address(flag.url) }, flag.title) }))] : []));
      });
      // Who is on one of them keeps the place.
      const on = Array.from(list.children).findIndex((row) => row.contains(document.activeElement));
      list.replaceChildren(...rows);
      if (on >= 0) rows[Math.min(on, rows.length - 1)]?.querySelector('button')?.focus();
      clearTimeout(telling);
      telling = setTimeout(() => (heard.textContent = rows.length ? word('editor.heard', { n: rows.length }) : ''), 1500);
    };
    return { list, heard, show };
  };

  /** What a listener would notice, told beside the parts and underlined in them. @type {(name: string, beats: () => Beat[], shape: () => FrameworkData) => { noticed: HTMLElement, look(): void, lookSoon(): void }} */
  const makeNotice = (name, beats, shape) => {
    const told = make('p', { class: 'hint' });
    /** Where the first phrase of each finding stands. @type {{ nth: number, from: number, to: number }[]} */
    let places = [];
    const findings = makeFindings((place) => {
      const { nth, from, to } = places[place];
      const { area } = beats()[nth];
      area.focus({ preventScroll: true });
      area.setSelectionRange(from, to);
      area.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    });
    /** What was looked at last. */
    let seen = '';
    const look = () => {
      let text = '';
      const phases = beats().map(({ id, title, seconds, area }) => {
        const from = text.length;
        text += area.value;
        const phase = { id, title, seconds, from, to: text.length };
        text += '\n\n';
        return phase;
      });
      const now = `${shape().id}\n${phases.map(({ id, from }) => `${id} ${from}`)}\n${text}`;
      if (now === seen) return;
      seen = now;
      const { rules, language, pace } = data;
      const found = lint.lint(text, { phases, rules, language, pace });
      beats().forEach((beat, nth) => {
        tellTime(beat);
        underline(beat, phases[nth], found);
      });
      const whole = spoken(text);
      const planned = beats().reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
      const aloud = planned ? word('editor.aloud-planned', { whole, plan: planned }) : word('editor.aloud', { whole });
      told.textContent = whole ? [aloud, ...(found.length ? [] : [word('editor.nothing-noticed')])].join(' ') : word('editor.write-a-line');
      places = found.map(({ ranges: [[from, to]] }) => {
        const nth = Math.max(0, phases.findLastIndex((phase) => phase.from <= from));
        return { nth, from: from - phases[nth].from, to: Math.min(to, phases[nth].to) - phases[nth].from };
      });
      findings.show(found);
    };
    let isLooking = false;
    /** Once a frame: what is typed has its room and its lines at once. */
    const lookSoon = () => {
      if (isLooking) return;
      isLooking = true;
      requestAnimationFrame(() => {
        isLooking = false;
        look();
      });
    };
    const noticed = make('section', { class: 'notice', 'aria-labelledby': `${name}-noticed` }, make('h3', { id: `${name}-noticed` }, word('editor.noticed')), told, ...(lint.wordsFor(data.rules, data.language) ? [] : [make('p', { class: 'hint' }, word('lint.rests'))]), findings.list, findings.heard);
    return { noticed, look, lookSoon };
  };

  // ---------- what it fits ----------

  /** How well it fits a topic. @type {(editor: Editing, topic: Topic) => HTMLElement} */
  const fitting = ({ name, story, canWrite, keeper: { typed, waiting }, fields: { shown } }, topic) => {
    const group = make('div', { class: 'fits', role: 'radiogroup', 'aria-labelledby': `${name}-fit-${topic.id}` });
    const inputs = FITS.map((called, fit) => {
      const input = make('input', { type: 'radio', name: `${name}-${topic.id}`, value: `${fit}` });
      input.addEventListener('change', () => typed(group, (one) => {
        one.fit = { ...one.fit, [topic.id]: fit };
        if (!fit) delete one.fit[topic.id];
      }, 0));
      group.append(make('label', {}, input, make('span', {}, `${fit}`), make('span', { class: 'vh' }, ` ${called}`)));
      return input;
    });
    const show = () => {
      for (const input of inputs) {
        input.checked = Number(input.value) === stories.fit(story(), topic.id);
        input.disabled = !canWrite();
      }
    };
    shown.push(() => waiting.has(group) || show());
    show();
    return make('div', { class: 'fit-row' }, make('span', { id: `${name}-fit-${topic.id}` }, topic.title), group);
  };
  /** @type {(editor: Editing, question: string | undefined, isWhole: boolean) => HTMLElement[]} */
  const makeFits = (editor, question, isWhole) => {
    const isIts = ({ id = '' }) => prepbook.handbook.questions.some((one) => one.id === question && one.theme === id);
    const themes = isWhole ? topics.themes : topics.themes.filter(isIts);
    if (!themes.length) return [];
    return [make('fieldset', { class: 'fit-rows' }, make('legend', {}, word('editor.what-it-fits')), make('p', { class: 'hint' }, word('editor.fit-hint')), ...themes.map((topic) => fitting(editor, topic)))];
  };

  /** The principles of a company that it shows. @type {(editor: Editing) => HTMLElement[]} */
  const makePrinciples = ({ name, store, story, canWrite, keeper: { typed } }) => {
    const { companies } = topics;
    if (!companies.length) return [];
    const choice = make('select', { id: `${name}-company` }, ...companies.map((company) => make('option', { value: company.id }, company.title)));
    const wanted = store.doc.plan?.company ?? store.doc.settings.targets?.[0];
    const written = companies.find(({ principles }) => principles.some(({ id }) => story().principles?.includes(id)));
    choice.value = companies.find(({ id }) => id === wanted)?.id ?? written?.id ?? companies[0].id;
    const boxes = make('div', { class: 'boxes' });
    const show = () => boxes.replaceChildren(...(companies.find(({ id }) => id === choice.value)?.principles ?? []).map((principle) => {
      const box = make('input', { type: 'checkbox' });
      box.checked = Boolean(story().principles?.includes(principle.id));
      box.disabled = !canWrite();
      box.addEventListener('change', () => typed(box, (one) => {
        const others = (one.principles ?? []).filter((other) => other !== principle.id);
        one.principles = box.checked ? [...others, principle.id] : others;
      }, 0));
      return make('label', {}, box, ` ${principle.title}`);
    }));
    choice.addEventListener('change', show);
    show();
    return [make('fieldset', { class: 'principle-boxes' }, make('legend', {}, word('editor.principles')), make('p', { class: 'story-line' }, make('label', { for: choice.id }, word('editor.company')), choice), boxes)];
  };

  // ---------- all together ----------

  /** Who was there, and when it was. @type {(editor: Editing) => HTMLElement} */
  const makeFacts = ({ story, fields: { line } }) =>
    make('div', { class: 'two-lines' },
      line(word('editor.people'), word('editor.people-hint'), () => (story().people ?? []).join(', '), (one, value) => (one.people = value.split(',').map((person) => person.trim()).filter(Boolean)), { maxlength: '500' }),
      line(word('editor.when'), word('editor.when-hint'), () => story().when ?? '', (one, value) => (one.when = value), { maxlength: '20', inputmode: 'numeric' }));

  /** The shape it is told in, where there is a choice. @type {(name: string, offered: FrameworkData[], now: FrameworkData, choose: (id: string) => void) => HTMLElement[]} */
  const makeShapeChoice = (name, offered, now, choose) => {
    const choice = make('select', { id: `${name}-shape` }, ...offered.map((one) => make('option', { value: one.id }, one.title)));
    if (!offered.some((one) => one.id === now.id)) choice.prepend(make('option', { value: now.id }, now.title));
    choice.value = now.id;
    choice.addEventListener('change', () => choose(choice.value));
    return choice.options.length > 1 ? [make('p', { class: 'story-line' }, make('label', { for: choice.id }, word('editor.shape')), choice)] : [];
  };

  /** @type {Prepbook['makeStoryEditor']} */
  prepbook.makeStoryEditor = ({ store, id, fresh, shapes, question, isWhole }) => {
    const name = `story-${++editors}`;
    const story = () => /** @type {Frozen<Story>} */ (store.doc.stories[id] ?? fresh);
    const canWrite = () => store.status !== 'newer';
    const possible = shapes.map((shape) => data.frameworks.find((one) => one.id === shape)).filter((one) => one !== undefined);
    const shape = () => shapeOf(story(), possible);
    const keeper = makeKeeper({ store, id, question, fresh: () => fresh, shapeId: () => shape().id });
    const fields = makeFields(name, canWrite, keeper);
    /** @type {Editing} */
    const editor = { name, store, story, canWrite, keeper, fields };
    const { parts, showParts, beats } = makeParts(name, fields, story, shape, () => {
      lookSoon();
      figures.offerSoon();
    });
    const { noticed, look, lookSoon } = makeNotice(name, beats, shape);
    const figures = prepbook.makeFigures(editor, () => beats().map(({ area }) => area.value));

    const title = fields.line(word('editor.title'), isWhole ? `${word('editor.title-hint')} ${word('editor.title-empty')}` : word('editor.title-empty'), () => story().title, (one, value) => (one.title = value), { maxlength: '200' });
    const headline = () => fields.line(word('editor.headline'), word('editor.headline-hint'), () => story().headline ?? '', (one, value) => (one.headline = value), { maxlength: '500' });
    const choice = makeShapeChoice(name, isWhole ? data.frameworks : possible, shape(), (framework) => {
      keeper.waiting.set(parts, (one) => (one.framework = framework));
      keeper.now();
      // Until its first letter a story is only here.
      fresh = { ...fresh, framework };
      showParts();
      look();
    });
    showParts();
    const element = make('div', { class: 'story-editor' },
      title, ...(isWhole ? [headline()] : []), ...choice,
      make('div', { class: 'beats-and-notice' }, parts, noticed),
      figures.element, ...(isWhole ? [makeFacts(editor)] : []), ...makeFits(editor, question, isWhole), ...(isWhole ? makePrinciples(editor) : []), keeper.state);

    const stop = store.listen(() => {
      if (!element.isConnected && keeper.waiting.size === 0) return stop();
      for (const show of fields.shown) show();
      keeper.tell();
      look();
      figures.offer();
    });
    look();
    figures.offer();
    element.addEventListener('focusout', keeper.keep);
    return { element, focus: () => (isWhole ? title.querySelector('input') : beats()[0]?.area)?.focus(), flush: keeper.flush };
  };
})();
