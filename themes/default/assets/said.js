// What the reader said in a try, written down by the device or typed: what counts about it, and what a listener would notice.
// It stands with the try, and goes when it is emptied.
// @ts-check
(() => {
  'use strict';
  const { make, word, lint, spoken } = prepbook;
  /** More than anybody says in an answer. */
  const LONGEST = 20_000;
  /** What the length of a typed text says; how long it took is known. */
  const timed = ['too-long', 'too-short', 'opening-too-long', 'part-too-long'];
  const paces = { slow: word('said.slow'), easy: word('said.easy'), fast: word('said.fast') };

  /** The figures, each with its name and what it means. */
  const rowsOf = (/** @type {string} */ text, /** @type {number} */ ms) => {
    const { rules, language } = prepbook.storyData;
    const { words: n, pace, fillers, singular, plural, names, figures } = spoken.measure(text, { rules, language, ms });
    const total = fillers.reduce((sum, one) => sum + one.times, 0);
    /** @type {[string, string, string][]} */
    const rows = [[word('said.pace'), pace === null ? '–' : `${pace}`, pace === null ? word('said.too-few', { n }) : paces[spoken.paceIn(pace, rules)]]];
    if (names) {
      const list = fillers.slice(0, 4).map(({ word: filler, times }) => (times === 1 ? word('said.filler', { word: filler }) : word('said.filler-times', { word: filler, n: times }))).join(', ');
      rows.push([word('said.fillers'), `${total}`, total ? list : word('said.no-fillers')]);
      rows.push([`${names[0]} : ${names[1]}`, `${singular} : ${plural}`, plural > singular ? word('said.say-yourself') : word('said.can-be-heard')]);
    }
    rows.push([word('said.figures'), `${figures.length}`, figures.length ? figures.slice(0, 5).join(', ') : word('said.no-figures')]);
    return rows;
  };
  const noticed = (/** @type {string} */ text) => {
    const { rules, language, pace, flags } = prepbook.storyData;
    const found = lint.lint(text, { phases: [], rules, language, pace }).filter(({ rule }) => !timed.includes(rule) && rule !== 'no-figure' && rule !== 'says-we');
    return found.map(({ say, flags: ids }) => make('li', {}, say, ...ids.flatMap((id) => (flags[id] ? [' ', make('a', { href: new URL(flags[id].url, prepbook.home).href }, flags[id].title)] : []))));
  };

  /** What is not looked for, since the rules have no words of the language. */
  const rests = () => (lint.wordsFor(prepbook.storyData.rules, prepbook.storyData.language) ? [] : [make('p', { class: 'hint' }, word('lint.rests'))]);

  /** The switch for what the device writes down, where it can. */
  const makeSwitch = () => {
    const place = make('div', {});
    if (self.SpeechRecognition?.available) void prepbook.load('dictate').then(() => place.append(prepbook.makeDictationSwitch())).catch(() => {});
    return place;
  };

  /** @type {Prepbook['makeSaid']} */
  prepbook.makeSaid = ({ attempt, store, change }) => {
    const area = make('textarea', { id: 'run_said', rows: '5', maxlength: `${LONGEST}`, spellcheck: 'false', 'aria-describedby': 'run_said_hint' });
    const hint = make('p', { class: 'hint', id: 'run_said_hint' });
    const scores = make('dl', { class: 'run-counts' });
    const notes = make('ul', { class: 'run-notes' });
    const status = make('p', { class: 'vh', role: 'status' });
    const its = () => store?.doc.attempts.find(({ id }) => id === attempt.id)?.said;
    const draw = () => {
      const text = area.value.trim();
      const by = its()?.by;
      hint.textContent = !text ? word('said.type') : by === 'device' ? word('said.by-device') : word('said.kept');
      const rows = text ? rowsOf(text, attempt.ms) : [];
      scores.hidden = !rows.length;
      scores.replaceChildren(...rows.map(([name, value, told]) => make('div', {}, make('dt', {}, name), make('dd', {}, make('b', {}, value), ' ', make('span', {}, told)))));
      notes.replaceChildren(...(text ? noticed(text) : []));
      notes.hidden = !notes.children.length;
    };
    const take = () => {
      // What is being typed is not written over.
      if (document.activeElement === area) return;
      area.value = its()?.text ?? '';
      draw();
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let telling;
    area.addEventListener('input', () => {
      const text = area.value.trim();
      void change((doc) => {
        const one = doc.attempts.find(({ id }) => id === attempt.id);
        if (!one) return;
        if (text) one.said = { text, by: one.said?.by ?? 'hand' };
        else delete one.said;
      });
      draw();
      clearTimeout(telling);
      telling = setTimeout(() => (status.textContent = text ? rowsOf(text, attempt.ms).map((row) => row.slice(0, 2).join(' ')).join(', ') : ''), 1000);
    });
    const end = store?.listen(() => (section.isConnected ? take() : end?.()));
    const section = make('div', { class: 'run-said' }, make('label', { for: area.id }, word('said.title')), area, hint, scores, notes, ...rests(), makeSwitch(), status);
    take();
    draw();
    return section;
  };
})();
