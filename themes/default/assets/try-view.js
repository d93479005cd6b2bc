// The try of a question, full screen: shows what try.js says, tells it what the reader does, and keeps what comes of it.
// @ts-check
(() => {
  'use strict';
  const { make, clocks, tries, tryPage } = prepbook;
  const { time, totalOf, shapes, next } = tryPage;
  const root = document.documentElement;
  /** How many recordings of a question are kept. */
  const TAKES = 3;
  const key = (/** @type {string} */ name) => make('kbd', {}, name);
  const button = (/** @type {string} */ kind, /** @type {() => void} */ act, /** @type {(Node | string)[]} */ ...inside) => {
    const element = make('button', { type: 'button', class: `button ${kind}` }, ...inside);
    element.addEventListener('click', ({ detail }) => {
      act();
      // Whoever points has the keys left for the whole, not for the button pressed last.
      if (detail && element.isConnected && !element.hidden && state.at === 'running') heading.focus();
    });
    return element;
  };
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

  // ---------- time ----------

  let wasHidden = false;
  const look = () => (wasHidden ||= document.hidden);
  document.addEventListener('visibilitychange', look);
  document.addEventListener('freeze', () => (wasHidden = true));
  /** @returns {Reading} */
  const now = () => {
    const reading = { wall: Date.now(), steady: performance.now(), origin: performance.timeOrigin, wasHidden };
    wasHidden = document.hidden;
    return reading;
  };

  // ---------- what is kept ----------

  /** @type {Promise<Store | null>} */
  const opening = prepbook.loadStore().catch(() => null);
  /** Only after what the reader did is seen. */
  const change = async (/** @type {(doc: Doc) => void} */ edit) => {
    await new Promise((done) => setTimeout(done));
    return (await opening)?.change(edit) ?? false;
  };

  const keepRun = () => {
    const run = tries.toStore(state);
    // Each tab goes on with its own.
    history.replaceState(run && { run }, '');
    void change((doc) => {
      if (run || doc.run?.startedAt === startedAt) doc.run = run;
    });
  };
  const keepAttempt = async (/** @type {DoneTry} */ { attempt, question }) => {
    const { id, startedAt, rating } = attempt;
    const isKept = await change((doc) => {
      const old = doc.attempts.find((one) => one.id === id);
      if (!old) doc.attempts.push({ ...attempt });
      else if (rating !== undefined) old.rating = rating;
      const about = (doc.questions[question] ??= {});
      if (!old) about.count = (about.count ?? 0) + 1;
      about.last = startedAt;
      if (rating !== undefined) about.rating = rating;
    });
    if (state.at !== 'done' || state.attempt.id !== id) return;
    const what = rating === undefined ? 'Your times are' : 'Your rating is';
    kept.textContent = isKept ? `${what} kept in this browser.` : `${what} not kept: this browser stores nothing for this page.`;
  };

  // ---------- the reader's voice ----------

  /** @type {Recording | null} */
  let recording = null;
  /** How often a try was asked for: who asks again does not wait for the microphone. */
  let starts = 0;
  let isWaiting = false;
  const isRecordingWanted = () => prepbook.kept('record') === 'on';
  const tellRecording = (/** @type {string} */ sentence, isOn = false) => {
    recordLine.textContent = sentence;
    recordLine.toggleAttribute('data-on', isOn);
  };
  /** Tells on the page, and in the dialog when it is open, what is waited for. */
  const tellWaiting = (/** @type {string} */ sentence) => {
    for (const line of [document.querySelector('.practise [role="status"]'), kept]) if (line) line.textContent = sentence;
  };
  const stopRecording = () => {
    void recording?.drop().catch(() => {});
    recording = null;
  };
  /** Opens the microphone if the reader wants that; a sentence where it is refused or missing. */
  const openRecording = async () => {
    const waiting = setTimeout(() => tellWaiting('Allow the microphone, or press again to go on without it.'), 600);
    try {
      await prepbook.load('record');
      return await prepbook.recordings.open(newId(), question, (sentence) => tellRecording(sentence));
    } catch (error) {
      return error instanceof Error ? error.message : 'Recording could not be loaded.';
    } finally {
      clearTimeout(waiting);
      tellWaiting('');
    }
  };
  const followRecording = () => {
    if (state.at === 'running' && state.clock.since) recording?.resume();
    else recording?.pause();
  };
  const forget = async (/** @type {string[]} */ ids) => {
    if (!ids.length) return;
    await change((doc) => {
      doc.audio = doc.audio.filter(({ id }) => !ids.includes(id));
      for (const attempt of doc.attempts) if (attempt.audio && ids.includes(attempt.audio)) attempt.audio = null;
    });
    await prepbook.recordings.remove(ids);
  };
  /** The attempts of this question with a recording, the latest first. */
  const recorded = async () => {
    const attempts = (await opening)?.doc.attempts ?? [];
    return attempts.filter((one) => one.question === question && one.audio).toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  };
  /** Keeps what other tries of a page that has gone have left. */
  const keepLost = async () => {
    const store = await opening;
    for (const lost of await prepbook.recordings.lost()) {
      if (store?.doc.run?.audio === lost.id) continue;
      const note = await prepbook.recordings.join(lost.id);
      if (note) await change((doc) => {
        doc.audio.push(note);
        doc.attempts.push({ id: lost.id, tool: 'try', question: lost.question, startedAt: note.at, ms: note.ms, audio: lost.id });
      });
    }
  };
  /** Keeps the recording of a try, the last few of its question, and shows them. */
  const keepRecording = async (/** @type {DoneTry} */ done) => {
    const { audio } = done.attempt;
    if (!audio && !(await recorded()).length) return;
    await prepbook.load('record');
    const note = audio ? await (recording?.finish() ?? prepbook.recordings.join(audio)) : null;
    recording = null;
    await keepLost();
    await change((doc) => {
      if (note && !doc.audio.some(({ id }) => id === note.id)) doc.audio.push(note);
      const attempt = doc.attempts.find(({ id }) => id === done.attempt.id);
      if (attempt && audio && !note) attempt.audio = null;
    });
    const takes = await recorded();
    const most = (await opening)?.doc.settings.keepAudio ?? TAKES;
    await forget(takes.slice(most).map(({ audio }) => audio ?? ''));
    if (state.at !== 'done' || state.attempt.id !== done.attempt.id || !takes.length) return;
    dialog.querySelector('.run-main')?.append(prepbook.makeRecordings(takes.slice(0, most), shape, forget));
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

  /** @type {Try} */
  let state = tries.idle;
  let shape = shapes[0];
  let startedAt = '';
  let question = '';

  const heading = make('h2', { id: 'run_title', class: 'said', tabindex: '-1' }, tryPage.title);
  const status = make('p', { class: 'vh', role: 'status' });
  const kept = make('p', { class: 'hint run-kept', role: 'status' });
  const recordLine = make('p', { class: 'run-record', role: 'status' });
  const phases = make('ol', { class: 'run-phases' });
  const fill = make('div', { class: 'run-fill' });
  const head = make('div', { class: 'run-head' });
  const track = make('div', { class: 'run-track', 'aria-hidden': 'true' }, fill, head);
  const part = make('b');
  const partLeft = make('span');
  const left = make('b');
  const leftWord = make('span');
  const choice = make('select', { 'aria-label': 'Shape of the answer' }, ...shapes.map((one, nth) => make('option', { value: `${nth}` }, `${one.name}, ${time(totalOf(one))}`)));
  const shapeLine = make('p', { class: 'run-shape' }, ...(tryPage.number ? [make('span', { class: 'q' }, tryPage.number), ' '] : []), shapes.length > 1 ? choice : `${shapes[0].name}${shapes[0].answer ? `, ${time(totalOf(shapes[0]))}` : ''}`);
  const leave = button('quiet', () => act('leave'), 'Leave ', key('Esc'));
  const turn = button('', () => act('turn'), 'Pause ', key('Space'));
  const forward = button('', () => act('next'), 'Next part ', key('→'));
  const stop = button('go', () => finish(), 'Stop ', key('Enter'));
  const stay = button('', () => act('stay'), 'Go on');
  const ask = make('div', { class: 'run-ask', role: 'group', 'aria-labelledby': 'run_ask' }, make('p', { id: 'run_ask' }, 'Leave this try? Nothing of it is kept.'), button('', () => quit(), 'Leave'), stay);
  const keys = make('div', { class: 'run-keys' }, turn, forward, stop);
  const top = make('div', { class: 'run-top' }, shapeLine, leave, phases, track, recordLine);
  const middle = make('div', { class: 'run-middle' }, make('div', { class: 'run-now' }, make('p', { class: 'run-part' }, part, partLeft), make('p', { class: 'run-left', role: 'timer' }, left, leftWord)));
  const dialog = make('dialog', { class: 'run', 'aria-labelledby': heading.id });
  document.body.append(dialog);

  const cells = () => /** @type {HTMLElement[]} */ (Array.from(phases.children));
  const drawShape = () => {
    phases.setAttribute('aria-label', `${shape.name}: ${time(totalOf(shape))}`);
    phases.replaceChildren(
      ...shape.parts.map(({ title, letter, ms }) => {
        const cell = make('li', {}, make('span', { class: 'word' }, title), make('span', { class: 'letter', 'aria-hidden': 'true' }, letter || title[0]), ' ', make('i', {}, `${Math.round(ms / 1000)} s`));
        cell.style.flexGrow = `${ms}`;
        return cell;
      }),
    );
  };

  // ---------- while it runs ----------

  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** What was said last, so that only news is said. */
  let said = '';
  const say = (/** @type {string} */ text) => {
    if (text !== said) status.textContent = said = text;
  };
  /** Left of a plan in whole seconds, so that `0:00` is the end; and over it. */
  const rest = (/** @type {number} */ ms) => (ms > 0 ? time(Math.ceil(ms / 1000) * 1000) : time(Math.floor(-ms / 1000) * 1000));

  const draw = () => {
    if (state.at !== 'running' && state.at !== 'leaving') return;
    const { nth, left: ms, leftInPart, share, isPaused } = clocks.show(state.clock, now());
    const { plan } = state.clock;
    const isOver = ms <= -1000;
    const isPartOver = leftInPart <= -1000;
    const isLast = nth === plan.length - 1;
    const done = plan.slice(0, nth).reduce((sum, one) => sum + one, 0);
    const step = calm.matches ? 1000 : 1;
    const place = (Math.floor((done + share * plan[nth]) / step) * step) / totalOf(shape);
    head.style.left = fill.style.width = `${place * 100}%`;
    dialog.toggleAttribute('data-over', isOver);
    dialog.toggleAttribute('data-part-over', isPartOver);
    dialog.toggleAttribute('data-paused', isPaused);
    for (const [place, cell] of cells().entries()) {
      cell.toggleAttribute('data-done', place < nth);
      if (place === nth) cell.setAttribute('aria-current', 'step');
      else cell.removeAttribute('aria-current');
    }
    part.textContent = shape.parts[nth].title;
    partLeft.textContent = isPaused ? 'paused' : isPartOver && !isOver ? `${rest(leftInPart)} over, move on` : isOver ? 'come to an end' : `${rest(leftInPart)} left in this part`;
    partLeft.hidden = plan.length === 1 && !isPaused && !isOver;
    left.textContent = `${isOver ? '+' : ''}${rest(ms)}`;
    leftWord.textContent = isOver ? 'over' : 'left';
    turn.firstChild?.replaceWith(isPaused ? 'Go on ' : 'Pause ');
    forward.hidden = plan.length === 1;
    forward.setAttribute('aria-disabled', `${isLast}`);
    if (isPaused) say('Paused');
    else if (isOver) say('Over time');
    else if (ms <= 10_000) say('10 seconds left');
    else say(plan.length > 1 ? `${shape.parts[nth].title}, ${Math.round(plan[nth] / 1000)} seconds` : '');
  };

  let beats = 0;
  /** Draws as often as the browser lets it, and seldom where nobody looks. */
  const beat = (/** @type {number} */ nth) => {
    if (nth !== beats || state.at !== 'running') return;
    state = tries.step(state, { type: 'read', now: now() });
    draw();
    if (state.at === 'running' && state.clock.since) document.hidden ? setTimeout(beat, 1000, nth) : requestAnimationFrame(() => beat(nth));
  };

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
    if (isAsked) dialog.append(ask);
    else ask.remove();
    keys.hidden = isAsked;
  };

  // ---------- afterwards ----------

  const showDone = (/** @type {DoneTry} */ done) => {
    const { headline, content } = prepbook.makeTryResult(done, shape, (rating) => {
      apply({ type: 'rate', rating });
      if (state.at === 'done') void keepAttempt(state);
    });
    const showModel = button('', () => {
      quit();
      root.setAttribute('data-unfolded', '');
      location.hash = tryPage.hasModel ? 'answer' : 'evaluates';
    }, tryPage.hasModel ? 'Show the model' : 'Show the page');
    const again = button('', () => void start(), 'Again');
    const onward = next ? [make('a', { class: 'button go', href: next.href }, 'Next question')] : [];
    const close = button('quiet', () => quit(), 'Close ', key('Esc'));
    heading.textContent = headline;
    heading.className = '';
    kept.textContent = '';
    dialog.setAttribute('data-done', '');
    for (const name of ['data-over', 'data-part-over', 'data-paused']) dialog.removeAttribute(name);
    dialog.replaceChildren(
      make('div', { class: 'run-top' }, make('p', { class: 'run-shape' }, ...(tryPage.number ? [make('span', { class: 'q' }, tryPage.number), ' '] : []), make('span', { class: 'said' }, tryPage.title)), close),
      make('div', { class: 'run-after' }, heading, content, kept),
      make('div', { class: 'run-keys' }, again, showModel, ...onward),
      status,
    );
    say('');
    heading.focus();
  };

  // ---------- from state to state ----------

  const apply = (/** @type {TryEvent} */ event) => {
    state = tries.step(state, event);
  };
  const goOn = () => {
    draw();
    beats += 1;
    beat(beats);
    void stayAwake(state.at === 'running' && state.clock.since !== null);
  };
  const act = (/** @type {'turn' | 'next' | 'back' | 'leave' | 'stay'} */ type) => {
    apply({ type, now: now() });
    showRunning();
    goOn();
    followRecording();
    if (type === 'leave') stay.focus();
    if (type === 'stay') heading.focus();
    keepRun();
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
    showRunning();
    drawShape();
    heading.focus();
    goOn();
  };
  const start = async () => {
    const nth = ++starts;
    stopRecording();
    const isAgain = isWaiting;
    isWaiting = true;
    const opened = isRecordingWanted() && !isAgain ? await openRecording() : null;
    if (nth !== starts) {
      if (typeof opened === 'object') void opened?.drop().catch(() => {});
      return;
    }
    isWaiting = false;
    recording = typeof opened === 'object' ? opened : null;
    apply({ type: 'start', now: now(), question, answer: shape.answer, plan: shape.parts.map(({ ms }) => ms), audio: recording?.id ?? null });
    if (state.at === 'running') startedAt = state.startedAt;
    recording?.start();
    if (typeof opened === 'string') tellRecording(`${opened} The clock runs without.`);
    else tellRecording(recording ? 'Recording' : '', Boolean(recording));
    open();
    keepRun();
  };
  const finish = () => {
    apply({ type: 'finish', now: now(), id: newId() });
    if (state.at !== 'done') return;
    void stayAwake(false);
    showDone(state);
    keepRun();
    const done = state;
    void keepAttempt(done).then(() => keepRecording(done)).catch(() => {});
  };
  const quit = () => {
    apply({ type: 'quit' });
    stopRecording();
    void stayAwake(false);
    keepRun();
    dialog.close();
  };

  choice.addEventListener('change', () => {
    shape = shapes[Number(choice.value)];
    void start();
  });

  // ---------- keys ----------

  const isOnControl = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('button, a, select, input'));
  /** @type {Record<string, () => void>} */
  const whileRunning = { ' ': () => act('turn'), ArrowRight: () => act('next'), ArrowLeft: () => act('back'), Enter: finish };
  const rate = (/** @type {string} */ digit) => {
    /** @type {HTMLInputElement | null} */
    const input = dialog.querySelector(`[name="rating"][value="${Number(digit) - 1}"]`);
    input?.click();
    input?.focus();
  };
  // Of the whole page, since nothing is focused after a click on the ground.
  document.addEventListener('keydown', (event) => {
    const place = event.target instanceof Element ? event.target.closest('dialog') : null;
    if (!dialog.open || (place && place !== dialog)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (!event.repeat) escape();
    } else if (state.at === 'done') {
      if (/^[1-4]$/.test(event.key) && !root.hasAttribute('data-no-keys')) rate(event.key);
    } else if (state.at === 'running' && !isOnControl(event.target) && !event.repeat && Object.hasOwn(whileRunning, event.key)) {
      event.preventDefault();
      whileRunning[event.key]();
    }
  });
  const escape = () => (state.at === 'running' ? act('leave') : state.at === 'leaving' ? act('stay') : quit());
  // The back gesture of phones asks, too; where the browser closes it all the same, the try waits and can be gone on with.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    escape();
  });
  dialog.addEventListener('close', () => {
    if (state.at === 'running') act('leave');
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || state.at !== 'running') return;
    goOn();
  });

  // ---------- opened by the page ----------

  /** @type {Promise<unknown>} */
  let styled;
  const loadStyle = () =>
    (styled ??= new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href: document.getElementById('try_box')?.dataset.style ?? '' });
      // Without its style it is plain, and works.
      link.onload = link.onerror = done;
      document.head.append(link);
    }));

  /** Goes on with what was under way before the page was loaded again, if it is still there. */
  const restore = (/** @type {unknown} */ stored) => {
    const restored = tries.fromStore(stored, question, now());
    const its = restored.at === 'running' ? shapes.find(({ answer, parts }) => answer === restored.answer && parts.length === restored.clock.plan.length) : undefined;
    if (restored.at !== 'running' || !its) return history.replaceState(null, '');
    state = restored;
    shape = its;
    choice.value = `${shapes.indexOf(shape)}`;
    startedAt = restored.startedAt;
    if (restored.audio) tellRecording('The recording ended when the page was loaded again; what came before is kept.');
    open();
  };

  prepbook.openTry = async (id) => {
    question = id;
    await loadStyle();
    if (state.at !== 'idle') open();
    else if (history.state?.run) restore(history.state.run);
    else await start();
  };
})();
