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
  /** `1:12`, whatever the sign. */
  time(ms: number): string;
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
  /** Asks for the microphone; rejects with a sentence for the reader. `tell` is called with another if it stops by itself. */
  open(id: string, question: string, tell: (sentence: string) => void): Promise<Recording>;
  /** Makes a recording of the pieces that a page left; null where there are none. */
  join(id: string): Promise<AudioNote | null>;
  /** The sound. */
  get(id: string): Promise<Blob | undefined>;
  remove(ids: string[]): Promise<void>;
  /** Recordings whose page has gone. */
  lost(): Promise<{ id: string; question: string }[]>;
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
  /** Left by playback.js: the recordings of a question, the latest first; at least one. `forget` deletes some. */
  makeRecordings(attempts: readonly Frozen<Attempt>[], shape: Shape, forget: (ids: string[]) => Promise<unknown>): HTMLElement;
}
