// What follows an answer of an exercise, and the end of all: how it was, the summary, the recordings, the interviewer's card.
// @ts-check
(() => {
  'use strict';
  const { make, word, clocks, exercises, home } = prepbook;
  const { time, totalOf } = clocks;

  /** @type {Prepbook['makeExerciseEnd']} */
  prepbook.makeExerciseEnd = ({ run, view }) => {
    const { dialog, heading, status, kept, button, say } = run;
    const { top, after, keys, where, leave, close } = view.places;
    const { handbook, tool, title } = view.about();

    const showRating = () => {
      const state = view.state();
      if (state.at !== 'rating' || !state.result) return;
      const its = state.turns[state.i];
      if (!its.scale) return;
      view.clear();
      const { ms, over } = state.result;
      const plan = totalOf(its.parts.map(({ ms }) => ms));
      const told = plan >= exercises.untimed ? time(ms) : over >= 1000 ? word('run.time-of-over', { time: time(ms), plan: time(plan), over: time(over) }) : word('run.time-of', { time: time(ms), plan: time(plan) });
      dialog.setAttribute('data-done', '');
      const rating = prepbook.makeRating({
        turn: its, scale: its.scale, doc: view.docNow(), button,
        rate: (value) => {
          const { id, title } = rating.story();
          view.rate(value, { rubric: rating.scores(), story: id, title });
        },
      });
      heading.textContent = rating.heading;
      heading.className = '';
      where.replaceChildren(make('span', { class: 'q' }, word('exercise.nth-of', { nth: state.i + 1, n: state.turns.length })), ' ', make('span', { class: its.kind === 'cover' ? '' : 'said' }, its.text));
      top.replaceChildren(where, leave);
      after.replaceChildren(heading, make('p', { class: 'run-told' }, told), ...rating.content);
      dialog.replaceChildren(top, after, status);
      dialog.scrollTop = 0;
      say('');
      heading.focus();
    };

    /** The recordings of this exercise, once they are kept. */
    const showTakes = async () => {
      const state = view.state();
      if (state.at !== 'done') return;
      const ids = state.results.flatMap(({ id, audio }) => (audio ? [id] : []));
      const its = view.docNow().attempts.filter(({ id, audio }) => audio && ids.includes(id));
      if (!its.length || after.querySelector('.run-sound')) return;
      const { forget } = await run.loadVoices();
      const question = (/** @type {Frozen<Attempt>} */ attempt) => handbook.questions.find(({ id }) => id === attempt.question);
      const parts = (/** @type {Frozen<Attempt>} */ { id }) => state.turns[state.results.find((one) => one.id === id)?.turn ?? 0].parts;
      after.append(prepbook.makeRecordings(its, {
        partsOf: (attempt) => parts(attempt).map(({ title }) => title),
        nameOf: (attempt) => [question(attempt)?.number ? word('told.number', { number: `${question(attempt)?.number}` }) : (question(attempt)?.title ?? ''), time(attempt.ms ?? 0)].join(' · '),
        forget,
      }));
    };
    const showDone = () => {
      const state = view.state();
      if (state.at !== 'done') return;
      view.clear();
      where.replaceChildren(title);
      top.replaceChildren(where, close);
      const { headline, content, again } = prepbook.makeExerciseResult({ state, title, doc: view.docNow(), handbook, scales: prepbook.ratings.scales, rubric: prepbook.ratings.rubric, time, home, correct: view.correct });
      dialog.setAttribute('data-done', '');
      dialog.setAttribute('data-print', '');
      heading.textContent = headline;
      heading.className = '';
      after.replaceChildren(heading, content, kept);
      keys.replaceChildren(button('', () => view.setUp(), word('exercise.set-up-anew')), button('', () => print(), tool === 'mock-interview' ? word('exercise.print-debrief') : word('button.print')),
        ...(again.length ? [button('go', () => view.repeat(state, again), again.length > 1 ? word('exercise.repeat-weakest-of', { n: again.length }) : word('exercise.repeat-weakest'))] : []));
      keys.hidden = false;
      dialog.replaceChildren(top, after, keys, status);
      dialog.scrollTop = 0;
      say('');
      heading.focus();
    };

    const showCard = (/** @type {Record<string, string>} */ options, /** @type {string} */ seed) => {
      view.clear();
      dialog.setAttribute('data-done', '');
      dialog.setAttribute('data-print', '');
      heading.textContent = word('exercise.card');
      where.replaceChildren(title);
      top.replaceChildren(where, close);
      after.replaceChildren(heading, prepbook.makeExerciseCard({ turns: view.turnsFor(options, seed), options, seed, handbook, rubric: prepbook.ratings.rubric, degrees: prepbook.ratings.degrees, time }));
      keys.replaceChildren(button('', () => view.setUp(new URLSearchParams({ ...options, seed })), word('button.back')), button('go', () => print(), word('button.print')));
      keys.hidden = false;
      dialog.replaceChildren(top, after, keys, status);
      dialog.scrollTop = 0;
      heading.focus();
    };
    return { showRating, showTakes, showDone, showCard };
  };
})();
