// What exercises are given and leave.

/** A run of sessions and draws; see select.js. */
interface Draws {
  /** Six of Crockford's digits, of numbers by chance. */
  seedOf(numbers: ArrayLike<number>): string;
  /** A seed as somebody typed it; null for what is none. */
  readSeed(text: string): string | null;
  /** Numbers from 0 to 1, the same for the same seed. */
  chance(seed: string): () => number;
  shuffled<T>(list: readonly T[], random: () => number): T[];
  /** How much a question ought to come: more the weaker, the longer ago, the nearer to the reader's companies. */
  weightOf(question: QuestionData, state: Frozen<QuestionState>, targets: readonly string[], now: number): number;
  /** The questions of a tool's last two sessions. */
  recent(attempts: readonly Frozen<Attempt>[], tool: string): Set<string>;
  draw(given: {
    questions: QuestionData[];
    count: number;
    seed: string;
    now: number;
    /** What the reader did; nothing for a set that is the same for all. */
    states?: Readonly<Record<string, Frozen<QuestionState>>>;
    attempts?: readonly Frozen<Attempt>[];
    tool?: string;
    targets?: readonly string[];
    /** What else makes a question come more or less. */
    weight?: (question: QuestionData) => number;
    /** Over how many themes it spreads; all of the questions' when absent. */
    themes?: number;
  }): QuestionData[];
}

interface Prepbook {
  /** Left by select.js. */
  draws: Draws;
}

/** What exercises know beside `Handbook`: see src/export/exercise.rs. */
interface ExerciseData {
  shapes: { name: string; parts: { title: string; seconds: number; step: number }[] }[];
  questions: Record<string, { shape: number | null; isAsking?: boolean; followUps: (string | null)[] } | undefined>;
  /** By types; each after questions of its themes, or after all. */
  probes: { id: string; asks: { ask: string; themes?: string[] }[] }[];
  companies: Record<string, { ask: string[]; /** By principles, with the questions that test them. */ probes: { id: string; ask: string; questions: string[] }[] } | undefined>;
  /** What each theme tests. */
  themes: Record<string, string>;
  interruptions: string[];
  /** The question that opens an interview. */
  opening?: string;
}

/** One thing that is asked. */
interface Turn {
  kind: 'answer' | 'opening' | 'follow-up' | 'cover' | 'ask';
  /** Of a follow-up: `<question>:<nth>`, or `~<type>:<nth>`. */
  id?: string;
  /** The part of an interview it belongs to. */
  phase?: 'opening' | 'questions' | 'own' | 'close';
  question?: string;
  theme?: string;
  text: string;
  /** What stands small below it. */
  note: string;
  list?: string[];
  /** How its time is divided; lengths are in milliseconds. */
  parts: { title: string; step: number; ms: number }[];
  /** How it is rated: no story to ready, stuck to held, no fit to made for it; null when it isn't. */
  scale: 'rating' | 'held' | 'fit' | null;
  /** How long it can be read before its clock starts. */
  breath: number;
  interruptions?: { at: number; text: string }[];
  /** From 1, where the same comes again and shorter. */
  round?: number;
  /** Whether it comes a second time because it was stuck. */
  isAgain?: boolean;
}

interface TurnResult {
  id: string;
  /** Its place among the turns. */
  turn: number;
  startedAt: string;
  ms: number;
  parts: number[];
  over: number;
  /** Whether the reader said where a part ended. */
  isMarked: boolean;
  rating?: number;
  rubric?: Record<string, number>;
  /** Id of a story. */
  story?: string;
  /** Id of a recording. */
  audio?: string;
}

interface ExerciseBase {
  tool: string;
  seed: string;
  options: Record<string, string>;
  turns: Turn[];
  /** The turn that is under way. */
  i: number;
  results: TurnResult[];
  /** Of the turn that is being rated. */
  result: TurnResult | null;
  /** When the exercise began; names it. */
  begun: string;
  /** When the answer began. */
  startedAt: string;
  /** The recording under way, of an answer and its follow-ups. */
  audio: string | null;
  /** Of the breath before an answer, or of the answer. */
  clock: RunClock;
}
interface OpenExercise extends ExerciseBase {
  at: 'ready' | 'running' | 'rating';
}
/** The reader is asked whether to end it. */
interface LeavingExercise extends ExerciseBase {
  at: 'leaving';
  was: OpenExercise['at'];
  goesOn: boolean;
}
interface DoneExercise extends ExerciseBase {
  at: 'done';
}
type ExerciseState = { at: 'idle' } | OpenExercise | LeavingExercise | DoneExercise;

type ExerciseEvent =
  | { type: 'start'; tool: string; seed: string; options: Record<string, string>; turns: Turn[]; now: Reading }
  | { type: 'read' | 'turn' | 'hold' | 'next' | 'back' | 'more' | 'leave' | 'stay'; now: Reading }
  | { type: 'finish'; now: Reading; id: string }
  | { type: 'voice'; audio: string | null }
  | { type: 'rate'; now: Reading; rating: number; rubric?: Record<string, number>; story?: string }
  /** Changes a rating that was given. */
  | { type: 'correct'; id: string; rating: number }
  | { type: 'end' | 'quit' };

/** From what a tool makes its turns. */
interface ToolInput {
  tool: string;
  seed: string;
  options: Record<string, string>;
  handbook: Handbook;
  data: ExerciseData;
  doc: Frozen<Doc>;
  now: number;
  /** Whether others are to get the same: then what the reader did counts for nothing. */
  isShared: boolean;
}

interface Exercises {
  idle: ExerciseState;
  turns(input: ToolInput): Turn[];
  /** How long a turn takes with its breath and rating, in milliseconds. */
  lengthOf(turn: Turn): number;
  step(state: ExerciseState, event: ExerciseEvent): ExerciseState;
  /** What is said into the answer at a time; empty for nothing. */
  interruption(turn: Turn, spent: number): string;
  /** Before a turn: it can be read while its clock does not run. */
  ready(state: OpenExercise, now: Reading): ExerciseState;
  toStore(state: ExerciseState): Run | null;
  /** The length of an answer without a clock. */
  untimed: number;
}
/** What exercise-mock.js leaves. */
interface Mock {
  turns(input: ToolInput, making: {
    answer(input: ToolInput, question: QuestionData, length?: number, more?: Partial<Turn>): Turn;
    followUps(input: ToolInput, question: QuestionData, random: () => number, asked: Set<string>, count?: number): Turn[];
    draw(input: ToolInput, count: number, more?: object): QuestionData[];
    /** The parts of what is told in one piece. */
    whole(title: string, ms: number): Turn['parts'];
    levels: Record<string, number>;
  }): Turn[];
  /** The parts of an interview with their minutes, which add up to those of all; none of other exercises. */
  phases(turns: Turn[]): { phase: string; turns: Turn[]; minutes: number }[];
  /** The parts with their minutes in words; `told` says what turns are. */
  outline(turns: Turn[], told: (turns: Turn[]) => string): string;
}
/** What exercise-kept.js leaves. */
interface KeptExercises {
  /** The exercise of a tool that was stored, or `idle`. */
  fromStore(value: unknown, tool: string, now: Reading): ExerciseState;
  /** What is kept of each answer, follow-ups with the answer that they follow. */
  attempts(state: ExerciseBase): Attempt[];
  /** Puts them into the document, with how its questions and stories stand since. */
  put(doc: Doc, state: ExerciseBase): void;
}

interface Prepbook {
  /** Left by exercise-mock.js, which only a mock interview loads. */
  mock?: Mock;
  /** Left by exercise.js. */
  exercises: Exercises;
  /** Left by exercise-kept.js. */
  keptExercises: KeptExercises;
}
interface Prepbook {
  /** Left by exercise-data.js. */
  exerciseData: ExerciseData;
}

interface ExerciseResultInput {
  state: DoneExercise;
  title: string;
  doc: Frozen<Doc>;
  handbook: Handbook;
  /** Name and meaning of each rating, the worst first. */
  scales: Record<'rating' | 'held' | 'fit', string[][]>;
  /** Id, name and meaning. */
  rubric: string[][];
  time(ms: number): string;
  home: URL;
  correct(id: string, rating: number): void;
}

interface Prepbook {
  /** Left by exercise-result.js: what is shown after an exercise; `again` are the questions to repeat. */
  makeExerciseResult(input: ExerciseResultInput): { headline: string; content: HTMLElement; again: string[] };
  /** Left by exercise-result.js: what whoever asks has before them. */
  makeExerciseCard(input: { turns: Turn[]; options: Record<string, string>; seed: string; handbook: Handbook; rubric: string[][]; degrees: string[]; time(ms: number): string }): HTMLElement;
  /** Left by exercise-view.js: opens the tool of a page. */
  openExercise(bar: HTMLElement): Promise<void>;
}

interface Prepbook {
  /** Left by mine.js: how each question stands, by its id. */
  standing(doc: Frozen<Doc>, today: string): (id: string) => { rating: number | undefined; isTried: boolean; isWeak: boolean; isDue: boolean; words: string[] };
}

type MakeButton = (kind: string, act: () => void, ...inside: (Node | string)[]) => HTMLButtonElement;

interface Prepbook {
  /** Left by exercise-setup.js: the form, and what was chosen in it. `given` holds values to begin with. */
  makeSetUp(input: {
    tool: string;
    doc: Frozen<Doc>;
    /** Ids of the questions that the page names. */
    questions: string[];
    given: URLSearchParams;
    button: MakeButton;
    newSeed(): string;
    turnsFor(options: Record<string, string>, seed: string, isShared: boolean): Turn[];
    begin(): void;
    showCard(options: Record<string, string>, seed: string): void;
  }): { form: HTMLFormElement; outline: HTMLElement; linkLine: HTMLElement; buttons: HTMLElement[]; chosen(): { options: Record<string, string>; /** Empty for none that can be read. */ seed: string; isShared: boolean } };
  /** Left by exercise-rating.js: asks how a turn was. */
  makeRating(input: { turn: Turn; scale: NonNullable<Turn['scale']>; doc: Frozen<Doc>; button: MakeButton; rate(value: number): void }): {
    heading: string;
    content: HTMLElement[];
    scores(): Record<string, number>;
    /** The story chosen, and the title of a new one; empty for none. */
    story(): { id: string; title: string };
  };
  ratings: { scales: ExerciseResultInput['scales']; rubric: string[][]; degrees: string[] };
}

/** What exercise-view.js lets the end of an exercise know and do. */
interface ExerciseView {
  state(): ExerciseState;
  about(): { tool: string; title: string; handbook: Handbook };
  places: Record<'top' | 'after' | 'keys' | 'where' | 'leave' | 'close', HTMLElement>;
  /** Takes away the marks of the state before. */
  clear(): void;
  docNow(): Frozen<Doc>;
  /** `title` is that of a new story, `story` the id of one; empty for none. */
  rate(rating: number, given: { rubric: Record<string, number>; story: string; title: string }): void;
  correct(id: string, rating: number): void;
  setUp(given?: URLSearchParams): void;
  /** The turns of some of the questions alone. */
  repeat(before: DoneExercise, only: string[]): void;
  /** Those that are the same for all. */
  turnsFor(options: Record<string, string>, seed: string): Turn[];
}
interface Prepbook {
  /** Left by exercise-end.js. */
  makeExerciseEnd(given: { run: RunFrame; view: ExerciseView }): { showRating(): void; showTakes(): Promise<void>; showDone(): void; showCard(options: Record<string, string>, seed: string): void };
}
