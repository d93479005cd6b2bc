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
