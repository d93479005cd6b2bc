// What a try and an exercise share while they run: the dialog over the whole window, its clock as it is drawn, its keys, the
// question before leaving, and a screen that stays awake. What is asked, and what comes of it, is theirs.
// @ts-check
(() => {
  'use strict';
  const { make, word, clocks } = prepbook;
  const { time, rest, totalOf } = clocks;
  const key = (/** @type {string} */ name) => make('kbd', {}, name);
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

  // ---------- time, and a screen that stays awake ----------

  let wasHidden = false;
  document.addEventListener('visibilitychange', () => (wasHidden ||= document.hidden));
  document.addEventListener('freeze', () => (wasHidden = true));
  /** @returns {Reading} */
  const now = () => {
    const reading = { wall: Date.now(), steady: performance.now(), origin: performance.timeOrigin, wasHidden };
    wasHidden = document.hidden;
    return reading;
  };
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

  // ---------- what is kept ----------

  /** Nothing is opened before there is something to keep. */
  const opening = () => prepbook.loadStore().catch(() => null);
  /** Only after what the reader did is seen. @type {RunFrame['change']} */
  const change = async (edit) => {
    await new Promise((done) => setTimeout(done));
    return (await opening())?.change(edit) ?? false;
  };

  /** @type {Promise<unknown> | undefined} */
  let styled;
  /** @type {RunFrame['loadStyle']} */
  const loadStyle = (addresses) =>
    (styled ??= Promise.all(addresses.split(' ').map((href) => new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href });
      // Without its style it is plain, and works.
      link.onload = link.onerror = done;
      document.head.append(link);
    }))));

  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const isOnControl = (/** @type {EventTarget | null} */ target) => target instanceof Element && Boolean(target.closest('button, a, select, input, textarea, summary, audio'));

  // ---------- the clock as it is drawn ----------

  /** @type {(dialog: HTMLDialogElement, kind: string) => RunFace} */
  const makeFace = (dialog, kind) => {
    const status = make('p', { class: 'vh', role: 'status' });
    const phases = make('ol', { class: 'run-phases' });
    const fill = make('div', { class: 'run-fill' });
    const head = make('div', { class: 'run-head' });
    const part = make('b');
    const partLeft = make('span');
    const left = make('b');
    const leftWord = make('span');
    /** What was said last, so that only news is said. */
    let said = '';
    const say = (/** @type {string} */ text) => {
      if (text !== said) status.textContent = said = text;
    };

    /** @type {RunFrame['drawParts']} */
    const drawParts = (label, parts) => {
      phases.hidden = Boolean(kind) && parts.length < 2;
      phases.setAttribute('aria-label', `${label}: ${time(totalOf(parts.map(({ ms }) => ms)))}`);
      phases.replaceChildren(
        ...parts.map(({ title, letter, ms }) => {
          const cell = make('li', {}, make('span', { class: 'word' }, title), make('span', { class: 'letter', 'aria-hidden': 'true' }, letter || title[0]), ' ', make('i', {}, word('told.seconds', { n: Math.round(ms / 1000) })));
          cell.style.flexGrow = `${ms}`;
          return cell;
        }),
      );
    };
    const setPlace = (/** @type {number} */ share) => (head.style.left = fill.style.width = `${share * 100}%`);
    /** @type {RunFrame['drawClock']} */
    const drawClock = (clock, titles, { turn, forward }, isTimed = true) => {
      const { nth, spent, left: ms, leftInPart, share, isPaused } = clocks.show(clock, now());
      const { plan } = clock;
      const isOver = ms <= -1000;
      const isPartOver = leftInPart <= -1000;
      const step = calm.matches ? 1000 : 1;
      setPlace(isTimed ? (Math.floor((totalOf(plan.slice(0, nth)) + share * plan[nth]) / step) * step) / totalOf(plan) : 0);
      for (const [name, is] of /** @type {const} */ ([['over', isOver], ['part-over', isPartOver], ['paused', isPaused]])) dialog.toggleAttribute(`data-${name}`, is);
      for (const [place, cell] of Array.from(phases.children).entries()) {
        cell.toggleAttribute('data-done', place < nth);
        if (place === nth) cell.setAttribute('aria-current', 'step');
        else cell.removeAttribute('aria-current');
      }
      part.textContent = titles[nth];
      partLeft.textContent = isPaused ? word('run.paused-part') : isPartOver && !isOver ? word('run.part-over', { time: rest(leftInPart) }) : isOver ? word('run.come-to-an-end') : word('run.part-left', { time: rest(leftInPart) });
      partLeft.hidden = plan.length === 1 && !isPaused && !isOver;
      left.textContent = isTimed ? `${isOver ? '+' : ''}${rest(ms)}` : time(Math.floor(spent / 1000) * 1000);
      leftWord.textContent = isTimed ? (isOver ? word('run.over') : word('run.left')) : word('run.so-far');
      turn.firstChild?.replaceWith(isPaused ? word('run.go-on') : word('run.pause'));
      forward.hidden = plan.length === 1;
      forward.setAttribute('aria-disabled', `${nth === plan.length - 1}`);
      if (isPaused) say(word('run.paused'));
      else if (isOver) say(word('run.over-time'));
      else if (isTimed && ms <= 10_000) say(word('run.ten-seconds'));
      else say(plan.length > 1 ? word('run.part', { part: titles[nth], n: Math.round(plan[nth] / 1000) }) : '');
      return spent;
    };
    return {
      status, phases, part, partLeft, left, leftWord, say, drawParts, drawClock, setPlace,
      track: make('div', { class: 'run-track', 'aria-hidden': 'true' }, fill, head),
      nowLine: make('div', { class: 'run-now' }, make('p', { class: 'run-part' }, part, partLeft), make('p', { class: 'run-left', role: 'timer' }, left, leftWord)),
    };
  };

  // ---------- the reader's voice, for whom wants it ----------

  /** The line that tells of it stands in the dialog; nothing is loaded before it is wanted. @type {() => RunVoice} */
  const makeVoiceLine = () => {
    const voiceLine = make('p', { class: 'run-record', role: 'status' });
    /** @type {RunFrame['tellVoice']} */
    const tellVoice = (sentence, isOn = false) => {
      voiceLine.textContent = sentence;
      voiceLine.toggleAttribute('data-on', isOn);
    };
    /** @type {Voices | undefined} */
    let voices;
    const loadVoices = () => prepbook.load('voice').then(() => (voices ??= prepbook.makeVoices({ opening, change, tell: tellVoice })));
    /** @type {Voice | null} */
    let voice = null;
    /** How often it was asked for: who asks again does not wait for the microphone. */
    let asked = 0;
    let isWaiting = false;
    const closeVoice = () => {
      voice?.close();
      voice = null;
    };
    /** @type {RunFrame['openVoice']} */
    const openVoice = async (tellWaiting) => {
      const nth = ++asked;
      closeVoice();
      tellVoice('');
      const isAgain = isWaiting;
      isWaiting = true;
      /** @type {Voice | null} */
      let opened = null;
      if (!isAgain && ['record', 'dictate'].some((what) => prepbook.kept(what) === 'on')) {
        const waiting = setTimeout(() => tellWaiting(word('run.allow')), 600);
        try {
          opened = await (await loadVoices()).open();
          if (nth === asked) tellVoice(opened.lack);
        } catch (error) {
          if (nth === asked) tellVoice(word('run.without', { reason: error instanceof Error ? error.message : word('run.not-loaded') }));
        } finally {
          clearTimeout(waiting);
          tellWaiting('');
        }
      }
      if (nth !== asked) {
        opened?.close();
        return false;
      }
      isWaiting = false;
      voice = opened;
      return true;
    };
    /** @type {RunFrame['beginVoice']} */
    const beginVoice = (question) => {
      if (!voice) return null;
      const audio = voice.begin(question);
      if (voice.sign) tellVoice(voice.sign, true);
      return audio;
    };
    return { voice: () => voice, voiceLine, tellVoice, loadVoices, openVoice, beginVoice, closeVoice };
  };

  // ---------- keys ----------

  /** @type {(dialog: HTMLDialogElement, keyFor: (event: KeyboardEvent) => (() => void) | undefined, escape: () => void) => void} */
  const listenToKeys = (dialog, keyFor, escape) => {
    // Of the whole page, since nothing is focused after a click on the ground.
    document.addEventListener('keydown', (event) => {
      const place = event.target instanceof Element ? event.target.closest('dialog') : null;
      if (!dialog.open || (place && place !== dialog)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        if (!event.repeat) escape();
        return;
      }
      const act = event.repeat ? undefined : keyFor(event);
      if (!act) return;
      event.preventDefault();
      act();
    });
  };

  /** @type {Prepbook['makeRun']} */
  prepbook.makeRun = ({ kind, isOnClock, isTicking, tick, keyFor, escape, letGo, leave: doLeave, stay: doStay }) => {
    const heading = make('h2', { id: 'run_title', tabindex: '-1' });
    const dialog = make('dialog', { class: `run ${kind}`, 'aria-labelledby': heading.id });
    document.body.append(dialog);

    /** @type {MakeButton} */
    const button = (kind, act, ...inside) => {
      const element = make('button', { type: 'button', class: `button ${kind}` }, ...inside);
      element.addEventListener('click', ({ detail }) => {
        act();
        // Whoever points has the keys left for the whole, not for the button pressed last.
        if (detail && element.isConnected && !element.hidden && isOnClock()) heading.focus();
      });
      return element;
    };
    const stay = button('', doStay, word('run.go-on'));
    const question = make('p', { id: 'run_ask' });
    const ask = make('div', { class: 'run-ask', role: 'group', 'aria-labelledby': question.id }, question, button('', doLeave, kind ? word('run.end') : word('run.leave')), stay);

    const face = makeFace(dialog, kind);

    let beats = 0;
    /** Draws as often as the browser lets it, and seldom where nobody looks. */
    const beat = (/** @type {number} */ nth) => {
      if (nth !== beats) return;
      tick();
      if (nth === beats && isTicking()) document.hidden ? setTimeout(beat, 1000, nth) : requestAnimationFrame(() => beat(nth));
    };
    const goOn = () => {
      beats += 1;
      beat(beats);
      void stayAwake(isTicking());
    };

    listenToKeys(dialog, keyFor, escape);
    // The back gesture of phones asks, too; where the browser closes it all the same, it waits and can be gone on with.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      escape();
    });
    dialog.addEventListener('close', () => {
      if (isOnClock()) letGo();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && isOnClock()) goOn();
    });

    return { dialog, heading, ask, question, stay, button, goOn, opening, change, loadStyle, ...face, ...makeVoiceLine(), kept: make('p', { class: 'hint run-kept', role: 'status' }) };
  };
  prepbook.runs = { now, newId, key, isOnControl };
})();
