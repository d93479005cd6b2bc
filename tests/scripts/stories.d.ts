// What the scripts of the reader's own stories share.

/** The words of a language; those of `src/model/speech/`. */
interface SpokenWords {
  singular: string[];
  plural: string[];
  /** Words that only fill. */
  fillers: string[];
  /** Words that fill at a sentence's start and between commas, unless one of those follows that are given; null: only before a comma. */
  loose: Record<string, string[] | null>;
  blame: string[];
  lesson: string[];
}
/** The limits of `src/model/speech.json`, with the words of each language. */
interface Rules {
  /** How long an answer takes. */
  seconds: { least: number; most: number };
  /** Words a minute that are easy to follow. */
  pace: { least: number; most: number };
  /** The most of an answer that its set-up may take. */
  openingPercent: number;
  /** How much of its plan a part may take. */
  partPercent: number;
  /** Ids of parts that set up, that tell the result and the lesson. */
  openings: string[];
  results: string[];
  lessons: string[];
  /** By the language's tag without a region. */
  languages: Record<string, SpokenWords>;
  /** Ids of the red flags that each rule cites: the first that the handbook has. */
  flags: Record<string, string[]>;
}
interface Spoken {
  word: string;
  from: number;
  to: number;
}
/** Something that a listener would stumble over. */
interface Finding {
  rule: 'too-long' | 'too-short' | 'part-too-long' | 'opening-too-long' | 'says-we' | 'no-figure' | 'blame' | 'no-lesson';
  /** A sentence for the reader. */
  say: string;
  /** Where it stands in the text; at least one. */
  ranges: [number, number][];
  /** Ids of red flags. */
  flags: string[];
}
/** A part of the text. */
interface Phase {
  id: string;
  title: string;
  /** As planned; null for a part without a plan. */
  seconds: number | null;
  from: number;
  to: number;
}
/** A text as its listener hears it, for what looks at one side of it. */
interface Heard {
  text: string;
  /** Its spoken words. */
  all: Spoken[];
  parts: (Phase & { words: Spoken[] })[];
  hasPhases: boolean;
  /** Something is said in every part. */
  isWhole: boolean;
  /** The parts that tell a result and have words. */
  results: (Phase & { words: Spoken[] })[];
  rules: Rules;
  language: string;
  /** Seconds to say them. */
  took(words: Spoken[]): number;
  /** How many words are said in so many seconds. */
  wordsIn(time: number): number;
  add(rule: Finding['rule'], say: string, ...ranges: [number, number][]): void;
}
/** What lint.js leaves. */
interface Lint {
  lint(text: string, given: { phases: Phase[]; rules: Rules; language: string; /** Words a minute. */ pace: number }): Finding[];
  /** As the compiler counts. */
  count(text: string, rules: Rules, language: string): { words: number; singular: number; plural: number; figure: boolean };
  /** To say so many words. */
  seconds(words: number, pace: number): number;
  /** The words of a language; undefined for one that the rules don't know. */
  wordsFor(rules: Rules, language: string): SpokenWords | undefined;
  /** Where phrases stand, as whole words and in any case. */
  find(text: string, phrases: string[]): [number, number][];
  /** What fills in a text, as it stands there. */
  fillers(text: string, known: SpokenWords): string[];
  /** The figures of a text, each with its sign. */
  figures(text: string): string[];
}

/** The shape of an answer. */
interface FrameworkData {
  id: string;
  title: string;
  parts: { id: string; title: string; seconds: number | null; ask: string }[];
}
/** What the handbook says to who writes stories: see src/export/stories.rs. */
interface StoryData {
  language: string;
  pace: number;
  rules: Rules;
  flags: Record<string, { title: string; url: string }>;
  frameworks: FrameworkData[];
  /** Ids of shapes by the questions' ids. */
  shapes: Record<string, string[]>;
}

/** What stories can fit: see src/export/topics.rs. */
interface TopicData {
  themes: Topic[];
  /** Those that have principles. */
  companies: { id: string; title: string; principles: Topic[] }[];
}

/** A row of the map: a theme or a principle. */
interface Topic {
  id: string;
  title: string;
  url: string;
}
/** A story as the map knows it. */
interface MapStory {
  id: string;
  title: string;
  /** How well it fits, 0 to 3, topic by topic. */
  fits: number[];
  /** For how many topics it is the best there is. */
  first: number;
  isOverused: boolean;
}
interface MapRow extends Topic {
  /** The best fit there is. */
  best: number;
  /** Places of the stories that fit well. */
  good: number[];
  /** Nothing fits well; a single story does; several do. */
  cover: 'gap' | 'single' | 'several';
  /** The place of the story that is told for it first; -1 for none. */
  choice: number;
}
interface StoryMap {
  stories: MapStory[];
  rows: MapRow[];
}
/** Something about the bank, as a sentence with one action. */
interface BankFinding {
  kind: 'gap' | 'single' | 'overuse' | 'thin' | 'old' | 'no-numbers';
  say: string;
  /** What to do about it. */
  action: string;
  /** The story that the action opens; a topic for which it begins one; or neither. */
  story?: string;
  topic?: string;
}
/** What stories.js leaves: pure functions. */
interface Stories {
  /** How well a story fits a topic, 0 to 3. */
  fit(story: Frozen<Story>, topic: string): number;
  /** The text of its parts, in the order of a shape, with what it holds beside them. */
  parts(story: Frozen<Story>, framework: FrameworkData): { id: string; title: string; seconds: number | null; ask: string; text: string }[];
  /** Ids in the order of the bank. */
  order(stories: Frozen<Record<string, Story>>): string[];
  map(stories: Frozen<Record<string, Story>>, topics: Topic[]): StoryMap;
  /** @param questions by their ids, for how often a story is used. @param today the local day */
  findings(map: StoryMap, stories: Frozen<Record<string, Story>>, questions: Frozen<Record<string, QuestionState>>, today: string): BankFinding[];
  /** For each topic of each round the place of a story, -1 for none: the most fit, and none told twice. */
  assign(rounds: number[][][]): number[][];
}

/** Keeps what is typed into a story. */
interface StoryKeeper {
  /** What is typed and not yet given to the store. */
  waiting: Map<HTMLElement, (story: Story) => void>;
  /** Takes note of what a field was given; it is kept after some milliseconds of rest. */
  typed(field: HTMLElement, edit: (story: Story) => void, time?: number): void;
  keep(): void;
  now(): void;
  flush(): Promise<boolean>;
  /** Says how it is kept. */
  tell(): void;
  state: HTMLElement;
}
/** Fields of one editor. */
interface StoryFields {
  bind(field: HTMLInputElement | HTMLTextAreaElement, get: () => string, set: (story: Story, value: string) => void): void;
  line(title: string, hint: string, get: () => string, set: (story: Story, value: string) => void, more?: Record<string, string>): HTMLElement;
  /** What shows a field's value as it is kept. */
  shown: (() => void)[];
}
/** The field of a part: its text, the copy that has the marks, and its time. */
interface Beat {
  id: string;
  title: string;
  seconds: number | null;
  area: HTMLTextAreaElement;
  mirror: HTMLElement;
  time: HTMLElement;
}
interface StoryParts {
  parts: HTMLElement;
  /** Makes them anew, for another shape. */
  showParts(): void;
  beats(): Beat[];
}
/** What the fields of one editor share. */
interface Editing {
  name: string;
  store: Store;
  story(): Frozen<Story>;
  canWrite(): boolean;
  keeper: StoryKeeper;
  fields: StoryFields;
}
/** What the pieces of the page of stories share. */
interface Bank {
  store: Store;
  /** The rows: themes, or a company's principles. */
  topics(): readonly Topic[];
  /** Opens the fields of a story; a new one begins with what is given. */
  open(id: string, fresh?: Story): Promise<void>;
  remove(id: string): Promise<void>;
}
/** Fields for a story. */
interface StoryEditor {
  element: HTMLElement;
  focus(): void;
  /** Saves what is typed now. */
  flush(): Promise<boolean>;
}

interface Prepbook {
  /** Left by lint.js. */
  lint: Lint;
  /** Left by stories.js. */
  stories: Stories;
  /** Left by story-editor.js: fields for a story, which save as one types. */
  makeStoryEditor(given: {
    store: Store;
    /** An id; the story need not be there yet: its first letter makes it. */
    id: string;
    /** What a new one begins with. */
    fresh: Story;
    /** Ids of shapes that it can have, the first one first. */
    shapes: string[];
    /** The question that it answers. */
    question?: string;
    /** Whether the fields of the bank are there, too. */
    isWhole: boolean;
  }): StoryEditor;
  /** Left by story-words.js: what a story without a title is called, by how its headline, or its first part, begins. */
  firstWords(story: Frozen<Pick<Story, 'headline' | 'beats'>>): string;
  /** Left by story-words.js: the phrases of a text that have a figure. */
  figuresIn(text: string): string[];
  /** Left by story-words.js: fields for figures, and those found in `texts` to take over; `offerSoon` looks once typing rests. */
  makeFigures(editor: Editing, texts: () => string[]): { element: HTMLElement; offer(): void; offerSoon(): void };
  /** Left by story-tree.js: what is asked about a story that is kept, and what follows. */
  makeStoryTree(doc: Frozen<Doc>, id: string): HTMLElement;
  /** Left by story-answer.js: opens the reader's own answer on the page of its question, in the place of what it was asked for by. */
  openAnswer(question: string, opener: HTMLElement): Promise<void>;
}

interface Prepbook {
  /** Left by topic-data.js. */
  topicData: TopicData;
  /** Left by story-data.js. */
  storyData: StoryData;
}
