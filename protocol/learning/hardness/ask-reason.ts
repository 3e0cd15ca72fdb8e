/** Why a picture is worth a person's time, in a word that a person can be told. */
import type { Reason } from '../../messages/sample.ts';

/**
 * `unsure`: the device doubts its own answer. `common`: there is much like it here, and nobody has said what it is.
 * `novel`: the device knows nothing like it.
 */
export type AskReason = 'unsure' | 'common' | 'novel';

/** What is known of a picture when it is judged. */
export type JudgedPicture = {
  /** Calibrated probabilities, best first; at least the first two. */
  readonly probabilities: readonly number[];
  /** Whether the best one stands above the model's threshold. */
  readonly known: boolean;
  /** How many recent pictures resemble it. */
  readonly alike: number;
};

/** From this probability on the answer is believed. */
const sure = 0.9;
const minProbability = 0.2;
const maxMargin = 0.1;
const many = 3;

/** Undefined when the device is sure of its answer: then there is nothing to ask. */
export function reasonToAsk({ probabilities, known, alike }: JudgedPicture): AskReason | undefined {
  const [first = 0] = probabilities;
  if (first >= sure) return undefined;
  if (isBetweenTwo(probabilities)) return 'unsure';
  if (alike >= many) return 'common';
  return known ? 'unsure' : 'novel';
}

/** Whether two labels are almost equally likely (smallest margin; Scheffer et al. 2001). `probabilities`: best first. */
export function isBetweenTwo([first = 0, second = 0]: readonly number[]): boolean {
  return first >= minProbability && first - second < maxMargin;
}

/** What the hub is told. */
export const wireReasons = {
  unsure: 'unsure',
  common: 'novel',
  novel: 'novel',
} as const satisfies Readonly<Record<AskReason, Reason>>;
