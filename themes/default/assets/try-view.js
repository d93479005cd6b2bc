// The try of a question, full screen: shows what try.js says, tells it what the reader does, and keeps what comes of it.
// @ts-check
(() => {
  'use strict';
  const { make, word, clocks, tries, tryPage } = prepbook;
  const { now, newId, key, isOnControl } = prepbook.runs;
  const { totalOf, shapes, next } = tryPage;
  const { time } = clocks;
  const root = document.documentElement;

  /** @type {Try} */
  let state = tries.idle;
  let shape = shapes[0];
  let startedAt = '';
  let question = '';
  const apply = (/** @type {TryEvent} */ event) => void (state = tries.step(state, event));
  const isRunning = () => state.at === 'running';

  const run = prepbook.makeRun({
    kind: '',
    isOnClock: isRunning,
    isTicking: () => state.at === 'running' && state.clock.since !== null,
    tick: () => {
      apply({ type: 'read', now: now() });
      if (state.at === 'running' || state.at === 'leaving') run.drawClock(state.clock, shape.parts.map(({ title }) => title), { turn, forward });
    },
    keyFor: ({ key, target }) => {
      if (state.at === 'done') return /^[1-4]$/.test(key) && !root.hasAttribute('data-no-keys') && !isTyping(target) ? () => rate(key) : undefined;
      return isRunning() && !isOnControl(target) && Object.hasOwn(whileRunning, key) ? whileRunning[key] : undefined;
    },
    escape: () => (isRunning() ? act('leave') : state.at === 'leaving' ? act('stay') : quit()),
    letGo: () => act('leave'),
    leave: () => quit(),
    stay: () => act('stay'),
  });
  const { dialog, heading, status, kept, button, change, say } = run;

  // ---------- what is kept ----------

  const keepRun = () => {
    const its = tries.toStore(state);
    // Each tab goes on with its own.
    history.replaceState(its && { run: its }, '');
    void change((doc) => {
      if (its || doc.run?.startedAt === startedAt) doc.run = its;
    });
  };
  const isShown = (/** @type {DoneTry} */ { attempt }) => state.at === 'done' && state.attempt.id === attempt.id;
  const keepAttempt = async (/** @type {DoneTry} */ done) => {
    const { attempt } = done;
    const { id, rating } = attempt;
    const isKept = await change((doc) => {
      const old = doc.attempts.find((one) => one.id === id);
      if (!old) doc.attempts.push({ ...attempt });
      else if (rating !== undefined) old.rating = rating;
      const about = (doc.questions[done.question] ??= {});
      if (!old) about.count = (about.count ?? 0) + 1;
      about.last = attempt.startedAt;
      if (rating !== undefined) about.rating = rating;
    });
    if (!isShown(done)) return;
    if (rating === undefined) kept.textContent = isKept ? word('try.times-kept') : word('try.times-not-kept');
    else kept.textContent = isKept ? word('try.rating-kept') : word('try.rating-not-kept');
  };
  /** The last tries beside one another, once there are two: below the ratings, which a thumb may be at already. */
  const showHistory = async (/** @type {DoneTry} */ done, /** @type {readonly Frozen<Attempt>[]} */ attempts) => {
    if (attempts.length < 2 || shape.parts.length < 2) return;
    await prepbook.load('pictures');
    const history = prepbook.pictures.drawTakes(attempts, shape.parts);
    if (history && isShown(done)) dialog.querySelector('.run-rating')?.after(history);
  };
  /** Keeps what was recorded and written down, and shows it with the recordings before it. */
  const keepVoice = async (/** @type {DoneTry} */ done) => {
    const { attempt: { id, audio = null } } = done;
    const voice = run.voice();
    if (voice) {
      voice.belongsTo(id);
      await voice.end();
      run.closeVoice();
    } else if (audio) await (await run.loadVoices()).keep({ attempt: id, question, audio });
    const attempts = (await run.opening())?.doc.attempts.filter((one) => one.question === question) ?? [];
    if (!isShown(done)) return;
    void showHistory(done, attempts);
    if (attempts.some((one) => one.id === id && one.said)) dialog.querySelector('.run-own')?.setAttribute('open', '');
    if (!attempts.some((one) => one.audio)) return;
    const { takes, forget } = await run.loadVoices();
    const list = await takes(question);
    if (isShown(done) && list.length) dialog.querySelector('.run-main')?.append(prepbook.makeRecordings(list, { partsOf: () => shape.parts.map(({ title }) => title), forget }));
  };

  // ---------- while it runs ----------

  const choice = make('select', { 'aria-label': word('try.shape') }, ...shapes.map((one, nth) => make('option', { value: `${nth}` }, word('try.shape-time', { shape: one.name, time: time(totalOf(one)) }))));
  const number = () => (tryPage.number ? [make('span', { class: 'q' }, tryPage.number), ' '] : []);
  const shapeLine = make('p', { class: 'run-shape' }, ...number(), shapes.length > 1 ? choice : shapes[0].answer ? word('try.shape-time', { shape: shapes[0].name, time: time(totalOf(shapes[0])) }) : shapes[0].name);
  const leave = button('quiet', () => act('leave'), word('run.leave'), ' ', key(word('key.escape')));
  const turn = button('', () => act('turn'), word('run.pause'), ' ', key(word('key.space')));
  const forward = button('', () => act('next'), word('run.next-part'), ' ', key('→'));
  const keys = make('div', { class: 'run-keys' }, turn, forward, button('go', () => finish(), word('try.stop'), ' ', key(word('key.enter'))));
  const top = make('div', { class: 'run-top' }, shapeLine, leave, run.phases, run.track, run.voiceLine);
  const middle = make('div', { class: 'run-middle' }, run.nowLine);
  run.question.textContent = word('try.leave');

  const showRunning = () => {
    const isAsked = state.at === 'leaving';
    dialog.removeAttribute('data-done');
    for (const one of [top, middle, keys]) one.toggleAttribute('inert', isAsked);
    if (heading.parentElement !== middle) {
      heading.textContent = tryPage.title;
      heading.className = 'said';
      middle.prepend(heading);
      dialog.replaceChildren(top, middle, keys, status);
    }
    if (isAsked) dialog.append(run.ask);
    else run.ask.remove();
    keys.hidden = isAsked;
  };

  // ---------- afterwards ----------

  /** What was said, to type or to read: what counts it comes when it is opened. */
  const makeOwn = (/** @type {DoneTry} */ { attempt }) => {
    const own = make('details', { class: 'run-own' }, make('summary', {}, word('try.what-did-you-say')));
    own.addEventListener('toggle', async () => {
      if (!own.open || own.children.length > 1) return;
      const store = await run.opening();
      const show = () => own.children.length < 2 && own.append(prepbook.makeSaid({ attempt, store, change }));
      prepbook.load('said').then(show).catch(() => own.append(make('p', { class: 'hint' }, word('told.not-loaded'))));
    });
    return own;
  };
  const showDone = (/** @type {DoneTry} */ done) => {
    const { headline, content } = prepbook.makeTryResult(done, shape, (rating) => {
      apply({ type: 'rate', rating });
      if (state.at === 'done') void keepAttempt(state);
    });
    content.querySelector('.run-main')?.append(makeOwn(done));
    const showModel = button('', () => {
      quit();
      root.setAttribute('data-unfolded', '');
      location.hash = tryPage.hasModel ? 'answer' : 'evaluates';
    }, tryPage.hasModel ? word('try.show-model') : word('try.show-page'));
    const again = button('', () => void start(), word('try.again'));
    const onward = next ? [make('a', { class: 'button go', href: next.href }, word('try.next-question'))] : [];
    const close = button('quiet', () => quit(), word('dialog.close'), ' ', key(word('key.escape')));
    heading.textContent = headline;
    heading.className = '';
    kept.textContent = '';
    dialog.setAttribute('data-done', '');
    for (const name of ['data-over', 'data-part-over', 'data-paused']) dialog.removeAttribute(name);
    dialog.replaceChildren(
      make('div', { class: 'run-top' }, make('p', { class: 'run-shape' }, ...number(), make('span', { class: 'said' }, tryPage.title)), close),
      make('div', { class: 'run-after' }, heading, content, kept),
      make('div', { class: 'run-keys' }, again, showModel, ...onward),
      status,
    );
    say('');
    heading.focus();
  };

  // ---------- from state to state ----------

  const act = (/** @type {'turn' | 'next' | 'back' | 'leave' | 'stay'} */ type) => {
    apply({ type, now: now() });
    showRunning();
    run.goOn();
    run.voice()?.follow(state.at === 'running' && state.clock.since !== null);
    if (type === 'leave') run.stay.focus();
    if (type === 'stay') heading.focus();
    keepRun();
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
    showRunning();
    run.drawParts(shape.name, shape.parts);
    heading.focus();
    run.goOn();
  };
  const start = async () => {
    // On the page, and in the dialog when it is open.
    const tellWaiting = (/** @type {string} */ sentence) => [document.querySelector('.practise [role="status"]'), kept].forEach((line) => line && (line.textContent = sentence));
    if (!(await run.openVoice(tellWaiting))) return;
    apply({ type: 'start', now: now(), question, answer: shape.answer, plan: shape.parts.map(({ ms }) => ms), audio: run.beginVoice(question) });
    if (state.at === 'running') startedAt = state.startedAt;
    open();
    keepRun();
  };
  const finish = () => {
    apply({ type: 'finish', now: now(), id: newId() });
    if (state.at !== 'done') return;
    run.voice()?.follow(false);
    run.goOn();
    showDone(state);
    keepRun();
    const done = state;
    void keepAttempt(done).then(() => keepVoice(done)).catch(() => {});
  };
  const quit = () => {
    apply({ type: 'quit' });
    run.closeVoice();
    run.goOn();
    keepRun();
    dialog.close();
  };
  choice.addEventListener('change', () => {
    shape = shapes[Number(choice.value)];
    void start();
  });

  // ---------- keys ----------

  const isTyping = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('textarea, select'));
  /** @type {Record<string, () => void>} */
  const whileRunning = { ' ': () => act('turn'), ArrowRight: () => act('next'), ArrowLeft: () => act('back'), Enter: finish };
  const rate = (/** @type {string} */ digit) => {
    /** @type {HTMLInputElement | null} */
    const input = dialog.querySelector(`[name="rating"][value="${Number(digit) - 1}"]`);
    input?.click();
    input?.focus();
  };

  // ---------- opened by the page ----------

  /** Goes on with what was under way before the page was loaded again, if it is still there. */
  const restore = (/** @type {unknown} */ stored) => {
    const restored = tries.fromStore(stored, question, now());
    const its = restored.at === 'running' ? shapes.find(({ answer, parts }) => answer === restored.answer && parts.length === restored.clock.plan.length) : undefined;
    if (restored.at !== 'running' || !its) return history.replaceState(null, '');
    state = restored;
    shape = its;
    choice.value = `${shapes.indexOf(shape)}`;
    startedAt = restored.startedAt;
    if (restored.audio) run.tellVoice(word('run.reloaded'));
    open();
  };

  prepbook.openTry = async (id) => {
    question = id;
    await run.loadStyle(document.getElementById('try_box')?.dataset.style ?? '');
    if (state.at !== 'idle') open();
    else if (history.state?.run) restore(history.state.run);
    else await start();
  };
})();
