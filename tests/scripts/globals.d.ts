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
  /** Words that a page is found without. */
  general: string;
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
  /** What is searched for of a text that was typed or pasted. */
  asked(typed: string): string;
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

// ---------- what the cheat sheet says of one company or theme ----------

interface SheetItem {
  text: string;
  url?: string;
}

interface SheetPart {
  title: string;
  items: SheetItem[];
  /** What stands between the items on one line. */
  between?: string;
  said?: boolean;
}

interface SheetFocus {
  title: string;
  by?: string;
  url: string;
  parts: SheetPart[];
}

/** By the name of the field, and by what is chosen in it. */
type SheetData = Record<string, Record<string, SheetFocus>>;

// ---------- what the reader keeps ----------

/** When a record last changed, in UTC. The store writes it; edits leave it alone. */
interface Stamped {
  updatedAt?: string;
}

/** Choices for this handbook that go with the reader to another device. */
interface DocSettings extends Stamped {
  /** Ids of companies. */
  targets?: string[];
  /** The rounds of a day of interviews: ids of themes or principles, round by round. */
  loop?: string[][];
  /** Whether questions hide what follows until the reader has tried. */
  tryFirst?: boolean;
  sound?: boolean;
  /** How many recordings of a question are kept. */
  keepAudio?: number;
}

/** What the reader told about the interview. Days are local, `2026-11-19`. */
interface DocPlan extends Stamped {
  /** The same for all files of the calendar. */
  id?: string;
  /** When the plan was made. */
  start: string;
  interview: string;
  /** Whether the date is not known yet; `interview` is then the end of the plan. */
  open?: boolean;
  /** Id of a company. */
  company?: string;
  /** `junior`, `senior` or `staff`. */
  level?: string;
  /** Minutes a day. */
  minutes: number;
  /** When the calendar reminds, `18:30`. */
  time?: string;
  /** How often what the calendar shows has changed. */
  sequence?: number;
}

/** A task of the plan that is done. */
interface Tick extends Stamped {
  at: string;
}

interface Story extends Stamped {
  title: string;
  headline?: string;
  /** By the first letters of the framework's parts, or their ids. */
  beats?: Record<string, string>;
  numbers?: string[];
  people?: string[];
  /** How well it fits themes or principles, 0 to 3, by their ids. */
  fit?: Record<string, number>;
  principles?: string[];
  /** `2024-05`. */
  when?: string;
  /** The id of the shape in which it is told. */
  framework?: string;
}

/** What the reader did with a question. */
interface QuestionState extends Stamped {
  /** 0 no story, 1 rambled, 2 solid, 3 ready. */
  rating?: number;
  note?: string;
  /** The reader's own answer, typed. */
  text?: string;
  /** Ids of stories. */
  stories?: string[];
  star?: boolean;
  /** Leitner box, from 0. */
  box?: number;
  /** The local day on which it is due. */
  due?: string;
  /** When it was last tried. */
  last?: string;
  /** How often it was tried. */
  count?: number;
}

/** One try. */
interface Attempt extends Stamped {
  id: string;
  tool?: string;
  seed?: string;
  /** Id of a question. */
  question?: string;
  story?: string | null;
  startedAt: string;
  ms?: number;
  /** Milliseconds by part of the framework, in order. */
  parts?: number[];
  over?: number;
  rating?: number;
  /** 0 to 3 by the rubric's ids. */
  rubric?: Record<string, number>;
  followUps?: { id: string; rating?: number }[];
  audio?: string | null;
  /** What was said, as the device wrote it down (`device`) or the reader did (`hand`). */
  said?: { text: string; by: string };
  note?: string;
}

/** A recording; its sound stands in a store of its own. */
interface AudioNote extends Stamped {
  id: string;
  mime: string;
  bytes: number;
  ms: number;
  at: string;
}

/** A practice that is under way; tools may keep more in it. */
interface Run extends Stamped {
  tool: string;
  seed?: string;
  queue?: string[];
  i?: number;
  t0?: number;
  pausedMs?: number;
  pausedAt?: number | null;
  [more: string]: unknown;
}

/** All that is kept for the reader of a handbook. Its parts with `updatedAt` are its records. */
interface Doc {
  app: 'prepbook';
  schema: number;
  createdAt: string;
  updatedAt: string;
  settings: DocSettings;
  plan: DocPlan | null;
  /** By checkpoint and task: `day-3/day-3-weakest`. */
  ticks: Record<string, Tick>;
  stories: Record<string, Story>;
  /** By the questions' ids, also of those that this edition doesn't have. */
  questions: Record<string, QuestionState>;
  /** The oldest first. */
  attempts: Attempt[];
  audio: AudioNote[];
  run: Run | null;
  /** When records were deleted, by `stories/<id>` and the like. The store writes it. */
  gone: Record<string, string>;
}

type Frozen<T> = T extends (infer One)[] ? readonly Frozen<One>[] : T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** What database.js leaves. */
interface Database {
  /** Also of the lock and the channel that tabs share. */
  name: string;
  /** Runs requests in one transaction, which nobody else comes between; done once it is complete. */
  transact<T>(stores: string[], mode: IDBTransactionMode, work: (transaction: IDBTransaction, give: (result: T) => void) => void): Promise<T>;
  /** How long storage may take to answer, in milliseconds. */
  patience: number;
}

/** What can be read of something stored or imported. */
type ReadDoc = { refused: string[] } & ({ state: 'read'; doc: Frozen<Doc> } | { state: 'newer' | 'unreadable'; doc?: undefined });

/** What records.js leaves: functions of documents alone. Instants are given as `toISOString` writes them. */
interface Records {
  /** The version of documents that this edition writes. */
  version: number;
  /** The format, as a JSON Schema. */
  schema: object;
  /** What makes a document of each version one of the next. */
  steps: Record<number, (doc: any) => any>;
  empty(now: string): Frozen<Doc>;
  /** The document after an edit, with the changed records stamped; the same one if nothing changed. Throws on what cannot be kept. */
  edit(doc: Frozen<Doc>, change: (doc: Doc) => void, now: string): Frozen<Doc>;
  /** Of each record the later one. The order of documents makes no difference. */
  merge(a: Frozen<Doc>, b: Frozen<Doc>): Frozen<Doc>;
  migrate(raw: any, steps?: Record<number, (doc: any) => any>, to?: number): any;
  /** Takes what it can; `refused` are the places of what it cannot. */
  read(raw: unknown, now: string): ReadDoc;
  /** Whether two values are the same, but perhaps for fields of a name. */
  isSame(a: any, b: any, but?: string): boolean;
  /** JSON that is the same for the same values. */
  canonical(value: unknown): string;
  /** The records by their places, as `stories/<id>`; null for deleted ones. */
  cellsOf(doc: Frozen<Doc>): Map<string, { at: string; record: Stamped | null }>;
}

/** What worth.js leaves. */
interface Worth {
  /** Whether it holds what nobody could make again in a minute: more than a plan and its ticks. */
  isWorthKeeping(doc: Frozen<Doc>): boolean;
  /** Whether the reader has something to lose and has not exported for a week. */
  isExportDue(doc: Frozen<Doc>, exported: string | null, now: string): boolean;
}

interface Store {
  /** As things stand, with what is not yet saved. Frozen, and another object after each change. */
  readonly doc: Frozen<Doc>;
  /**
   * Changes what is kept. The edit gets a draft to write to, of which nothing may outlive it; it may run again on newer
   * data of another tab, so ids and times are made before it. What it takes out of a table or list is deleted. True once
   * it is safely stored; rejected for what cannot be kept at all.
   */
  change(edit: (doc: Doc) => void): Promise<boolean>;
  /** Called after each change of `doc` or `status`, also by other tabs. Gives a function that ends it. */
  listen(listener: () => void): () => void;
  /** `blocked`: this browser keeps nothing at all. `newer`: a newer edition wrote the data; nothing can be changed. */
  readonly status: 'saved' | 'saving' | 'unsaved' | 'blocked' | 'newer';
  /** Saves what waits now; true if nothing is left unsaved. */
  flush(): Promise<boolean>;
  /**
   * Takes in another document, after a backup of this one; rejects if there can be none. `undo` names the backup.
   * @param why what the backup is called: `import`, `restore`
   */
  take(doc: Frozen<Doc>, how: 'merge' | 'replace', why: string): Promise<{ isSafe: boolean; undo?: string }>;
  /** The last five, the latest first. `raw` is what was stored; `doc` what can be read of it. */
  backups(): Promise<{ id: string; at: string; why: string; raw: unknown; doc?: Frozen<Doc> }[]>;
  /** Deletes all that this browser keeps of this handbook for the reader; gives what is left, which should be nothing. */
  erase(): Promise<string[]>;
  details(): Promise<{ inDatabase: boolean; inCopy: boolean; trouble: string; isPersisted: boolean; bytes: number; quota: number | undefined }>;
}

// ---------- what tools know of the handbook: see src/export/practice.rs ----------

interface CheckpointData {
  id: string;
  /** Null for the night before. */
  day: number | null;
  moment: string;
  title: string;
  url: string;
  minutes: number | null;
  tasks: { id: string; text: string; minutes: number | null }[];
  questions: string[];
}
interface QuestionData {
  id: string;
  number: number | null;
  title: string;
  url: string;
  theme: string;
  companies: string[];
  high: string[];
  frequency: string | null;
  difficulty: number | null;
}
/** A plan for few days. */
interface RouteData {
  days: number;
  company: string | null;
  title: string;
  url: string;
}
interface Handbook {
  title: string;
  checkpoints: CheckpointData[];
  routes: RouteData[];
  companies: { id: string; title: string; url: string }[];
  themes: { id: string; title: string; url: string; core: boolean }[];
  questions: QuestionData[];
}

// ---------- the plan ----------

interface PlanPoint {
  checkpoint: CheckpointData;
  date: string;
}
interface PlanTask {
  /** As in `ticks`. */
  key: string;
  checkpoint: string;
  text: string;
  minutes: number;
  isDone: boolean;
  /** When its checkpoint comes. */
  due: string;
  /** Whether another checkpoint has come since. */
  isMoved: boolean;
}
interface PlanDay {
  date: string;
  tasks: PlanTask[];
  /** Of its tasks. */
  minutes: number;
  isNight: boolean;
}
interface PlanView {
  /** Days until the interview; below 0 once it is over. */
  left: number;
  points: (PlanPoint & { isDone: boolean })[];
  /** From today on. */
  days: PlanDay[];
  /** For which there is no time. */
  out: PlanTask[];
  /** Those of today. */
  questions: { question: QuestionData; isDone: boolean; isDue: boolean }[];
  weakest: QuestionData[];
}

/** What due.js leaves. Days are local, `2026-11-19`. */
interface Due {
  addDays(day: string, days: number): string;
  daysBetween(from: string, to: string): number;
  /** The local day of a moment. */
  dayOf(date: Date): string;
  /** The same of a kept one; empty for none. */
  dayOfInstant(instant: string | undefined): string;
  /** The day of the interview, as far as it is known. */
  deadline(plan: Frozen<DocPlan> | null): string | undefined;
  /** How often in a row, until now, each question went well. */
  streaksOf(attempts: Frozen<Doc>['attempts']): Map<string, number>;
  /** When a question comes again, after so many good tries in a row; null if it was not tried. */
  dueOf(state: Frozen<QuestionState>, streak?: number, interview?: string): string | null;
}
/** What schedule.js leaves. */
interface Schedule extends Due {
  /** When each checkpoint comes; those for which there is no time are left out. */
  pointsOf(checkpoints: CheckpointData[], plan: Pick<Frozen<DocPlan>, 'start' | 'interview' | 'open'>): PlanPoint[];
  /** The end of a plan that has no date, by its first day. */
  endOf(start: string): string;
  planOf(handbook: Handbook, doc: Frozen<Doc>, today: string): PlanView | null;
  /** The route for an interview in so many days, if that is too soon for the whole plan. */
  routeOf(handbook: Handbook, days: number, company?: string): RouteData | undefined;
  /** The three that went worst. */
  weakest(handbook: Handbook, doc: Frozen<Doc>): QuestionData[];
  /** At most so many questions for today: due ones, the weakest first, and new ones of several themes. */
  choose(handbook: Handbook, doc: Frozen<Doc>, today: string, most: number): PlanView['questions'];
}

/** The plan as it is shown. */
interface PlanCard {
  form: HTMLElement;
  /** Loads what changes the plan. */
  ready(): Promise<Planning>;
  /** Changes the plan, makes one from the form or gives it to a calendar, once what does so is loaded. */
  use(what: keyof Planning, about?: FormData): void;
  /** Whether the form stands in the card's place. */
  setChanging(is: boolean): void;
}
/** What changes the plan. */
interface Planning {
  change(): void;
  make(about?: FormData): void;
  toCalendar(): Promise<void>;
}

/** What exchange.js leaves. */
interface Exchange {
  count(doc: Frozen<Doc>): Record<'stories' | 'answers' | 'notes' | 'ratings' | 'tries' | 'ticks' | 'plans' | 'recordings', number>;
  isEmpty(doc: Frozen<Doc>): boolean;
  /** What the exported file holds. */
  fileText(doc: Frozen<Doc>): string;
  /** Reads an exported file; `why` says in words what is wrong. */
  parse(text: string, now: string): ReadDoc & { why?: string };
  /** What joining another document would do, by kind of record. `only`: it knows nothing of so many; `gone`: it deletes them. */
  compare(mine: Frozen<Doc>, theirs: Frozen<Doc>): Record<string, Record<'fresh' | 'newer' | 'older' | 'same' | 'gone' | 'only', number>>;
  /** A document as it stands in a link; null if it is too long for one. */
  pack(doc: Frozen<Doc>): Promise<string | null>;
  unpack(packed: string): Promise<string>;
}

/** What diagnose.js leaves: places are those of letters in a paragraph. */
interface Diagnosis {
  phrasesOf(text: string): { from: number; to: number }[];
  /** Which marks were found and missed, by their numbers, and what was chosen beside them. */
  judge<T extends { from: number; to: number }>(chosen: T[], marks: { number: number; from: number; to: number }[]): { found: number[]; missed: number[]; extra: T[] };
}

/** What picture.js leaves: what pictures are drawn with. */
interface Picture {
  dayIn(day: string | number, options?: Intl.DateTimeFormatOptions): string;
  percent(share: number): string;
  svg(name: string, attributes: Record<string, string | number>, ...inside: (Node | string)[]): SVGElement;
  picture(kind: string, told: string, height: number, ...inside: Node[]): SVGElement;
}

/** What plan-picture.js leaves. Places and sizes are shares, from 0 to 1. */
interface PlanPicture {
  /** The days of a plan: work and talk are shares of the longest day. */
  daysOf(view: PlanView, plan: Frozen<DocPlan>): {
    days: { date: string; from: number; width: number; work: number; talk: number; /** The checkpoint that comes on it. */ moment: string; label: string; /** Whether the label stands in the way of others on narrow screens. */ needsRoom: boolean }[];
    /** Where the interview is; null without a date. */
    end: number | null;
  };
  drawPlan(view: PlanView, plan: Frozen<DocPlan>): SVGElement;
}

/** What pictures.js leaves. */
interface Pictures {
  /** The last tries in a shape and the model, the oldest first; nothing for fewer than two. */
  takesOf(attempts: readonly Frozen<Attempt>[], parts: Shape['parts']): { /** Empty for the model. */ at: string; lengths: number[]; total: number; shares: number[] }[];
  drawTakes(attempts: readonly Frozen<Attempt>[], parts: Shape['parts']): HTMLElement | null;
  /** How questions of each theme were rated, the weakest theme first. */
  themesOf(handbook: Handbook, attempts: readonly Frozen<Attempt>[], now: number): { title: string; url: string; dots: { x: number; y: number }[]; /** Of the last three ratings. */ mean: number }[];
  drawThemes(handbook: Handbook, attempts: readonly Frozen<Attempt>[], now: number): HTMLElement | null;
}

interface Prepbook {
  /** Left by picture.js. */
  picture: Picture;
  /** Left by plan-picture.js. */
  planPicture: PlanPicture;
  /** Left by pictures.js. */
  pictures: Pictures;
  /** Left by diagnose.js. */
  diagnosis: Diagnosis;
  /** The home page. */
  home: URL;
  /** The folder in which the handbook stands. */
  folder: URL;
  /** The address of a page as this host gives it, from the page's path from the site's root or from any other address of it. */
  addressOf: (page: string) => string;
  /** The worker's address; empty when the handbook is not kept. */
  worker: string;
  /** What this browser keeps for this handbook between pages; null for nothing, or when storage is switched off. */
  kept(key: string): string | null;
  /** Keeps a value for this handbook; null removes it. */
  keep(key: string, value: string | null): void;
  /** A script's address as browsers with trusted types take it; only those that the page names. */
  trusted(address: string): string;
  /** Loads what searches. */
  loadSearch(): Promise<void>;
  /** Loads the scripts that the page lists under a name, in order and once; again after it failed. */
  load(name: string): Promise<unknown>;
  /** Shows on the cheat sheet what its reader has chosen; after `load('sheet')`. */
  showOnSheet?(selects: HTMLSelectElement[], sheets: HTMLElement[], sides: HTMLElement[]): void;
  /** Writes the reader's stories into the cheat sheet's table for them; after `load('sheetStories')`. */
  fillSheet(form: HTMLFormElement, doc: Frozen<Doc>): void;
  /** Loads and opens what the reader keeps: see store.js. Pages that don't need it don't ask for it. */
  loadStore(): Promise<Store>;
  /**
   * A message of the interface by its key, a literal `group.word`: the build puts the message in the key's place. Its
   * `{name}`s are filled with the values; `n` chooses the plural form. Numbers are written as the page's language does.
   */
  word(key: string, values?: Record<string, string | number>): string;
  /** The same with elements, or lists of them, among the values: the pieces, to put into an element. */
  worded(key: string, values: Record<string, Node | string | number | (Node | string)[]>): (Node | string)[];
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
  /** Left by search.js. */
  search?: Search;
  /** Left by database.js. */
  database: Database;
  /** Left by records.js. */
  records: Records;
  /** Left by worth.js. */
  worth: Worth;
  /** Left by due.js. */
  due: Due;
  /** Left by schedule.js. */
  schedule: Schedule;
  /** Left by plan-card.js: draws the plan in its place. */
  showPlan(place: HTMLElement): PlanCard;
  /** Left by planning.js: what changes the plan, one for the page. */
  openPlanning(store: Store, card: PlanCard): Planning;
  /** Left by calendar.js: the plan as a file. */
  calendar(given: { handbook: Handbook; plan: Frozen<DocPlan>; now: string; today: string; home: string }): string;
  /** Left by exchange.js. */
  exchange: Exchange;
  /** Left by store.js: opens what is kept, once. */
  openStore(): Promise<Store>;
  /** Left by store.js once it is open; the window hears `store`. */
  store?: Store;
  /** Left by glance.js: the document of a reader of whom nothing is kept. */
  blank: Frozen<Doc>;
  /** Left by glance.js: what is kept, only to look at; `blank` for nothing. */
  glance(): Promise<Frozen<Doc>>;
  /** Left by glance.js: shows what is kept, now and whenever it changes. */
  watch(show: (doc: Frozen<Doc>) => void): void;
  /** Left by unsaved.js: gives the reader a file. */
  saveFile(name: string, text: string, type: string): void;
  /** Left by unsaved.js: a line on the page as long as something is not kept. */
  tellUnsaved(store: Store): void;
  /** Left by results.js once the index is ready: what the list shows for a query; for none, the pages visited last. */
  results?(query: string, visited: string[]): Results;
}

declare var prepbook: Prepbook;
interface Prepbook {
  /** Left by practice-data.js. */
  handbook: Handbook;
  /** Left by sheet-data.js. */
  sheetData?: SheetData;
  /** Left by search-data.js. */
  searchData?: SearchData;
}

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
