// Writes down what is said, where the browser itself can do so on this device and says so. Sound goes nowhere: a session
// that must be local fails rather than ask a service, and where that is not certain nothing is offered.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  /** How long the last words may take, in milliseconds. */
  const PATIENCE = 3000;
  /** A recogniser that ends sooner than this after it has begun is not begun again at once. */
  const SHORT = 500;
  const Recogniser = self.SpeechRecognition;
  const tag = document.documentElement.lang || 'en';
  const languageOf = (/** @type {string} */ one) => one.split('-')[0].toLowerCase();
  /** The handbook's language, spoken as the reader's browser has it first. */
  const languages = [...new Set([...navigator.languages.filter((one) => languageOf(one) === languageOf(tag) && one.includes('-')), ...(languageOf(tag) === 'en' ? ['en-US', 'en-GB'] : []), tag])];

  /** Both are needed: to ask whether the device has a language, and to demand that nothing else is used. */
  const isKnown = () => typeof Recogniser?.available === 'function' && 'processLocally' in Recogniser.prototype;
  const askFor = async (/** @type {string} */ lang) => {
    if (!Recogniser || !isKnown()) return 'unavailable';
    return Recogniser.available({ langs: [lang], processLocally: true }).catch(() => 'unavailable');
  };
  /** What the device has, in the order of what is wanted. */
  const found = async () => Promise.all(languages.map(async (lang) => ({ lang, state: await askFor(lang) })));
  /** @type {Dictation['offer']} */
  const offer = async () => {
    const states = (await found()).map(({ state }) => state);
    return states.includes('available') ? 'ready' : states.includes('downloading') ? 'installing' : states.includes('downloadable') ? 'installable' : 'none';
  };
  /** @type {Dictation['install']} */
  const install = async () => {
    const wanted = (await found()).find(({ state }) => state === 'downloadable' || state === 'downloading');
    return Boolean(wanted && Recogniser?.install && (await Recogniser.install({ langs: [wanted.lang], processLocally: true }).catch(() => false)));
  };

  /** @type {Dictation['open']} */
  const open = async (tell) => {
    const lang = (await found()).find(({ state }) => state === 'available')?.lang;
    if (!lang || !Recogniser) return null;
    const recogniser = new Recogniser();
    recogniser.lang = lang;
    recogniser.continuous = true;
    recogniser.interimResults = false;
    recogniser.processLocally = true;
    if (recogniser.processLocally !== true) return null;

    /** What is being said, and what the session under way writes to: its last words come after its end was asked for. @type {string[]} */
    let pieces = [];
    let heard = pieces;
    let isWanted = false;
    let isOn = false;
    let since = 0;
    let tellEnd = () => {};
    const start = () => {
      if (isOn || recogniser.processLocally !== true) return;
      try {
        recogniser.start();
        [isOn, since, heard] = [true, Date.now(), pieces];
      } catch {
        // It is still ending: `end` begins it again.
      }
    };
    const stop = () => {
      isWanted = false;
      if (isOn) recogniser.stop();
    };
    recogniser.onresult = ({ results, resultIndex }) => {
      for (const result of Array.from(results).slice(resultIndex)) if (result.isFinal) heard.push(result[0].transcript.trim());
    };
    recogniser.onerror = ({ error }) => {
      // Silence and an end that was asked for are none.
      if (error === 'no-speech' || error === 'aborted') return;
      isWanted = false;
      tell(word('voice.stopped-listening'));
    };
    recogniser.onend = () => {
      isOn = false;
      tellEnd();
      // Browsers end a session after a silence.
      if (isWanted) setTimeout(() => isWanted && start(), Date.now() - since < SHORT ? SHORT : 0);
    };
    return {
      begin: () => {
        pieces = [];
        isWanted = true;
        start();
      },
      pause: stop,
      resume: () => {
        if (isWanted) return;
        isWanted = true;
        start();
      },
      finish: async () => {
        const its = pieces;
        const ended = isOn ? new Promise((/** @type {(nothing?: unknown) => void} */ done) => (tellEnd = done)) : null;
        stop();
        await Promise.race([ended, new Promise((done) => setTimeout(done, ended ? PATIENCE : 0))]);
        return its.filter(Boolean).join(' ');
      },
      drop: () => {
        stop();
        pieces = [];
      },
      close: () => {
        isWanted = false;
        recogniser.abort();
      },
    };
  };

  prepbook.dictation = { offer, install, open };
})();
