/** What a method of a replay is: something that answers for pictures and takes corrections. */

/** What a learner says of one picture. */
export type Guess = {
  /** Index of the class that it takes it for; null: none of the replayed ones, such as a label of the base. */
  readonly label: number | null;
  /** Whether it stands by its answer; if not, a person is shown "I don't know it". */
  readonly known: boolean;
  /** Its two largest probabilities, largest first. */
  readonly probabilities: readonly [first: number, second: number];
  /** Its own score for pictures of no class that it was taught: the higher, the stranger. */
  readonly strangeness: number;
};

export type Correction = {
  readonly picture: number;
  /** Index of the class that the person named: usually the right one. */
  readonly label: number;
};

/** A training in the background: how long it took, and whether its result was not used. */
export type BackgroundRound = { readonly seconds: number; readonly refused: boolean };

/** Guarantees: what a learner does depends on its seed and its corrections, in their order, unless its time is limited. */
export interface Learner {
  guess(pictures: readonly number[]): Promise<readonly Guess[]>;
  correct(correction: Correction): Promise<void>;
  /** The person saw that it was right, and left it so. */
  leave(answer: Correction): Promise<void>;
  /** The person pauses: whatever is left to be learned from the corrections is learned. */
  settle(): Promise<void>;
  /** By update so far: seconds from a correction until answers followed it. */
  readonly updates: readonly number[];
  readonly rounds: readonly BackgroundRound[];
  /** The part of the held-back pictures of base classes that it still names right; null when it has no base classes, or none can be judged. */
  baseAccuracy(): Promise<number | null>;
  /** Places of corrections, from 0, that it would ask about again now because their labels look wrong, the most doubtful first. */
  doubts(): Promise<readonly number[]>;
  /** The person looks again at the correction at this place, and says what it shows: it is not doubted any more. */
  answerAgain(place: number, label: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Of a learner that was taught nothing yet. */
export const ignorance: Guess = { label: null, known: false, probabilities: [0, 0], strangeness: 0 };
