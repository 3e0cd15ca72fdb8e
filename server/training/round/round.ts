/** What one round of training is given and what comes out of it. */
import type { SampleId } from '../../../protocol/ids.ts';
import type { Answer } from '../../gate/answer.ts';
import type { SampleViews } from '../../store/latent-store.ts';
import type { Split } from '../../store/sample-store.ts';
import type { BackendChoice } from '../backends.ts';

/** A labelled sample of the room. */
export type RoundSample = {
  readonly id: SampleId;
  readonly split: Split;
  /** Null is "none of these". */
  readonly label: string | null;
  readonly jpeg: Uint8Array;
  /** What an earlier round made of the picture, under the same `latentsMadeBy`; null: nothing. It only saves time. */
  readonly views: Uint8Array | null;
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
  readonly backend: BackendChoice;
  readonly threads: number;
  readonly seed: number;
  /** How long the round may take: no level is trained that would take longer. */
  readonly budgetMs: number;
};

/** How the network did, after a step, on pictures that it does not learn from. */
export type HeldBack = { readonly step: number; readonly loss: number; readonly accuracy: number };

export type RoundProgress =
  | {
      readonly kind: 'training';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly accuracy: number;
      /** The newest; null before the first. */
      readonly held: HeldBack | null;
    }
  | { readonly kind: 'checking' };

/** How deep a round trains: `head` alone, or `last blocks` with it. */
export type RoundLevel = 'head' | 'last blocks';

export type RoundLesson = {
  readonly level: RoundLevel;
  /** The layer after which everything was trained. */
  readonly cut: string;
  readonly steps: number;
  readonly stepMs: number;
  /** Of the trainer, in words. */
  readonly backend: string;
  /** The part of the room's own views that it names right. */
  readonly right: number;
};

/** How a round was trained; for the log. */
export type RoundTraining = {
  /** Null when there was nothing to learn from: everything was taken back. */
  readonly lesson: RoundLesson | null;
  /** Of so many samples the pictures had to be decoded and run through the front of the network. */
  readonly newSamples: number;
  /** Why the round was done again on the processor; null: it was not. */
  readonly lost: string | null;
};

export type RoundResult = {
  /** The candidate's file, and the delta that leads to it from the incumbent. */
  readonly model: Uint8Array;
  readonly delta: Uint8Array;
  readonly answers: readonly Answer[];
  /** To be kept for the next round. */
  readonly views: readonly SampleViews[];
  readonly training: RoundTraining;
};
