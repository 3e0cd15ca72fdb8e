/** A learner that begins anew from all its labels each time, as the tools do that this project is compared with. */
import type { BackgroundRound, Correction, Guess, Learner } from '../learner.ts';
import { ignorance } from '../learner.ts';

export type Trained = {
  /** What the training would have taken where the method is at home. */
  readonly seconds: number;
  readonly guess: (pictures: readonly number[]) => Promise<readonly Guess[]>;
  readonly dispose: () => Promise<void>;
};

export class RetrainedLearner implements Learner {
  readonly rounds: readonly BackgroundRound[] = [];
  readonly updates: number[] = [];
  readonly #train: (corrections: readonly Correction[]) => Promise<Trained>;
  readonly #growth: number;
  readonly #corrections: Correction[] = [];
  #trainedOn = 0;
  #trained: Trained | undefined;

  /** `growth`: it is trained when it has so many times the labels of the last training, 1 being at every label; and when a person pauses. */
  constructor(train: (corrections: readonly Correction[]) => Promise<Trained>, growth: number) {
    this.#train = train;
    this.#growth = growth;
  }

  async guess(pictures: readonly number[]): Promise<readonly Guess[]> {
    return (await this.#trained?.guess(pictures)) ?? pictures.map(() => ignorance);
  }

  async correct(correction: Correction): Promise<void> {
    this.#corrections.push(correction);
    if (this.#corrections.length >= this.#trainedOn * this.#growth) await this.settle();
  }

  async settle(): Promise<void> {
    if (this.#corrections.length === this.#trainedOn) return;
    await this.#trained?.dispose();
    this.#trained = await this.#train(this.#corrections);
    this.#trainedOn = this.#corrections.length;
    this.updates.push(this.#trained.seconds);
  }

  /** Those tools learn from labels only. */
  leave(): Promise<void> {
    return Promise.resolve();
  }

  baseAccuracy(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Those tools believe what they are told. */
  doubts(): Promise<readonly number[]> {
    return Promise.resolve([]);
  }

  answerAgain(): Promise<void> {
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    await this.#trained?.dispose();
  }
}

/** The classes that were named, in order: what the method knows of. */
export function taughtClasses(corrections: readonly Correction[]): readonly number[] {
  return [...new Set(corrections.map(({ label }) => label))].sort((a, b) => a - b);
}

/** From probabilities of `classes`. What has no "I don't know" stands by every answer, and its doubt is all it has against strange things. */
export function guessOf(probabilities: Float32Array, classes: readonly number[]): Guess {
  let [first, second, best] = [0, 0, 0];
  for (const [place, probability] of probabilities.entries()) {
    if (probability > first) [first, second, best] = [probability, first, place];
    else if (probability > second) second = probability;
  }
  return { label: classes[best] ?? null, known: true, probabilities: [first, second], strangeness: 1 - first };
}
