// An exercise full screen, from its set-up to its summary: shows what exercise.js says, tells it what the reader does, and
// keeps what comes of it.
// @ts-check
(() => {
  'use strict';
  const { make, clocks, draws, exercises, home } = prepbook;
  const handbook = prepbookHandbook;
  const data = prepbookExercises;
  const root = document.documentElement;
  const { totalOf, untimed } = exercises;
  const time = (/** @type {number} */ ms) => {
    const seconds = Math.round(Math.abs(ms) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  /** Left of a plan in whole seconds, so that `0:00` is the end; and over it. */
  const rest = (/** @type {number} */ ms) => (ms > 0 ? time(Math.ceil(ms / 1000) * 1000) : time(Math.floor(-ms / 1000) * 1000));
  const key = (/** @type {string} */ name) => make('kbd', {}, name);
  const button = (/** @type {string} */ kind, /** @type {() => void} */ act, /** @type {(Node | string)[]} */ ...inside) => {
    const element = make('button', { type: 'button', class: `button ${kind}` }, ...inside);
    element.addEventListener('click', ({ detail }) => {
      act();
      // Whoever points has the keys left for the whole, not for the button pressed last.
      if (detail && element.isConnected && !element.hidden && (state.at === 'running' || state.at === 'ready')) heading.focus();
    });
    return element;
  };
  const numbers = (/** @type {number} */ count) => crypto.getRandomValues(new Uint8Array(count));
  const newId = () => Array.from(numbers(16), (byte) => byte.toString(16).padStart(2, '0')).join('');

  // ---------- time ----------

  let wasHidden = false;
  document.addEventListener('visibilitychange', () => (wasHidden ||= document.hidden));
  document.addEventListener('freeze', () => (wasHidden = true));
  /** @returns {Reading} */
  const now = () => {
    const reading = { wall: Date.now(), steady: performance.now(), origin: performance.timeOrigin, wasHidden };
    wasHidden = document.hidden;
    return reading;
  };

  // ---------- what is kept ----------

  /** @type {Store | null} */
  let store = null;
  /** Only after what the reader did is seen. */
  const change = async (/** @type {(doc: Doc) => void} */ edit) => {
    await new Promise((done) => setTimeout(done));
    return (await store?.change(edit)) ?? false;
  };
  const blank = /** @type {Frozen<Doc>} */ ({ app: 'prepbook', schema: 1, createdAt: '', updatedAt: '', settings: {}, plan: null, ticks: {}, stories: {}, questions: {}, attempts: [], audio: [], run: null, gone: {} });
  const docNow = () => store?.doc ?? blank;
  let begun = '';
  const keepRun = () => {
    const run = exercises.toStore(state);
    // Each tab goes on with its own.
    history.replaceState(run && { exercise: run }, '');
    // Search and the practice page lead back to it.
    const at = state.at === 'idle' || state.at === 'done' ? null : { title: `${title}, ${state.i + 1} of ${state.turns.length}`, url: `${location.href.slice(prepbook.folder.href.length).replace(/[?#].*/s, '')}#continue` };
    prepbook.keep('continue', at && JSON.stringify(at));
    void change((doc) => {
      if (run || doc.run?.startedAt === begun) doc.run = run;
    });
  };
  /** Puts into the document what is done of an exercise. */
  const put = (/** @type {Doc} */ doc, /** @type {ExerciseBase} */ its) => {
    for (const attempt of exercises.attempts(its)) {
      const old = doc.attempts.find(({ id }) => id === attempt.id);
      if (old) Object.assign(old, attempt);
      else doc.attempts.push(attempt);
      if (!attempt.question || tool === 'story-swap') continue;
      const about = (doc.questions[attempt.question] ??= {});
      if (!old) about.count = (about.count ?? 0) + 1;
      if ((about.last ?? '') > attempt.startedAt) continue;
      about.last = attempt.startedAt;
      if (attempt.rating !== undefined) about.rating = attempt.rating;
    }
    for (const { turn, story, rating } of its.results) {
      const { theme } = its.turns[turn];
      if (story && theme && rating !== undefined && doc.stories[story]) (doc.stories[story].fit ??= {})[theme] = rating;
    }
  };
  const keepDone = async () => {
    const its = state;
    if (its.at === 'idle') return;
    const isKept = await change((doc) => put(doc, its));
    if (state.at === 'done') kept.textContent = isKept ? 'Your answers are kept in this browser.' : 'Nothing of this is kept: this browser stores nothing for this page.';
  };

  // ---------- the screen stays awake ----------

  /** @type {WakeLockSentinel | null} */
  let awake = null;
  const stayAwake = async (/** @type {boolean} */ isWanted) => {
    try {
      if (!isWanted) await awake?.release();
      else if (!awake || awake.released) awake = (await navigator.wakeLock?.request('screen')) ?? null;
    } catch {
      // Refused, for example to save the battery: the clock is right all the same.
    }
  };

  // ---------- the parts ----------

  /** @type {ExerciseState} */
  let state = exercises.idle;
  let tool = '';
  let title = '';
  /** @type {string[]} */
  let pageQuestions = [];

  const heading = make('h2', { id: 'run_title', tabindex: '-1' });
  const status = make('p', { class: 'vh', role: 'status' });
  const kept = make('p', { class: 'hint run-kept', role: 'status' });
  const where = make('p', { class: 'run-shape' });
  const phases = make('ol', { class: 'run-phases' });
  const fill = make('div', { class: 'run-fill' });
  const head = make('div', { class: 'run-head' });
  const track = make('div', { class: 'run-track', 'aria-hidden': 'true' }, fill, head);
  const note = make('p', { class: 'run-note' });
  const list = make('ul', { class: 'run-list said' });
  const interruption = make('p', { class: 'run-interruption said', role: 'alert' });
  const part = make('b');
  const partLeft = make('span');
  const left = make('b');
  const leftWord = make('span');
  const leave = button('quiet', () => escape(), 'End ', key('Esc'));
  const close = button('quiet', () => quit(), 'Close ', key('Esc'));
  const turn = button('', () => act('turn'), 'Pause ', key('Space'));
  const hold = button('', () => act('hold'), 'Wait');
  const forward = button('', () => act('next'), 'Next part ', key('→'));
  const more = button('', () => act('more'), '30 s more ', key('+'));
  const stop = button('go', () => finish(), 'Done ', key('Enter'));
  const stay = button('', () => act('stay'), 'Go on');
  const question = make('p', { id: 'run_ask' });
  const ask = make('div', { class: 'run-ask', role: 'group', 'aria-labelledby': 'run_ask' }, question, button('', () => end(), 'End'), stay);
  const keys = make('div', { class: 'run-keys' });
  const after = make('div', { class: 'run-after' });
  const top = make('div', { class: 'run-top' });
  const middle = make('div', { class: 'run-middle' });
  const nowLine = make('div', { class: 'run-now' }, make('p', { class: 'run-part' }, part, partLeft), make('p', { class: 'run-left', role: 'timer' }, left, leftWord));
  const dialog = make('dialog', { class: 'run exercise', 'aria-labelledby': heading.id });
  document.body.append(dialog);

  const current = () => (state.at === 'idle' ? undefined : state.turns[state.i]);
  /** What the turn is about, `Q17`. */
  const numberOf = (/** @type {string | undefined} */ id) => {
    const number = handbook.questions.find((one) => one.id === id)?.number;
    return number ? `Q${number}` : '';
  };
  const clearMarks = () => {
    for (const name of ['data-over', 'data-part-over', 'data-paused', 'data-done', 'data-ready', 'data-print']) dialog.removeAttribute(name);
  };

  // ---------- while it runs ----------

  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** What was said last, so that only news is said. */
  let said = '';
  const say = (/** @type {string} */ text) => {
    if (text !== said) status.textContent = said = text;
  };

  const drawParts = (/** @type {Turn} */ { parts }) => {
    phases.hidden = parts.length < 2;
    phases.setAttribute('aria-label', `Parts: ${time(totalOf(parts.map(({ ms }) => ms)))}`);
    phases.replaceChildren(
      ...parts.map((one) => {
        const cell = make('li', {}, make('span', { class: 'word' }, one.title), make('span', { class: 'letter', 'aria-hidden': 'true' }, one.title[0]), ' ', make('i', {}, `${Math.round(one.ms / 1000)} s`));
        cell.style.flexGrow = `${one.ms}`;
        return cell;
      }),
    );
  };
  const drawReady = (/** @type {OpenExercise | LeavingExercise} */ its) => {
    const { left: ms, isPaused } = clocks.show(its.clock, now());
    part.textContent = isPaused ? 'Take your time' : 'Breathe';
    partLeft.textContent = isPaused ? 'the clock waits for you' : 'read it, then answer aloud';
    partLeft.hidden = false;
    left.textContent = isPaused ? '' : `${Math.max(0, Math.ceil(ms / 1000))}`;
    leftWord.textContent = isPaused ? '' : 'until the clock starts';
    head.style.left = fill.style.width = '0%';
    turn.firstChild?.replaceWith('Start ');
    hold.textContent = isPaused ? 'Count down' : 'Wait';
    interruption.textContent = '';
    dialog.toggleAttribute('data-paused', isPaused);
  };
  const drawRunning = (/** @type {OpenExercise | LeavingExercise} */ its) => {
    const turnNow = its.turns[its.i];
    const { nth, spent, left: ms, leftInPart, share, isPaused } = clocks.show(its.clock, now());
    const { plan } = its.clock;
    const isTimed = totalOf(plan) < untimed;
    const isOver = ms <= -1000;
    const isPartOver = leftInPart <= -1000;
    const done = plan.slice(0, nth).reduce((sum, one) => sum + one, 0);
    const step = calm.matches ? 1000 : 1;
    head.style.left = fill.style.width = isTimed ? `${((Math.floor((done + share * plan[nth]) / step) * step) / totalOf(plan)) * 100}%` : '0%';
    dialog.toggleAttribute('data-over', isOver);
    dialog.toggleAttribute('data-part-over', isPartOver);
    dialog.toggleAttribute('data-paused', isPaused);
    Array.from(phases.children).forEach((cell, place) => {
      cell.toggleAttribute('data-done', place < nth);
      if (place === nth) cell.setAttribute('aria-current', 'step');
      else cell.removeAttribute('aria-current');
    });
    const isLast = nth === plan.length - 1;
    part.textContent = turnNow.parts[nth].title;
    partLeft.textContent = isPaused ? 'paused' : isPartOver && !isOver ? `${rest(leftInPart)} over, move on` : isOver ? 'come to an end' : `${rest(leftInPart)} left in this part`;
    partLeft.hidden = plan.length === 1 && !isPaused && !isOver;
    left.textContent = isTimed ? `${isOver ? '+' : ''}${rest(ms)}` : time(Math.floor(spent / 1000) * 1000);
    leftWord.textContent = isTimed ? (isOver ? 'over' : 'left') : 'so far';
    turn.firstChild?.replaceWith(isPaused ? 'Go on ' : 'Pause ');
    forward.hidden = plan.length === 1;
    forward.setAttribute('aria-disabled', `${isLast}`);
    const words = exercises.interruption(turnNow, spent);
    if (interruption.textContent !== words) interruption.textContent = words;
    if (isPaused) say('Paused');
    else if (isOver) say('Over time');
    else if (isTimed && ms <= 10_000) say('10 seconds left');
    else say(plan.length > 1 ? `${turnNow.parts[nth].title}, ${Math.round(plan[nth] / 1000)} seconds` : '');
  };
  const draw = () => {
    const at = state.at === 'leaving' ? state.was : state.at;
    if (state.at === 'idle' || state.at === 'done') return;
    if (at === 'ready') drawReady(state);
    else if (at === 'running') drawRunning(state);
  };

  let beats = 0;
  /** Draws as often as the browser lets it, and seldom where nobody looks. */
  const beat = (/** @type {number} */ nth) => {
    if (nth !== beats || (state.at !== 'running' && state.at !== 'ready')) return;
    const before = state.at;
    state = exercises.step(state, { type: 'read', now: now() });
    if (state.at !== before) {
      show();
      keepRun();
    } else draw();
    if ((state.at === 'running' || state.at === 'ready') && state.clock.since) document.hidden ? setTimeout(beat, 1000, nth) : requestAnimationFrame(() => beat(nth));
  };
  const goOn = () => {
    draw();
    beats += 1;
    beat(beats);
    void stayAwake(state.at === 'running' || state.at === 'ready');
  };

  const showTurn = () => {
    const its = current();
    if (!its || state.at === 'idle' || state.at === 'done') return;
    const isAsked = state.at === 'leaving';
    const at = state.at === 'leaving' ? state.was : state.at;
    clearMarks();
    dialog.toggleAttribute('data-ready', at === 'ready');
    const kind = its.isAgain ? 'Again, as it was stuck' : its.kind === 'follow-up' ? 'Follow-up' : its.round ? `Round ${its.round} of 3` : numberOf(its.question);
    where.replaceChildren(make('span', { class: 'q' }, `${state.i + 1} of ${state.turns.length}`), ` ${title}`, ...(kind ? [`, ${its.kind === 'follow-up' || its.round ? kind.toLowerCase() : kind}`] : []));
    for (const one of [top, middle, keys]) one.toggleAttribute('inert', isAsked);
    heading.textContent = its.text;
    heading.className = its.kind === 'cover' ? '' : 'said';
    note.textContent = its.isAgain ? `In other words than before. After: ${its.note}` : its.kind === 'follow-up' ? `After: ${its.note}` : its.note;
    note.hidden = !note.textContent;
    list.hidden = !its.list?.length;
    list.replaceChildren(...(its.list ?? []).map((text) => make('li', {}, text)));
    drawParts(its);
    top.replaceChildren(where, leave, phases, track);
    middle.replaceChildren(make('div', {}, heading, note, list), interruption, nowLine);
    stop.firstChild?.replaceWith(at === 'ready' ? 'Start ' : state.i + 1 === state.turns.length && !its.scale ? 'Finish ' : 'Done ');
    keys.replaceChildren(...(at === 'ready' ? [hold, stop] : [turn, forward, ...(planOf(its) < untimed ? [more] : []), stop]));
    keys.hidden = isAsked;
    question.textContent = state.results.length ? 'End here? What you have answered is kept.' : 'End here? Nothing was answered yet.';
    dialog.replaceChildren(top, middle, keys, ...(isAsked ? [ask] : []), status);
  };

  // ---------- rating ----------

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

  /** @type {HTMLSelectElement | null} */
  let storyChoice = null;
  /** @type {HTMLInputElement | null} */
  let storyTitle = null;
  const storyFields = () => {
    const known = Object.entries(docNow().stories);
    storyChoice = make('select', { id: 'run_story' }, make('option', { value: '' }, known.length ? 'None, or a new one' : 'None yet'), ...known.map(([id, one]) => make('option', { value: id }, one.title)));
    storyTitle = make('input', { id: 'run_story_title', type: 'text', autocomplete: 'off', maxlength: '120' });
    return make('div', { class: 'exercise-fields' },
      ...(known.length ? [make('p', {}, make('label', { for: storyChoice.id }, 'The story you told'), storyChoice)] : []),
      make('p', {}, make('label', { for: storyTitle.id }, known.length ? 'Or a new one, in a few words' : 'The story you told, in a few words'), storyTitle));
  };
  const rubricFields = () => make('details', { class: 'run-rubric' }, make('summary', {}, 'Score it by the rubric'),
    ...rubric.map(([id, name, meaning]) => make('fieldset', {}, make('legend', {}, make('b', {}, name), ` ${meaning}`),
      ...degrees.map((degree, nth) => make('label', {}, make('input', { type: 'radio', name: `rubric-${id}`, value: `${nth}` }), `${nth} ${degree}`)))));

  const showRating = () => {
    const its = current();
    if (state.at !== 'rating' || !its?.scale || !state.result) return;
    clearMarks();
    const { ms, over } = state.result;
    const plan = planOf(its);
    dialog.setAttribute('data-done', '');
    const { scale } = its;
    const told = plan >= untimed ? time(ms) : `${time(ms)} of ${time(plan)}${over >= 1000 ? `, ${time(over)} over` : ''}`;
    heading.textContent = scale === 'held' ? 'Did it hold?' : scale === 'fit' ? (its.kind === 'cover' ? 'Have you a story for it?' : 'Does the story fit?') : 'How was it?';
    heading.className = '';
    where.replaceChildren(make('span', { class: 'q' }, `${state.i + 1} of ${state.turns.length}`), ' ', make('span', { class: its.kind === 'cover' ? '' : 'said' }, its.text));
    const rates = places(scale).map((value, nth) => {
      const [name, meaning] = scales[scale][value];
      return button('rate', () => rate(value), make('b', {}, name), key(`${nth + 1}`), make('span', {}, meaning));
    });
    storyChoice = storyTitle = null;
    const fields = its.kind === 'cover' ? [storyFields()] : scale === 'rating' ? [rubricFields()] : [];
    top.replaceChildren(where, leave);
    after.replaceChildren(heading, make('p', { class: 'run-told' }, told), ...(its.kind === 'cover' ? fields : []), make('div', { class: 'run-rates', role: 'group', 'aria-label': heading.textContent }, ...rates), ...(its.kind === 'cover' ? [] : fields));
    dialog.replaceChildren(top, after, status);
    dialog.scrollTop = 0;
    say('');
  };
  const rate = (/** @type {number} */ value) => {
    if (state.at !== 'rating') return;
    const scores = Object.fromEntries(rubric.flatMap(([id]) => {
      const chosen = /** @type {HTMLInputElement | null} */ (after.querySelector(`[name="rubric-${id}"]:checked`));
      return chosen ? [[id, Number(chosen.value)]] : [];
    }));
    const its = current();
    let story = its?.kind === 'opening' ? (state.options.story ?? '') : (storyChoice?.value ?? '');
    const name = storyTitle?.value.trim() ?? '';
    if (name) {
      const id = (story = newId());
      void change((doc) => void (doc.stories[id] ??= { title: name }));
    }
    apply({ type: 'rate', now: now(), rating: value, rubric: scores, story: story || undefined });
    show();
    goOn();
    void keepDone();
    keepRun();
    void prepbook.load('results').catch(() => {});
  };

  // ---------- afterwards ----------

  /** What shows results comes when there are some. Gives whether it is here; draws once it is. */
  const hasResults = (/** @type {() => void} */ show) => {
    if (/** @type {Partial<Prepbook>} */ (prepbook).makeExerciseResult) return true;
    heading.textContent = 'Loading';
    after.replaceChildren(heading);
    keys.replaceChildren();
    dialog.replaceChildren(top, after, keys, status);
    prepbook.load('results').then(show, () => (heading.textContent = 'This could not be loaded. What you answered is kept: close this, and try again once you are connected.'));
    return false;
  };
  const showDone = () => {
    if (state.at !== 'done') return;
    clearMarks();
    where.replaceChildren(title);
    top.replaceChildren(where, close);
    for (const one of [top, keys]) one.removeAttribute('inert');
    if (!hasResults(showDone)) return;
    const its = state;
    const { headline, content, again } = prepbook.makeExerciseResult({
      state: its, title, doc: docNow(), handbook, scales, rubric, time, home,
      correct: (id, rating) => {
        apply({ type: 'correct', id, rating });
        void keepDone();
      },
    });
    dialog.setAttribute('data-done', '');
    dialog.setAttribute('data-print', '');
    heading.textContent = headline;
    heading.className = '';
    after.replaceChildren(heading, content, kept);
    keys.replaceChildren(button('', () => setUp(), 'Set up anew'), button('', () => print(), tool === 'mock-interview' ? 'Print the debrief' : 'Print'),
      ...(again.length ? [button('go', () => begin(again, its), again.length > 1 ? `Repeat the weakest ${again.length}` : 'Repeat the weakest')] : []));
    keys.hidden = false;
    dialog.replaceChildren(top, after, keys, status);
    dialog.scrollTop = 0;
    say('');
    heading.focus();
  };

  // ---------- set-up ----------

  const option = (/** @type {string} */ value, /** @type {string} */ text) => make('option', { value }, text);
  const companies = () => [option('', 'Any'), ...handbook.companies.map(({ id, title }) => option(id, title))];
  const questionTitle = (/** @type {string} */ id) => handbook.questions.find((one) => one.id === id)?.title ?? id;
  /** @type {Record<string, () => [string, string, HTMLOptionElement[], string?][]>} */
  const fieldsOf = {
    'two-minute-drill': () => [['company', 'Company', companies()], ['count', 'Questions', [option('10', '10'), option('5', '5'), option('3', '3')]], ['length', 'Length of an answer', [option('', 'As its shape plans'), option('60', '1:00'), option('90', '1:30'), option('120', '2:00'), option('180', '3:00'), option('none', 'No clock')]]],
    'follow-up-gauntlet': () => [['company', 'Company', companies()], ['count', 'Answers, five follow-ups each', [option('3', '3'), option('1', '1'), option('5', '5')]]],
    'story-swap': () => [['story', 'Your story', [...Object.entries(docNow().stories).map(([id, one]) => option(id, one.title)), option('', 'Another one')]]],
    'weakness-test': () => [['what', 'Under pressure', [...pageQuestions.map((id) => option(id, questionTitle(id))), option('3', 'My three weakest answers'), option('5', 'My five weakest answers')]]],
    'story-matrix': () => [['themes', 'Themes', [option('', 'Those of the core'), option('all', 'All')]]],
    'mock-interview': () => [['company', 'Company', companies()], ['level', 'Level', [option('', 'Any'), option('junior', 'Junior'), option('senior', 'Senior'), option('staff', 'Staff')]], ['minutes', 'Length', [option('45', '45 minutes'), option('30', '30 minutes')]]],
  };
  /** Whether the tool asks the same of all, whatever they did before. */
  const isAlwaysShared = () => tool === 'mock-interview';
  const hasSets = () => tool !== 'story-matrix';
  const form = make('form', { class: 'exercise-fields' });
  const planOf = (/** @type {Turn} */ { parts }) => totalOf(parts.map(({ ms }) => ms));
  const outline = make('p', { class: 'run-told', role: 'status' });
  const linkLine = make('div', { class: 'exercise-link', role: 'status' });
  const chosen = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const isShared = () => isAlwaysShared() || chosen().by === 'seed';
  const seedNow = () => draws.readSeed(chosen().seed ?? '') ?? '';

  /** @type {(options: Record<string, string>, seed: string, isShared: boolean) => Turn[]} */
  const turnsFor = (options, seed, isShared) => exercises.turns({ tool, seed, options, handbook, data, doc: docNow(), now: Date.now(), isShared });
  /** The turns of some of the questions alone. @type {(turns: Turn[], only: string[]) => Turn[]} */
  const only = (turns, only) => turns.filter((one) => one.question && only.includes(one.question) && !one.isAgain);
  const begin = (/** @type {string[]} */ these = [], /** @type {DoneExercise | null} */ before = null) => {
    const { by, seed: _, ...options } = before ? { ...before.options, by: '', seed: '' } : chosen();
    const seed = before ? draws.seedOf(numbers(6)) : seedNow() || draws.seedOf(numbers(6));
    const turns = before ? only(before.turns, these) : turnsFor(options, seed, isShared());
    kept.textContent = '';
    apply({ type: 'start', now: now(), tool, seed, options, turns });
    if (state.at === 'ready') begun = state.begun;
    show();
    goOn();
    keepRun();
  };
  const linkOf = () => {
    const { by: _, ...options } = chosen();
    const address = new URL(location.href);
    address.hash = '';
    address.search = new URLSearchParams(Object.entries({ ...options, seed: seedNow() }).filter(([, value]) => value)).toString();
    return address.href;
  };
  const showLink = async () => {
    const field = make('input', { id: 'exercise_link', readonly: '', value: linkOf() });
    const text = make('label', { for: field.id }, 'Whoever opens this gets the same set.');
    linkLine.replaceChildren(text, field);
    try {
      await navigator.clipboard.writeText(field.value);
      text.textContent = 'Copied. Whoever opens this gets the same set.';
    } catch {
      field.select();
    }
  };
  const drawForm = () => {
    const seed = form.querySelector('.exercise-seed');
    if (seed instanceof HTMLElement) seed.hidden = !isShared();
    const titleField = form.querySelector('.exercise-title');
    if (titleField instanceof HTMLElement) titleField.hidden = Boolean(chosen().story);
    for (const one of [copyLink, card]) one.hidden = !isShared() || !hasSets();
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector('[name="seed"]'));
    field?.setAttribute('aria-invalid', `${isShared() && !seedNow()}`);
    const { by: _, seed: __, ...options } = chosen();
    const turns = turnsFor(options, seedNow() || '000000', isShared());
    // A few seconds go to each rating.
    const ms = totalOf(turns.map((one) => one.breath + Math.min(planOf(one), 120_000) + (one.scale ? 8000 : 0)));
    const count = (/** @type {number} */ number, /** @type {string} */ word) => `${number} ${word}${number === 1 ? '' : 's'}`;
    const follows = turns.filter(({ kind }) => kind === 'follow-up').length;
    const others = turns.length - follows - (turns.at(-1)?.kind === 'ask' ? 1 : 0);
    outline.textContent = `${count(others, tool === 'story-matrix' ? 'theme' : tool === 'story-swap' ? 'question' : 'answer')}${follows ? `, ${count(follows, 'follow-up')}` : ''}${turns.at(-1)?.kind === 'ask' ? ', your own questions' : ''}: about ${count(Math.round(ms / 60_000), 'minute')}.`;
    linkLine.replaceChildren();
  };
  form.addEventListener('input', drawForm);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isShared() || seedNow()) begin();
  });
  const copyLink = button('', () => void showLink(), 'Copy a link to this set');
  const card = button('', () => showCard(), 'The interviewer’s card');
  const start = make('button', { type: 'submit', class: 'button go', form: 'exercise_form' }, 'Start ', key('Enter'));
  form.id = 'exercise_form';

  /** @param {URLSearchParams} [given] */
  const setUp = (given = new URLSearchParams()) => {
    clearMarks();
    dialog.setAttribute('data-done', '');
    apply({ type: 'quit' });
    const doc = docNow();
    /** @type {Record<string, string | undefined>} */
    const defaults = { company: doc.plan?.company, level: doc.plan?.level };
    const rows = (fieldsOf[tool]?.() ?? []).map(([name, label, options]) => {
      const select = make('select', { id: `exercise_${name}`, name }, ...options);
      const wanted = given.get(name) ?? defaults[name] ?? '';
      if (options.some(({ value }) => value === wanted)) select.value = wanted;
      else select.selectedIndex = 0;
      return make('p', {}, make('label', { for: select.id }, label), select);
    });
    if (tool === 'story-swap') {
      const field = make('input', { id: 'exercise_title', name: 'title', type: 'text', autocomplete: 'off', maxlength: '120', value: given.get('title') ?? '' });
      rows.push(make('p', { class: 'exercise-title' }, make('label', { for: field.id }, 'What it is called, in a few words'), field));
    }
    const seed = given.get('seed') ?? '';
    if (hasSets() && !isAlwaysShared()) {
      const by = make('select', { id: 'exercise_by', name: 'by' }, option('', 'For me: what is weak comes more often'), option('seed', 'By a seed: others get the same'));
      by.value = seed ? 'seed' : '';
      rows.push(make('p', {}, make('label', { for: by.id }, 'Questions are chosen'), by));
    }
    if (hasSets()) {
      const field = make('input', { id: 'exercise_seed', name: 'seed', type: 'text', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '8', value: draws.readSeed(seed) ?? draws.seedOf(numbers(6)), 'aria-describedby': 'exercise_seed_hint' });
      rows.push(make('p', { class: 'exercise-seed' }, make('label', { for: field.id }, 'Seed'), field, make('span', { id: 'exercise_seed_hint', class: 'hint' }, 'Six letters or digits. The same seed gives the same questions.')));
    }
    form.replaceChildren(...rows);
    const under = exercises.fromStore(doc.run, tool, now());
    const resume = under.at === 'idle' || under.at === 'done' ? [] : [make('div', { class: 'exercise-resume' }, make('p', {}, `You were at ${under.i + 1} of ${under.turns.length}.`), button('', () => takeUp(under), 'Go on with it'))];
    heading.textContent = title;
    heading.className = '';
    where.replaceChildren('Set up');
    top.replaceChildren(where, close);
    after.replaceChildren(heading, outline, ...resume, form, linkLine);
    keys.replaceChildren(copyLink, card, start);
    keys.hidden = false;
    for (const one of [top, keys]) one.removeAttribute('inert');
    drawForm();
    dialog.replaceChildren(top, after, keys, status);
    heading.focus();
  };
  const showCard = () => {
    const { by: _, seed: __, ...options } = chosen();
    if (!seedNow() || !hasResults(showCard)) return;
    clearMarks();
    dialog.setAttribute('data-done', '');
    dialog.setAttribute('data-print', '');
    const given = new URLSearchParams({ ...options, seed: seedNow(), by: 'seed' });
    heading.textContent = 'The interviewer’s card';
    where.replaceChildren(title);
    after.replaceChildren(heading, prepbook.makeExerciseCard({ turns: turnsFor(options, seedNow(), true), options, seed: seedNow(), handbook, rubric, degrees, time }));
    keys.replaceChildren(button('', () => setUp(given), 'Back'), button('go', () => print(), 'Print'));
    dialog.replaceChildren(top, after, keys, status);
    dialog.scrollTop = 0;
    heading.focus();
  };

  // ---------- from state to state ----------

  const apply = (/** @type {ExerciseEvent} */ event) => {
    state = exercises.step(state, event);
  };
  const show = () => {
    const at = state.at === 'leaving' ? state.was : state.at;
    if (state.at === 'leaving' && at === 'rating') showLeavingRating();
    else if (at === 'ready' || at === 'running') showTurn();
    else if (at === 'rating') showRating();
    else if (at === 'done') showDone();
    else setUp();
    draw();
    if (state.at === 'leaving') stay.focus();
    else heading.focus();
  };
  const showLeavingRating = () => {
    for (const one of [top, after]) one.setAttribute('inert', '');
    question.textContent = 'End here? This answer is not rated yet.';
    dialog.append(ask);
  };
  const act = (/** @type {'turn' | 'hold' | 'next' | 'back' | 'more' | 'leave' | 'stay'} */ type) => {
    const { at } = state;
    apply({ type, now: now() });
    if (state.at !== at) {
      for (const one of [top, after]) one.removeAttribute('inert');
      show();
    }
    goOn();
    keepRun();
  };
  const finish = () => {
    apply({ type: 'finish', now: now(), id: newId() });
    show();
    goOn();
    void keepDone();
    keepRun();
  };
  const end = () => {
    apply({ type: 'end' });
    for (const one of [top, after]) one.removeAttribute('inert');
    if (state.at === 'idle') return quit();
    show();
    void stayAwake(false);
    void keepDone();
    keepRun();
  };
  const quit = () => {
    apply({ type: 'quit' });
    void stayAwake(false);
    if (begun) keepRun();
    begun = '';
    dialog.close();
  };
  const takeUp = (/** @type {ExerciseState} */ restored) => {
    state = restored;
    if (restored.at !== 'idle') begun = restored.begun;
    show();
    goOn();
    keepRun();
  };

  // ---------- keys ----------

  const isOnControl = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('button, a, select, input, summary'));
  const isTyping = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('input[type="text"], select'));
  /** @type {Record<string, () => void>} */
  const whileRunning = { ' ': () => act('turn'), ArrowRight: () => act('next'), ArrowLeft: () => act('back'), Enter: () => finish(), '+': () => act('more') };
  // Of the whole page, since nothing is focused after a click on the ground.
  document.addEventListener('keydown', (event) => {
    const place = event.target instanceof Element ? event.target.closest('dialog') : null;
    if (!dialog.open || (place && place !== dialog)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (!event.repeat) escape();
    } else if (state.at === 'rating') {
      const nth = Number(event.key) - 1;
      const rates = /** @type {NodeListOf<HTMLElement>} */ (after.querySelectorAll('.rate'));
      if (/^[1-4]$/.test(event.key) && rates[nth] && !event.repeat && !isTyping(event.target) && !root.hasAttribute('data-no-keys')) rates[nth].click();
    } else if ((state.at === 'running' || state.at === 'ready') && !isOnControl(event.target) && !event.repeat && Object.hasOwn(whileRunning, event.key)) {
      event.preventDefault();
      whileRunning[event.key]();
    } else if (state.at === 'idle' && event.key === 'Enter' && !isOnControl(event.target) && !event.repeat && start.isConnected) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  const escape = () => (state.at === 'leaving' ? act('stay') : state.at === 'idle' || state.at === 'done' ? quit() : act('leave'));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    escape();
  });
  // Where the browser closes it all the same, it waits and can be gone on with.
  dialog.addEventListener('close', () => {
    if (state.at === 'running' || state.at === 'ready') act('leave');
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && (state.at === 'running' || state.at === 'ready')) goOn();
  });

  // ---------- opened by the page ----------

  /** @type {Promise<unknown> | undefined} */
  let styled;
  const loadStyle = (/** @type {string[]} */ addresses) =>
    (styled ??= Promise.all(addresses.map((href) => new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href });
      // Without its style it is plain, and works.
      link.onload = link.onerror = done;
      document.head.append(link);
    }))));

  prepbook.openExercise = async (bar) => {
    const wanted = location.hash;
    tool = bar.dataset.tool ?? '';
    pageQuestions = (bar.dataset.questions ?? '').split(' ').filter(Boolean);
    title = document.querySelector('h1')?.textContent ?? '';
    store = await prepbook.loadStore().catch(() => null);
    await loadStyle((bar.dataset.style ?? '').split(' '));
    if (!dialog.open) dialog.showModal();
    if (state.at !== 'idle') return show();
    const under = exercises.fromStore(history.state?.exercise, tool, now());
    if (under.at !== 'idle') return takeUp(under);
    const left = exercises.fromStore(docNow().run, tool, now());
    history.replaceState(null, '', location.hash === '#continue' ? location.pathname + location.search : undefined);
    if (wanted === '#continue' && left.at !== 'idle') return takeUp(left);
    setUp(new URLSearchParams(location.search));
  };
})();
