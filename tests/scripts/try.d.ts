// What the scripts of trying a question share.
/** A reading of the time, in milliseconds. */
interface Reading {
  /** As `Date.now()` tells it. */
  wall: number;
  /** As `performance.now()` tells it: nobody sets it, but it can stand still in sleep. */
  steady: number;
  /** When the page began: steady times of different pages cannot be compared. */
  origin: number;
  /** Whether the page was out of sight at any time since the reading before. */
  wasHidden?: boolean;
}

/** The clock of a try, as it is stored. */
interface RunClock {
  /** The planned length of each part, in milliseconds. */
  plan: number[];
  /** What had passed at `since`, pauses left out. */
  spent: number;
  /** The last reading; null while it is paused. */
  since: Reading | null;
  /** When each finished part ended, in milliseconds of the try. */
  ends: number[];
  /** Whether the part goes on until the reader says so; if not, the plan ends it. */
  waits: boolean;
}

/** What a clock shows. */
interface Shown {
  spent: number;
  /** Of the whole plan; negative once it is over. */
  left: number;
  /** The part that one is in. */
  nth: number;
  /** Negative once the part has taken longer than planned. */
  leftInPart: number;
  /** How much of the part is gone, from 0 to 1. */
  share: number;
  isPaused: boolean;
}

/** What clock.js leaves: no function changes the clock that it is given. */
interface Clocks {
  start(plan: number[], now: Reading): RunClock;
  /** Takes note of the time; to be asked for often, since a jump is seen between two readings. */
  read(clock: RunClock, now: Reading): RunClock;
  pause(clock: RunClock, now: Reading): RunClock;
  resume(clock: RunClock, now: Reading): RunClock;
  /** Ends the part; the last one goes on. */
  next(clock: RunClock, now: Reading): RunClock;
  /** Goes back to the part before, which then lasts until `next`. */
  back(clock: RunClock, now: Reading): RunClock;
  show(clock: RunClock, now: Reading): Shown;
  /** What each part has taken; 0 for those that were not reached. */
  parts(clock: RunClock, now: Reading): number[];
  /** Whether a stored value can be a clock. */
  isClock(value: unknown): value is RunClock;
  /** `1:12`, whatever the sign. */
  time(ms: number): string;
  /** Left of a plan in whole seconds, so that `0:00` is the end; and over it. */
  rest(ms: number): string;
  totalOf(plan: readonly number[]): number;
}

/** A try as it is stored while it goes on. */
interface TryRun extends Run {
  question: string;
  /** The model answer whose plan it follows; empty for none. */
  answer: string;
  startedAt: string;
  clock: RunClock;
  /** Its recording; null for none. */
  audio: string | null;
}

interface RunningTry {
  at: 'running';
  question: string;
  answer: string;
  startedAt: string;
  clock: RunClock;
  audio: string | null;
}
/** The reader is asked whether to leave; meanwhile it is paused. */
interface LeavingTry extends Omit<RunningTry, 'at'> {
  at: 'leaving';
  /** Whether it was running before. */
  goesOn: boolean;
}
interface DoneTry {
  at: 'done';
  question: string;
  answer: string;
  plan: number[];
  /** Whether the reader has said where a part ends. */
  isMarked: boolean;
  attempt: Attempt & { ms: number; parts: number[] };
}
type Try = { at: 'idle' } | RunningTry | LeavingTry | DoneTry;

type TryEvent =
  | { type: 'start'; now: Reading; question: string; answer: string; plan: number[]; audio: string | null }
  | { type: 'read' | 'turn' | 'next' | 'back' | 'leave' | 'stay'; now: Reading }
  | { type: 'finish'; now: Reading; id: string }
  | { type: 'rate'; rating: number }
  | { type: 'quit' };

/** What try.js leaves. */
interface Tries {
  idle: Try;
  /** What comes of a state; one in which the event means nothing stays as it is. */
  step(state: Try, event: TryEvent): Try;
  /** What is to be stored of a try that goes on; null when none does. */
  toStore(state: Try): TryRun | null;
  /** The try of a question that was stored, or `idle`. */
  fromStore(value: unknown, question: string, now: Reading): Try;
}

/** How an answer's time is divided, and what the model does with it. Lengths are in milliseconds. */
interface Shape {
  /** The model answer's id; empty for none. */
  answer: string;
  /** The framework's title. */
  name: string;
  parts: { title: string; letter: string; /** Its class in bars. */ step: string; ms: number; /** How long the model takes; 0 for none. */ told: number }[];
  /** The skeleton of the model. */
  points: { start: string; text: string }[];
}

/** What try-page.js reads from a question's page. */
interface TryPage {
  number: string;
  title: string;
  /** At least one. */
  shapes: Shape[];
  hasModel: boolean;
  /** The link to the next question. */
  next: HTMLAnchorElement | null;
  totalOf(shape: Shape): number;
}

/** Some seconds of a recording, as they are stored. */
interface Piece {
  /** The recording's. */
  id: string;
  question: string;
  data: Blob;
  mime: string;
  /** How long the recording is with it. */
  ms: number;
  at: string;
}

/** A recording under way. */
interface Recording {
  id: string;
  start(): void;
  pause(): void;
  resume(): void;
  /** Ends it and keeps it; null when nothing was heard. */
  finish(): Promise<AudioNote | null>;
  /** Ends it and keeps nothing. */
  drop(): Promise<void>;
}

/** What recorder.js leaves. */
interface Recordings {
  /** Asks for the microphone; rejects with a sentence for the reader. */
  listen(): Promise<MediaStream>;
  /** `tell` is called with a sentence if it stops by itself. */
  open(stream: MediaStream, id: string, question: string, tell: (sentence: string) => void): Recording;
  /** Makes a recording of the pieces that a page left; null where there are none. */
  join(id: string): Promise<AudioNote | null>;
  /** The sound. */
  get(id: string): Promise<Blob | undefined>;
  remove(ids: string[]): Promise<void>;
  /** Recordings whose page has gone. */
  lost(): Promise<{ id: string; question: string }[]>;
}

/** What the reader says, as far as it is recorded or written down. */
interface Voice {
  /** What is done, for the reader to see; empty for nothing. */
  sign: string;
  /** What could not be done of what was asked for. */
  lack: string;
  /** Begins anew, about a question; gives the recording's id. */
  begin(question: string): string | null;
  /** Goes on, or pauses. */
  follow(isOn: boolean): void;
  /** Names the attempt that it is kept with; without one it is dropped. */
  belongsTo(attempt: string): void;
  /** Ends it and keeps it, after something else; done once it is kept. */
  end(after?: Promise<unknown>): Promise<unknown>;
  drop(): void;
  /** Lets go of the microphone. */
  close(): void;
}
/** What voice.js leaves for a run. */
interface Voices {
  /** Opens what the reader has asked for; rejects with a sentence where the microphone is refused. */
  open(): Promise<Voice>;
  keep(its: { attempt: string; question: string; audio: string | null; /** Absent for what a page left. */ sound?: Promise<AudioNote | null>; text?: string }): Promise<void>;
  /** The attempts of a question with a recording, the latest first. */
  takes(question: string): Promise<Frozen<Attempt>[]>;
  /** Deletes recordings, with what was written down of them. */
  forget(ids: string[]): Promise<void>;
}

/** What dictation.js leaves: speech written down on this device, and nowhere else. */
interface Dictation {
  /** Whether the browser says that it can. */
  offer(): Promise<'ready' | 'installable' | 'installing' | 'none'>;
  /** Fetches the language; only at the reader's word. */
  install(): Promise<boolean>;
  /** Null where it cannot. `tell` is called with a sentence if it stops by itself. */
  open(tell: (sentence: string) => void): Promise<{
    begin(): void;
    pause(): void;
    resume(): void;
    /** Ends it; gives what was said. */
    finish(): Promise<string>;
    drop(): void;
    close(): void;
  } | null>;
}
interface Recogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally?: boolean;
  start(): void;
  stop(): void;
  abort(): void;
  onresult: ((event: { resultIndex: number; results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
}
interface Window {
  SpeechRecognition?: {
    new (): Recogniser;
    prototype: Recogniser;
    available(options: { langs: string[]; processLocally: boolean }): Promise<string>;
    install?(options: { langs: string[]; processLocally: boolean }): Promise<boolean>;
  };
}

/** What counts about something that was said. */
interface Measures {
  words: number;
  /** Words a minute; null for what is too short to tell. */
  pace: number | null;
  /** Words that fill, the most frequent first. */
  fillers: { word: string; times: number }[];
  singular: number;
  plural: number;
  /** "I" and "we"; null for a language that the rules don't know. */
  names: [string, string] | null;
  figures: string[];
}
/** What spoken.js leaves. */
interface Spokens {
  measure(text: string, given: { rules: Rules; language: string; /** How long it took. */ ms: number }): Measures;
  paceIn(pace: number, rules: Rules): 'slow' | 'easy' | 'fast';
}

/** The clock of a run as it is drawn. */
interface RunFace {
  /** For screen readers. */
  status: HTMLElement;
  phases: HTMLElement;
  track: HTMLElement;
  nowLine: HTMLElement;
  part: HTMLElement;
  partLeft: HTMLElement;
  left: HTMLElement;
  leftWord: HTMLElement;
  say(text: string): void;
  drawParts(label: string, parts: readonly { title: string; letter?: string; ms: number }[]): void;
  /** Draws the clock; gives what it has spent. */
  drawClock(clock: RunClock, titles: string[], buttons: { turn: HTMLElement; forward: HTMLElement }, isTimed?: boolean): number;
  /** Where the head of the bar is, from 0 to 1. */
  setPlace(share: number): void;
}

/** The reader's voice in a run. */
interface RunVoice {
  voiceLine: HTMLElement;
  tellVoice(sentence: string, isOn?: boolean): void;
  loadVoices(): Promise<Voices>;
  /** Opens what the reader has asked for; false if it was asked for again meanwhile. */
  openVoice(tellWaiting: (sentence: string) => void): Promise<boolean>;
  /** Begins to listen, about a question; gives the recording's id. */
  beginVoice(question: string): string | null;
  voice(): Voice | null;
  closeVoice(): void;
}

/** What run.js makes for a try or an exercise: the dialog, its parts, and what they have in common. */
interface RunFrame extends RunFace, RunVoice {
  dialog: HTMLDialogElement;
  heading: HTMLElement;
  /** What is told of what was kept. */
  kept: HTMLElement;
  /** Asks before leaving: the whole, its sentence, and the way back. */
  ask: HTMLElement;
  question: HTMLElement;
  stay: HTMLElement;
  button: MakeButton;
  /** Draws now, and on as long as it ticks. */
  goOn(): void;
  /** Opens what the reader keeps; null where that fails. */
  opening(): Promise<Store | null>;
  change(edit: (doc: Doc) => void): Promise<boolean>;
  loadStyle(addresses: string): Promise<unknown>;
}

interface Prepbook {
  /** Left by run.js. */
  runs: { now(): Reading; newId(): string; key(name: string): HTMLElement; isOnControl(target: EventTarget | null): boolean };
  makeRun(given: {
    /** The class of its dialog; empty for a try. */
    kind: string;
    /** Whether a clock is open, running or paused. */
    isOnClock(): boolean;
    isTicking(): boolean;
    /** Takes note of the time, and draws. */
    tick(): void;
    /** What a key does as things stand. */
    keyFor(event: KeyboardEvent): (() => void) | undefined;
    escape(): void;
    /** The browser has closed the dialog by itself. */
    letGo(): void;
    leave(): void;
    stay(): void;
  }): RunFrame;
  /** Left by voice.js. */
  makeVoices(given: { opening: RunFrame['opening']; change: RunFrame['change']; tell(sentence: string, isOn?: boolean): void }): Voices;
  /** Left by dictation.js. */
  dictation: Dictation;
  /** Left by dictation-switch.js. */
  makeDictationSwitch(): HTMLElement;
  /** Left by spoken.js. */
  spoken: Spokens;
  /** Left by said.js: what was said in a try, to read or to type, with what counts about it. */
  makeSaid(given: { attempt: DoneTry['attempt']; store: Store | null; change: RunFrame['change'] }): HTMLElement;
}

interface Prepbook {
  /** Left by clock.js. */
  clocks: Clocks;
  /** Left by try.js. */
  tries: Tries;
  /** Left by try-page.js: what the page tells about its question. */
  tryPage: TryPage;
  /** Left by try-result.js: what is shown after a try. */
  makeTryResult(done: DoneTry, shape: Shape, rate: (rating: number) => void): { headline: string; content: HTMLElement };
  /** Left by try-view.js: opens the try of the page's question, or goes on with the one under way. */
  openTry(question: string): void;
  /** Left by recorder.js. */
  recordings: Recordings;
  /** Left by playback.js: recordings, at least one. */
  makeRecordings(attempts: readonly Frozen<Attempt>[], given: {
    /** The titles of an attempt's parts. */
    partsOf(attempt: Frozen<Attempt>): string[];
    /** When it was and how long, unless something else is told. */
    nameOf?(attempt: Frozen<Attempt>): string;
    forget(ids: string[]): Promise<unknown>;
  }): HTMLElement;
}
