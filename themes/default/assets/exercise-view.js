// An exercise full screen, from its set-up to its summary: shows what exercise.js says, tells it what the reader does, and
// keeps what comes of it.
// @ts-check
(() => {
  'use strict';
  const { make, clocks, draws, exercises, home } = prepbook;
  const { now, stayAwake } = prepbook.watch;
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

  // ---------- what is kept ----------

  /** @type {Store | null} */
  let store = null;
  const opening = prepbook.loadStore().catch(() => null);
  /** Only after what the reader did is seen. */
  const change = async (/** @type {(doc: Doc) => void} */ edit) => {
    await new Promise((done) => setTimeout(done));
    return (await opening)?.change(edit) ?? false;
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
  const keepDone = async () => {
    const its = state;
    if (its.at === 'idle') return;
    const isKept = await change((doc) => exercises.put(doc, its));
    if (state.at === 'done') kept.textContent = isKept ? 'Your answers are kept in this browser.' : 'Nothing of this is kept: this browser stores nothing for this page.';
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
    keys.replaceChildren(...(at === 'ready' ? [hold, stop] : [turn, forward, ...(totalOf(its.parts.map(({ ms }) => ms)) < untimed ? [more] : []), stop]));
    keys.hidden = isAsked;
    question.textContent = state.results.length ? 'End here? What you have answered is kept.' : 'End here? Nothing was answered yet.';
    dialog.replaceChildren(top, middle, keys, ...(isAsked ? [ask] : []), status);
  };

  // ---------- rating ----------

  /** @type {ReturnType<Prepbook['makeRating']> | null} */
  let rating = null;
  const showRating = () => {
    const its = current();
    if (state.at !== 'rating' || !its?.scale || !state.result) return;
    clearMarks();
    const { ms, over } = state.result;
    const plan = totalOf(its.parts.map(({ ms }) => ms));
    const told = plan >= untimed ? time(ms) : `${time(ms)} of ${time(plan)}${over >= 1000 ? `, ${time(over)} over` : ''}`;
    dialog.setAttribute('data-done', '');
    rating = prepbook.makeRating({ turn: its, scale: its.scale, doc: docNow(), button, rate });
    heading.textContent = rating.heading;
    heading.className = '';
    where.replaceChildren(make('span', { class: 'q' }, `${state.i + 1} of ${state.turns.length}`), ' ', make('span', { class: its.kind === 'cover' ? '' : 'said' }, its.text));
    top.replaceChildren(where, leave);
    after.replaceChildren(heading, make('p', { class: 'run-told' }, told), ...rating.content);
    dialog.replaceChildren(top, after, status);
    dialog.scrollTop = 0;
    say('');
  };
  const rate = (/** @type {number} */ value) => {
    if (state.at !== 'rating' || !rating) return;
    const { id: chosen, title: name } = rating.story();
    const story = name ? newId() : current()?.kind === 'opening' ? (state.options.story ?? '') : chosen;
    if (name) void change((doc) => void (doc.stories[story] ??= { title: name }));
    apply({ type: 'rate', now: now(), rating: value, rubric: rating.scores(), story: story || undefined });
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
      state: its, title, doc: docNow(), handbook, scales: prepbook.ratings.scales, rubric: prepbook.ratings.rubric, time, home,
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
      ...(again.length ? [button('go', () => repeat(its, again), again.length > 1 ? `Repeat the weakest ${again.length}` : 'Repeat the weakest')] : []));
    keys.hidden = false;
    dialog.replaceChildren(top, after, keys, status);
    dialog.scrollTop = 0;
    say('');
    heading.focus();
  };

  // ---------- set-up ----------

  const newSeed = () => draws.seedOf(numbers(6));
  /** @type {(options: Record<string, string>, seed: string, isShared: boolean) => Turn[]} */
  const turnsFor = (options, seed, isShared) => exercises.turns({ tool, seed, options, handbook, data, doc: docNow(), now: Date.now(), isShared });
  /** @type {ReturnType<Prepbook['makeSetUp']> | null} */
  let form = null;
  const start = (/** @type {string} */ seed, /** @type {Record<string, string>} */ options, /** @type {Turn[]} */ turns) => {
    kept.textContent = '';
    apply({ type: 'start', now: now(), tool, seed, options, turns });
    if (state.at === 'ready') begun = state.begun;
    show();
    goOn();
    keepRun();
  };
  const begin = () => {
    if (!form) return;
    const { options, seed, isShared } = form.chosen();
    const own = seed || newSeed();
    start(own, options, turnsFor(options, own, isShared));
  };
  /** The turns of some of the questions alone. @type {(before: DoneExercise, only: string[]) => void} */
  const repeat = ({ options, turns }, only) => start(newSeed(), options, turns.filter(({ question, isAgain }) => question && only.includes(question) && !isAgain));

  /** @param {URLSearchParams} [given] */
  const setUp = (given = new URLSearchParams()) => {
    clearMarks();
    dialog.setAttribute('data-done', '');
    apply({ type: 'quit' });
    const doc = docNow();
    form = prepbook.makeSetUp({ tool, doc, questions: pageQuestions, given, button, newSeed, turnsFor, begin, showCard });
    const under = exercises.fromStore(doc.run, tool, now());
    const resume = under.at === 'idle' || under.at === 'done' ? [] : [make('div', { class: 'exercise-resume' }, make('p', {}, `You were at ${under.i + 1} of ${under.turns.length}.`), button('', () => takeUp(under), 'Go on with it'))];
    heading.textContent = title;
    heading.className = '';
    where.replaceChildren('Set up');
    top.replaceChildren(where, close);
    after.replaceChildren(heading, form.outline, ...resume, form.form, form.linkLine);
    keys.replaceChildren(...form.buttons);
    keys.hidden = false;
    for (const one of [top, keys]) one.removeAttribute('inert');
    dialog.replaceChildren(top, after, keys, status);
    heading.focus();
  };
  const showCard = () => {
    if (!form || !hasResults(showCard)) return;
    const { options, seed } = form.chosen();
    clearMarks();
    dialog.setAttribute('data-done', '');
    dialog.setAttribute('data-print', '');
    heading.textContent = 'The interviewer’s card';
    where.replaceChildren(title);
    after.replaceChildren(heading, prepbook.makeExerciseCard({ turns: turnsFor(options, seed, true), options, seed, handbook, rubric: prepbook.ratings.rubric, degrees: prepbook.ratings.degrees, time }));
    keys.replaceChildren(button('', () => setUp(new URLSearchParams({ ...options, seed })), 'Back'), button('go', () => print(), 'Print'));
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
    } else if (state.at === 'idle' && event.key === 'Enter' && !isOnControl(event.target) && !event.repeat && form?.form.isConnected) {
      event.preventDefault();
      form.form.requestSubmit();
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
    store = await opening;
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
