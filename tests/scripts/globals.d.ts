// The globals of the scripts: what core.js owns, and what its scripts are given.

/** The fields of a page in which each word was found, by the word. */
type Match = Record<string, string[]>;

/** A run of pages of one kind; see src/export/search/encode.rs. */
interface SearchGroup {
  /** The kind's word, as `question`; `page` for index pages. */
  kind: string;
  name: string;
  /** Addresses before and after the id, from the site's root. */
  before: string;
  after: string;
  pages: { title: string; id: string; tags?: string; number?: number; names?: string[]; about?: number[] }[];
}

interface SearchData {
  groups: SearchGroup[];
  words: string;
  texts: string[];
}

/** A page as search knows it. */
interface Page {
  id: number;
  group: SearchGroup;
  /** From the site's root. */
  url: string;
  title: string;
  /** The title's words as search compares them. */
  start: string;
  /** 0 when it has none. */
  number: number;
  /** Ids of the pages to which it belongs. */
  about: number[];
  names: string[];
  tags: string;
  /** Its words, as the data has them. */
  text: string;
}

interface Hit {
  page: Page;
  score: number;
  match: Match;
}

/** What search.js leaves. */
interface Search {
  ready: Promise<void>;
  pages: Page[];
  plain(text: string): string;
  split(text: string): string[];
  wordsOf(text: string): string[];
  /** The pages that a query finds, the best first. */
  find(typed: string): Hit[];
}

interface Results {
  groups: HTMLElement[];
  options: HTMLAnchorElement[];
  total: number;
}

/** The dialog in which the reader searches. */
interface SearchBox {
  open(): void;
  dialog: HTMLDialogElement;
  input: HTMLInputElement;
  list: HTMLElement;
  none: HTMLElement;
  /** Tells the number of results, and the like, once the reader pauses. */
  tell(text: string): void;
  /** Says why the list is empty, and leads to all pages. */
  offerAllPages(before: string): void;
}

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

/** What is kept of a try. */
interface Attempt {
  id: string;
  tool: string;
  question: string;
  startedAt: string;
  ms: number;
  /** What each part has taken, in milliseconds. */
  parts: number[];
  /** How much longer than planned, in milliseconds. */
  over: number;
  /** From 0 for no story to 3 for ready; null before the reader has said. */
  rating: number | null;
}

/** A try as it is stored while it goes on. */
interface Run {
  tool: string;
  question: string;
  /** The model answer whose plan it follows; empty for none. */
  answer: string;
  startedAt: string;
  clock: RunClock;
}

interface RunningTry {
  at: 'running';
  question: string;
  answer: string;
  startedAt: string;
  clock: RunClock;
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
  attempt: Attempt;
}
type Try = { at: 'idle' } | RunningTry | LeavingTry | DoneTry;

type TryEvent =
  | { type: 'start'; now: Reading; question: string; answer: string; plan: number[] }
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
  toStore(state: Try): Run | null;
  /** The try of a question that was stored, or `idle`. */
  fromStore(value: unknown, question: string, now: Reading): Try;
}

interface Prepbook {
  /** The home page. */
  home: URL;
  /** The folder in which the handbook stands. */
  folder: URL;
  /** The worker's address; empty when the handbook is not kept. */
  worker: string;
  /** What this browser keeps for this handbook between pages; null for nothing, or when storage is switched off. */
  kept(key: string): string | null;
  /** Keeps a value for this handbook; null removes it. */
  keep(key: string, value: string | null): void;
  /** A script's address as browsers with trusted types take it; only those that the page names. */
  trusted(address: string): string;
  /** Loads what searches, once; again after it failed. */
  loadSearch(): Promise<void>;
  /** Loads what the dialog of settings holds, once; again after it failed. */
  loadSettings(): Promise<unknown>;
  /** An element with attributes and what is inside. */
  make<K extends keyof HTMLElementTagNameMap>(name: K, attributes?: Record<string, string>, ...inside: (Node | string)[]): HTMLElementTagNameMap[K];
  /** A dialog with a heading, which a click beside it closes. */
  makeDialog(kind: string, title: string, ...inside: (Node | string)[]): HTMLDialogElement;
  /** Left by reader.js: addresses from the site's root of the pages visited last, without this one, the latest first. */
  visited(): string[];
  /** Left by reader.js: the search dialog, made when it is first asked for. */
  searchBox(): SearchBox;
  /** Left by search-box.js: shows what is found for what the field holds, and follows the first result if Enter was pressed before. */
  showResults?(isEntered: boolean): void;
  /** Left by settings.js: what the dialog of appearance and keys holds, as things stand. */
  settings?(): HTMLElement[];
  /** Left by clock.js. */
  clocks?: Clocks;
  /** Left by try.js. */
  tries?: Tries;
  /** Left by search.js. */
  search?: Search;
  /** Left by results.js once the index is ready: what the list shows for a query; for none, the pages visited last. */
  results?(query: string, visited: string[]): Results;
}

declare var prepbook: Prepbook;
declare var prepbookSearch: SearchData | undefined;

declare var MiniSearch: new (options: object) => {
  addAllAsync(pages: Page[], options: { chunkSize: number }): Promise<void>;
  search(query: string, options: object): { id: number; score: number; match: Match }[];
};

/** What prepbook puts before the worker: hashes of files by their addresses from the site's root. */
declare const edition: { name: string; whole: boolean; core: Record<string, string>; rest: Record<string, string> };

interface Window {
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): object } };
}
interface Navigator {
  connection?: { saveData: boolean };
}
