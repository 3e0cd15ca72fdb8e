/** Which frames a device would like to know about. Pure: the same frames give the same questions. */
import type { Reason } from '../../messages/sample.ts';
import { flickering } from './flickering.ts';
import { novel } from './novel.ts';
import { unsure } from './unsure.ts';

/** What is known of a frame when it is judged. */
export type JudgedFrame = {
  /** Calibrated probabilities, best first; at least the first two. */
  readonly probabilities: readonly number[];
  /** Whether the best one stands above the model's threshold. */
  readonly known: boolean;
  /** Cosine of the embedding to the nearest frame that was asked about or corrected, -1 to 1; -1 when there is none. */
  readonly nearest: number;
  /** The best label of the last frames, oldest first, this one last. */
  readonly recent: readonly string[];
};

/** Says whether a frame is hard in its way. */
export type HardnessPolicy = (frame: JudgedFrame) => boolean;

/** In the order in which they are tried. A new policy is one file and one line here (and its reason on the wire). */
export const policies = [
  ['novel', novel],
  ['flickering', flickering],
  ['unsure', unsure],
] as const satisfies readonly (readonly [Reason, HardnessPolicy])[];

export type HardnessReason = (typeof policies)[number][0];

/** Frames nearer than this to one that was asked about are the same question again. */
const sameCosine = 0.9;

/** Why the frame is worth a question, or undefined when it is not. */
export function hardnessOf(frame: JudgedFrame): HardnessReason | undefined {
  if (frame.nearest >= sameCosine) return undefined;
  return policies.find(([, isHard]) => isHard(frame))?.[0];
}
