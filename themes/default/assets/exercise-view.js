// An exercise full screen, from its set-up through its turns: shows what exercise.js says, tells it what the reader does, and
// keeps what comes of it. What comes after an answer is shown by exercise-end.js, loaded once the first one has begun.
// @ts-check
(() => {
  'use strict';
  const { make, word, clocks, draws, exercises } = prepbook;
  const { now, newId, key, isOnControl } = prepbook.runs;
  const { time, totalOf } = clocks;
  const handbook = prepbook.handbook;
  const root = document.documentElement;
  const { untimed } = exercises;

  /** @type {ExerciseState} */
  let state = exercises.idle;
  let tool = '';
  let title = '';
  /** @type {string[]} */
  let pageQuestions = [];
  const apply = (/** @type {ExerciseEvent} */ event) => void (state = exercises.step(state, event));
  const isOnClock = () => state.at === 'running' || state.at === 'ready';

  const run = prepbook.makeRun({
    kind: 'exercise',
    isOnClock,
    isTicking: () => (state.at === 'running' || state.at === 'ready') && state.clock.since !== null,
    tick: () => {
      const before = state.at;
      if (isOnClock()) apply({ type: 'read', now: now() });
      if (state.at === before) return draw();
      show();
      keepRun();
    },
    keyFor: ({ key, target }) => {
      if (state.at === 'rating') {
        const chosen = /** @type {NodeListOf<HTMLElement>} */ (after.querySelectorAll('.rate'))[Number(key) - 1];
        return /^[1-4]$/.test(key) && chosen && !isTyping(target) && !root.hasAttribute('data-no-keys') ? () => chosen.click() : undefined;
      }
      if (isOnControl(target)) return undefined;
      if (isOnClock()) return Object.hasOwn(whileRunning, key) ? whileRunning[key] : undefined;
      return state.at === 'idle' && key === 'Enter' && form?.form.isConnected ? () => form?.form.requestSubmit() : undefined;
    },
    escape: () => escape(),
    letGo: () => act('leave'),
    leave: () => end(),
    stay: () => act('stay'),
  });
  const { dialog, heading, status, kept, phases, track, part, partLeft, left, leftWord, question, ask, stay, button, say, change } = run;

  // ---------- what is kept ----------

  /** What was kept when the exercise opened. @type {Frozen<Doc>} */
  let seen;
  const docNow = () => prepbook.store?.doc ?? seen;
  let begun = '';
  const keepRun = () => {
    const its = exercises.toStore(state);
    // Each tab goes on with its own.
    history.replaceState(its && { exercise: its }, '');
    // Search and the practice page lead back to it.
    const at = state.at === 'idle' || state.at === 'done' ? null : { title: word('exercise.at', { title, nth: state.i + 1, n: state.turns.length }), url: `${location.href.slice(prepbook.folder.href.length).replace(/[?#].*/s, '')}#continue` };
    prepbook.keep('continue', at && JSON.stringify(at));
    // What has only been set up is kept by the tab alone.
    if (!prepbook.store && state.at === 'ready' && !state.i) return;
    void change((doc) => {
      if (its || doc.run?.startedAt === begun) doc.run = its;
    });
  };
  /** @type {Promise<unknown>} */
  let keeping = Promise.resolve();
  const keepDone = async () => {
    const its = state;
    if (its.at === 'idle') return;
    const isKept = await prepbook.load('results').then(() => change((doc) => prepbook.keptExercises.put(doc, its)), () => false);
    if (state.at === 'done') kept.textContent = isKept ? word('exercise.kept') : word('exercise.not-kept');
  };

  // ---------- the reader's voice ----------

  /** When the answer began that is recorded. */
  let spoken = '';
  const endVoice = () => {
    spoken = '';
    run.tellVoice('');
    return run.voice()?.end(keeping) ?? keeping;
  };
  /** Each answer to a question is recorded, with the follow-ups to it. */
  const followVoice = () => {
    const voice = run.voice();
    if (!voice || state.at === 'idle' || state.at === 'done') return;
    const its = state.turns[state.i];
    if (state.at === 'running' && its.kind === 'answer' && its.question && spoken !== state.startedAt) {
      void endVoice();
      spoken = state.startedAt;
      apply({ type: 'voice', audio: run.beginVoice(its.question) });
    } else if (state.at !== 'leaving' && its.kind !== 'follow-up' && its.kind !== 'answer') void endVoice();
    voice.follow(state.at === 'running' && state.clock.since !== null);
  };

  // ---------- the parts ----------

  const where = make('p', { class: 'run-shape' });
  const note = make('p', { class: 'run-note' });
  const list = make('ul', { class: 'run-list said' });
  const interruption = make('p', { class: 'run-interruption said', role: 'alert' });
  const leave = button('quiet', () => escape(), word('run.end'), ' ', key(word('key.escape')));
  const close = button('quiet', () => quit(), word('dialog.close'), ' ', key(word('key.escape')));
  const turn = button('', () => act('turn'), word('run.pause'), ' ', key(word('key.space')));
  const hold = button('', () => act('hold'), word('exercise.wait'));
  const forward = button('', () => act('next'), word('run.next-part'), ' ', key('→'));
  const more = button('', () => act('more'), word('exercise.more'), ' ', key('+'));
  const stop = button('go', () => finish(), word('exercise.done'), ' ', key(word('key.enter')));
  const keys = make('div', { class: 'run-keys' });
  const after = make('div', { class: 'run-after' });
  const top = make('div', { class: 'run-top' });
  const middle = make('div', { class: 'run-middle' });

  /** What the turn is about, `Q17`. */
  const numberOf = (/** @type {string | undefined} */ id) => {
    const number = handbook.questions.find((one) => one.id === id)?.number;
    return number ? word('told.number', { number: `${number}` }) : '';
  };
  const clear = () => {
    for (const name of ['over', 'part-over', 'paused', 'done', 'ready', 'print']) dialog.removeAttribute(`data-${name}`);
    for (const one of [top, middle, after, keys]) one.removeAttribute('inert');
  };

  // ---------- while it runs ----------

  const drawReady = (/** @type {OpenExercise | LeavingExercise} */ its) => {
    const { left: ms, isPaused } = clocks.show(its.clock, now());
    part.textContent = isPaused ? word('exercise.take-your-time') : word('exercise.breathe');
    partLeft.textContent = isPaused ? word('exercise.clock-waits') : word('exercise.read-then-answer');
    partLeft.hidden = false;
    left.textContent = isPaused ? '' : `${Math.max(0, Math.ceil(ms / 1000))}`;
    leftWord.textContent = isPaused ? '' : word('exercise.until-start');
    run.setPlace(0);
    hold.textContent = isPaused ? word('exercise.count-down') : word('exercise.wait');
    interruption.textContent = '';
    dialog.toggleAttribute('data-paused', isPaused);
  };
  const drawRunning = (/** @type {OpenExercise | LeavingExercise} */ its) => {
    const turnNow = its.turns[its.i];
    const spent = run.drawClock(its.clock, turnNow.parts.map((one) => one.title), { turn, forward }, totalOf(its.clock.plan) < untimed);
    const said = exercises.interruption(turnNow, spent);
    if (interruption.textContent !== said) interruption.textContent = said;
  };
  const draw = () => {
    if (state.at === 'idle' || state.at === 'done') return;
    const at = state.at === 'leaving' ? state.was : state.at;
    if (at === 'ready') drawReady(state);
    else if (at === 'running') drawRunning(state);
  };

  const showTurn = (/** @type {OpenExercise | LeavingExercise} */ { turns, i, results }, /** @type {boolean} */ isReady, /** @type {boolean} */ isAsked) => {
    const its = turns[i];
    clear();
    dialog.toggleAttribute('data-ready', isReady);
    const kind = its.kind === 'follow-up' ? (its.isAgain ? word('exercise.again-heading') : word('exercise.follow-up')) : its.round ? word('exercise.round-of', { n: its.round }) : numberOf(its.question);
    where.replaceChildren(make('span', { class: 'q' }, word('exercise.nth-of', { nth: i + 1, n: turns.length })), ` ${title}`, ...(kind ? [`, ${kind}`] : []));
    for (const one of [top, middle, keys]) one.toggleAttribute('inert', isAsked);
    heading.textContent = its.text;
    heading.className = its.kind === 'cover' ? '' : 'said';
    note.textContent = its.isAgain ? word('exercise.other-words', { question: its.note }) : its.kind === 'follow-up' ? word('exercise.after', { question: its.note }) : its.note;
    note.hidden = !note.textContent;
    list.hidden = !its.list?.length;
    list.replaceChildren(...(its.list ?? []).map((text) => make('li', {}, text)));
    run.drawParts(word('exercise.parts'), its.parts);
    top.replaceChildren(where, leave, phases, track, run.voiceLine);
    // Its room is there before the first one comes, where one can.
    middle.replaceChildren(make('div', {}, heading, note, list), ...(its.interruptions ? [interruption] : []), run.nowLine);
    stop.firstChild?.replaceWith(isReady ? word('exercise.start') : i + 1 === turns.length && !its.scale ? word('exercise.finish') : word('exercise.done'));
    keys.replaceChildren(...(isReady ? [hold, stop] : [turn, forward, ...(totalOf(its.parts.map(({ ms }) => ms)) < untimed ? [more] : []), stop]));
    keys.hidden = isAsked;
    question.textContent = results.length ? word('exercise.end-kept') : word('exercise.end-nothing');
    dialog.replaceChildren(top, middle, keys, ...(isAsked ? [ask] : []), status);
    // What comes after an answer is wanted soon.
    if (!isReady) void prepbook.load('results').catch(() => {});
  };

  // ---------- what follows an answer ----------

  /** @type {ReturnType<Prepbook['makeExerciseEnd']> | undefined} */
  let ending;
  /** Shows something of the end, which may still have to come. */
  const atEnd = (/** @type {(end: ReturnType<Prepbook['makeExerciseEnd']>) => void} */ show) => {
    const draw = () => show((ending ??= prepbook.makeExerciseEnd({ run, view })));
    if (/** @type {Partial<Prepbook>} */ (prepbook).makeExerciseEnd) return draw();
    clear();
    heading.textContent = word('exercise.loading');
    after.replaceChildren(heading);
    keys.replaceChildren();
    dialog.replaceChildren(top, after, keys, status);
    prepbook.load('results').then(draw, () => (heading.textContent = word('exercise.end-not-loaded')));
  };
  /** @type {ExerciseView} */
  const view = {
    state: () => state,
    about: () => ({ tool, title, handbook }),
    places: { top, after, keys, where, leave, close },
    clear,
    docNow,
    rate: (rating, given) => {
      const { options } = state.at === 'rating' && state.turns[state.i].kind === 'opening' ? state : {};
      const story = options?.story || (given.title ? newId() : given.story);
      const title = options?.title || given.title;
      if (title && story) void change((doc) => void (doc.stories[story] ??= { title }));
      apply({ type: 'rate', now: now(), rating, rubric: given.rubric, story: story || undefined });
      keeping = keepDone();
      show();
      run.goOn();
      keepRun();
    },
    correct: (id, rating) => {
      apply({ type: 'correct', id, rating });
      keeping = keepDone();
    },
    setUp: (given) => setUp(given),
    repeat: ({ options, turns }, only) => void start(newSeed(), options, turns.filter(({ question, isAgain }) => question && only.includes(question) && !isAgain)),
    turnsFor: (options, seed) => turnsFor(options, seed, true),
  };

  // ---------- set-up ----------

  const newSeed = () => draws.seedOf(crypto.getRandomValues(new Uint8Array(6)));
  /** @type {(options: Record<string, string>, seed: string, isShared: boolean) => Turn[]} */
  const turnsFor = (options, seed, isShared) => exercises.turns({ tool, seed, options, handbook, data: prepbook.exerciseData, doc: docNow(), now: Date.now(), isShared });
  /** @type {ReturnType<Prepbook['makeSetUp']> | null} */
  let form = null;
  const start = async (/** @type {string} */ seed, /** @type {Record<string, string>} */ options, /** @type {Turn[]} */ turns) => {
    kept.textContent = '';
    if (!(await run.openVoice((sentence) => void (kept.textContent = sentence)))) return;
    apply({ type: 'start', now: now(), tool, seed, options, turns });
    if (state.at === 'ready') begun = state.begun;
    show();
    run.goOn();
    keepRun();
  };
  const begin = () => {
    if (!form) return;
    const { options, seed, isShared } = form.chosen();
    const own = seed || newSeed();
    // A story that was only named comes into the bank with its first rating.
    if (options.title && !options.story) options.story = newId();
    void start(own, options, turnsFor(options, own, isShared));
  };
  /** Gives what was under way before, once what can read it is here. */
  const taken = async (/** @type {unknown} */ run) => {
    if (/** @type {any} */ (run)?.tool !== `exercise ${tool}`) return exercises.idle;
    await prepbook.load('results');
    return prepbook.keptExercises.fromStore(run, tool, now());
  };

  const setUp = (given = new URLSearchParams()) => {
    clear();
    dialog.setAttribute('data-done', '');
    apply({ type: 'quit' });
    run.closeVoice();
    const doc = docNow();
    form = prepbook.makeSetUp({ tool, doc, questions: pageQuestions, given, button, newSeed, turnsFor, begin, showCard: (options, seed) => atEnd((end) => end.showCard(options, seed)) });
    const resume = make('div', {});
    void taken(doc.run).then((under) => {
      if (under.at === 'idle' || under.at === 'done') return;
      resume.className = 'exercise-resume';
      resume.replaceChildren(make('p', {}, word('exercise.you-were-at', { nth: under.i + 1, n: under.turns.length })), button('', () => takeUp(under), word('exercise.go-on-with-it')));
    }, () => {});
    heading.textContent = title;
    heading.className = '';
    where.replaceChildren(word('exercise.set-up'));
    top.replaceChildren(where, close);
    after.replaceChildren(heading, form.outline, resume, form.form, form.linkLine, kept);
    keys.replaceChildren(...form.buttons);
    keys.hidden = false;
    dialog.replaceChildren(top, after, keys, status);
    heading.focus();
  };

  // ---------- from state to state ----------

  const show = () => {
    const at = state.at === 'leaving' ? state.was : state.at;
    if (state.at === 'idle') setUp();
    else if (state.at === 'done') {
      const ended = endVoice().then(() => run.closeVoice());
      atEnd((end) => {
        end.showDone();
        void ended.then(() => end.showTakes());
      });
    } else if (at === 'rating' && state.at === 'leaving') showLeavingRating();
    else if (at === 'rating') atEnd((end) => end.showRating());
    else {
      followVoice();
      showTurn(state, at === 'ready', state.at === 'leaving');
    }
    draw();
    if (state.at === 'leaving') stay.focus();
    else heading.focus();
  };
  const showLeavingRating = () => {
    for (const one of [top, after]) one.setAttribute('inert', '');
    question.textContent = word('exercise.end-unrated');
    dialog.append(ask);
  };
  const act = (/** @type {'turn' | 'hold' | 'next' | 'back' | 'more' | 'leave' | 'stay'} */ type) => {
    const { at } = state;
    apply({ type, now: now() });
    if (state.at !== at) show();
    run.goOn();
    followVoice();
    keepRun();
  };
  const finish = () => {
    const id = newId();
    const its = state.at === 'running' ? state.turns[state.i] : null;
    const isAnswer = its?.kind === 'answer';
    const audio = isAnswer && state.at === 'running' ? state.audio : null;
    apply({ type: 'finish', now: now(), id });
    run.voice()?.follow(state.at === 'running');
    if (isAnswer) run.voice()?.belongsTo(id);
    keeping = keepDone();
    // What was recorded before the page was loaded again.
    if (audio && !run.voice()) void keeping.then(async () => (await run.loadVoices()).keep({ attempt: id, question: its?.question ?? '', audio })).catch(() => {});
    show();
    run.goOn();
    keepRun();
  };
  const end = () => {
    apply({ type: 'end' });
    if (state.at === 'idle') return quit();
    keeping = keepDone();
    show();
    run.goOn();
    keepRun();
  };
  const quit = () => {
    apply({ type: 'quit' });
    run.closeVoice();
    run.goOn();
    if (begun) keepRun();
    begun = '';
    dialog.close();
  };
  const takeUp = (/** @type {ExerciseState} */ restored) => {
    state = restored;
    if (restored.at !== 'idle') begun = restored.begun;
    if (restored.at === 'running' && restored.audio) run.tellVoice(word('run.reloaded'));
    show();
    run.goOn();
    keepRun();
  };

  // ---------- keys ----------

  const isTyping = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('input[type="text"], textarea, select'));
  /** @type {Record<string, () => void>} */
  const whileRunning = { ' ': () => act('turn'), ArrowRight: () => act('next'), ArrowLeft: () => act('back'), Enter: () => finish(), '+': () => act('more') };
  const escape = () => (state.at === 'leaving' ? act('stay') : state.at === 'idle' || state.at === 'done' ? quit() : act('leave'));

  // ---------- opened by the page ----------

  prepbook.openExercise = async (bar) => {
    const wanted = location.hash;
    tool = bar.dataset.tool ?? '';
    pageQuestions = (bar.dataset.questions ?? '').split(' ').filter(Boolean);
    title = document.querySelector('h1')?.textContent ?? '';
    if (tool === 'mock-interview') await prepbook.load('mock');
    seen = await prepbook.glance().catch(() => prepbook.blank);
    await run.loadStyle(bar.dataset.style ?? '');
    if (!dialog.open) dialog.showModal();
    if (state.at !== 'idle') return show();
    const under = await taken(history.state?.exercise);
    if (under.at !== 'idle') return takeUp(under);
    const left = wanted === '#continue' ? await taken(docNow().run) : exercises.idle;
    history.replaceState(null, '', wanted === '#continue' ? location.pathname + location.search : undefined);
    if (left.at !== 'idle') return takeUp(left);
    setUp(new URLSearchParams(location.search));
  };
})();
