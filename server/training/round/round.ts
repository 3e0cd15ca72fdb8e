/** What one round of training is given and what comes out of it. */
import type { SampleId } from '../../../protocol/ids.ts';
import type { Answer } from '../../gate/answer.ts';
import type { Split } from '../../store/sample-store.ts';

/** A labelled sample of the room. */
export type RoundSample = {
  readonly id: SampleId;
  readonly split: Split;
  /** Null is "none of these". */
  readonly label: string | null;
  readonly jpeg: Uint8Array;
};

export type RoundRequest = {
  /** The model file with which the room began: every candidate is trained from it, so that what was taken back leaves no trace. */
  readonly base: Uint8Array;
  /** Where the latent bank of the base lies. */
  readonly latentsPath: string;
  /** The model file that devices have now: the candidate's parent, and what it has to equal. */
  readonly incumbent: Uint8Array;
  /** All of the room, oldest first. */
  readonly samples: readonly RoundSample[];
  readonly threads: number;
  readonly seed: number;
};

export type RoundProgress =
  | {
      readonly kind: 'training';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly accuracy: number;
    }
  | { readonly kind: 'checking' };

export type RoundResult = {
  /** The candidate's file, and the delta that leads to it from the incumbent. */
  readonly model: Uint8Array;
  readonly delta: Uint8Array;
  readonly answers: readonly Answer[];
};
