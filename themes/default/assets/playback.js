// Recordings after a try or an exercise: to hear again, from each part on, to read, to download and to delete.
// @ts-check
(() => {
  'use strict';
  const { make, word, recordings } = prepbook;
  const { time } = prepbook.clocks;
  const button = (/** @type {() => void} */ act, /** @type {string} */ text) => {
    const element = make('button', { type: 'button', class: 'button' }, text);
    element.addEventListener('click', act);
    return element;
  };
  /** A button that acts when it is pressed again. */
  const sure = (/** @type {string} */ text, /** @type {() => void} */ act) => {
    let isAsked = false;
    const element = button(() => {
      if (isAsked) return act();
      isAsked = true;
      element.textContent = word('playback.sure');
    }, text);
    element.addEventListener('blur', () => {
      isAsked = false;
      element.textContent = text;
    });
    return element;
  };
  const language = document.documentElement.lang || 'en';
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
  const whenOf = (/** @type {Frozen<Attempt>} */ { startedAt, ms = 0 }) => `${day.format(new Date(startedAt))}, ${time(ms)}`;

  /** @type {Prepbook['makeRecordings']} */
  prepbook.makeRecordings = (attempts, { partsOf, nameOf = whenOf, forget }) => {
    const audio = make('audio', { controls: '', preload: 'metadata' });
    const marks = make('div', { class: 'run-marks', role: 'group', 'aria-label': word('playback.play-from') });
    const status = make('p', { class: 'hint', role: 'status' });
    const download = make('a', { class: 'button' }, word('button.download'));
    const speeds = make(
      'fieldset', { class: 'run-speeds' }, make('legend', { class: 'vh' }, word('playback.speed')),
      ...[1, 1.5].map((speed) => {
        const input = make('input', { type: 'radio', name: 'speed', value: `${speed}` });
        input.checked = speed === 1;
        input.addEventListener('change', () => (audio.playbackRate = audio.defaultPlaybackRate = speed));
        return make('label', {}, input, `${speed.toLocaleString(language)}×`);
      }),
    );
    let address = '';
    /** @type {Frozen<Attempt> | undefined} */
    let heard;
    const play = (/** @type {number} */ from) => {
      audio.currentTime = from / 1000;
      audio.play().catch(() => (status.textContent = word('playback.cannot')));
    };
    const showMarks = (/** @type {Frozen<Attempt>} */ attempt) => {
      const { parts = [] } = attempt;
      const titles = partsOf(attempt);
      let start = 0;
      const starts = parts.map((ms) => (start += ms) - ms);
      const isOfShape = parts.length === titles.length && parts.length > 1;
      marks.replaceChildren(...(isOfShape ? titles.flatMap((title, nth) => (parts[nth] ? [button(() => play(starts[nth]), `${title} ${time(starts[nth])}`)] : [])) : []));
    };
    const words = make('details', { class: 'run-words' });
    const showWords = (/** @type {Frozen<Attempt>} */ { said }) => {
      words.hidden = !said;
      words.replaceChildren(make('summary', {}, word('playback.words')), make('p', {}, said?.text ?? ''));
    };
    const show = async (/** @type {Frozen<Attempt>} */ attempt) => {
      heard = attempt;
      for (const [nth, row] of rows.entries()) row.setAttribute('aria-pressed', `${attempts[nth] === attempt}`);
      status.textContent = '';
      showWords(attempt);
      const sound = await recordings.get(attempt.audio ?? '').catch(() => undefined);
      if (heard !== attempt) return;
      URL.revokeObjectURL(address);
      address = sound ? URL.createObjectURL(sound) : '';
      if (!sound) return void (status.textContent = word('playback.gone'));
      audio.src = address;
      download.href = address;
      download.download = `${attempt.question ?? word('playback.file')}-${attempt.startedAt.slice(0, 16).replaceAll(':', '')}.${/mp4/.test(sound.type) ? 'm4a' : /ogg/.test(sound.type) ? 'ogg' : 'webm'}`;
      showMarks(attempt);
    };
    const rows = attempts.map((attempt) => button(() => show(attempt), nameOf(attempt)));
    const list = make('div', { class: 'run-takes', role: 'group', 'aria-label': word('playback.list') }, ...rows);
    list.hidden = attempts.length < 2;
    const heading = make('h3', { tabindex: '-1' }, attempts.length > 1 ? word('playback.yours') : word('playback.your-one'));
    const deleteThese = async (/** @type {readonly Frozen<Attempt>[]} */ these) => {
      const left = attempts.filter((one) => !these.includes(one));
      audio.pause();
      URL.revokeObjectURL(address);
      await forget(these.map(({ audio }) => audio ?? ''));
      const next = left.length ? prepbook.makeRecordings(left, { partsOf, nameOf, forget }) : make('section', { class: 'run-sound' }, make('h3', { tabindex: '-1' }, word('playback.yours')), make('p', { class: 'hint' }, word('playback.deleted')));
      section.replaceWith(next);
      next.querySelector('h3')?.focus();
    };
    const actions = make(
      'div', { class: 'run-actions' }, speeds, download, sure(word('button.delete'), () => heard && void deleteThese([heard])),
      ...(attempts.length > 1 ? [sure(word('playback.delete-all', { n: attempts.length }), () => void deleteThese(attempts))] : []),
    );
    const section = make('section', { class: 'run-sound' }, heading, list, audio, marks, words, actions, status);
    void show(attempts[0]);
    return section;
  };
})();
