/** Steadies what is shown: the average of the last frames, and a label that changes at most once a second. */
import type { Names } from '../../protocol/learning/labels.ts';
import type { Answer, Prediction } from './api.ts';
import { answersShown } from './api.ts';

/** What the camera says at the moment. `label` null is "I don't know it", or a kind of `family` when that is not null. */
export type Shown = {
  readonly label: string | null;
  readonly family: Names | null;
  readonly answers: readonly Answer[];
};

const votesKept = 5;
const votesNeeded = 3;
const minChangeMs = 1000;

export class Consensus {
  #votes: readonly Shown[] = [];
  #label: string | null | undefined;
  #changedAtMs = -Infinity;

  /** What to show after this prediction. */
  add(prediction: Prediction, nowMs: number): Shown {
    const label = prediction.known ? (prediction.answers[0]?.key ?? null) : null;
    this.#votes = [
      ...this.#votes.slice(1 - votesKept),
      { label, family: prediction.family, answers: prediction.answers },
    ];
    const winner = this.#winner();
    const first = this.#label === undefined;
    if (first || (winner !== undefined && winner !== this.#label && nowMs - this.#changedAtMs >= minChangeMs)) {
      this.#label = first ? label : winner;
      this.#changedAtMs = first ? -Infinity : nowMs;
    }
    const shown = this.#label ?? null;
    return { label: shown, family: shown === null ? this.#family() : null, answers: average(this.#votes) };
  }

  /** Forgets the past, so that the next frame alone decides: after a correction, a new model or another picture. */
  restart(): void {
    this.#votes = [];
    this.#label = undefined;
  }

  #family(): Names | null {
    const agreed = (family: Names): boolean =>
      this.#votes.filter((vote) => vote.family?.en === family.en).length >= Math.min(votesNeeded, this.#votes.length);
    return this.#votes.flatMap(({ family }) => (family && agreed(family) ? [family] : []))[0] ?? null;
  }

  #winner(): string | null | undefined {
    return this.#votes.find(({ label }) => this.#votes.filter((vote) => vote.label === label).length >= votesNeeded)
      ?.label;
  }
}

function average(votes: readonly Shown[]): readonly Answer[] {
  const sums = new Map<string, number>();
  for (const { key, probability } of votes.flatMap(({ answers }) => answers))
    sums.set(key, (sums.get(key) ?? 0) + probability / votes.length);
  return [...sums]
    .map(([key, probability]) => ({ key, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, answersShown);
}
