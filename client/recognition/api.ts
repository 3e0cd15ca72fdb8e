/** What the page asks of the recognition worker, and what comes back. Everything here can be cloned between threads. */
import type { AskReason } from '../../protocol/learning/hardness/ask-reason.ts';
import type { LabelSet } from '../../protocol/learning/label-set.ts';
import type { Label, Names } from '../../protocol/learning/labels.ts';
import type { ModelHash, SampleId } from '../../protocol/ids.ts';
import type { BackendChoice } from '../storage/settings.ts';
import type { ExampleRecord } from '../storage/database.ts';
import type { Square } from '../camera/guide.ts';
import type { BackendName } from './backends.ts';
import type { Inside } from './inside.ts';

/** Side in pixels of the square crop that is recognised, kept and sent to the hub. */
export const cropSide = 224;

/**
 * A picture on its way to the worker, and the square in it, in its pixels, that becomes the crop. It moves: who has it
 * reads it, once, and closes it.
 */
export type Frame = { readonly id: number; readonly picture: VideoFrame | ImageBitmap; readonly square: Square };

/** RGBA bytes `[cropSide, cropSide, 4]`. */
export type Crop = Uint8ClampedArray<ArrayBuffer>;

export type Answer = { readonly key: string; readonly probability: number };

export type Prediction = {
  readonly frame: number;
  /** Best first; at most `answersShown`. */
  readonly answers: readonly Answer[];
  /** Whether the best answer stands above the model's threshold; else it is "I don't know it". */
  readonly known: boolean;
  /** When it does not: what it is sure to be a kind of; null when that is nothing. */
  readonly family: Names | null;
  /** Whether the best answer was taught here and no example of the device is nearly this picture. */
  readonly isNews: boolean;
  /** A tiny grey picture `[16, 16]`, to tell one frame from the next. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** Falls when the picture is blurred (`sharpnessOf`). */
  readonly sharpness: number;
  readonly model: ModelHash;
  /** From taking the frame to the answer; as the worker says it, from the frame's arrival there. */
  readonly ms: number;
};

/** A frame as it is kept: its JPEG and what was thought of it. */
export type Captured = {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `jpeg`. */
  readonly checksum: Uint8Array<ArrayBuffer>;
  readonly prediction: { readonly label: string; readonly probability: number; readonly model: ModelHash } | null;
};

/** A frame that is worth a question, as it was kept, and what is thought of it now. */
export type Asked = { readonly captured: Captured; readonly answers: readonly Answer[]; readonly reason: AskReason };

/** An example whose label the others contradict, the label that they speak for, and which of them is most like it. */
export type DoubtfulExample = {
  readonly example: ExampleRecord;
  readonly rival: string | null;
  readonly witness: ExampleRecord;
};

/** How one backend did in the measurement at start. */
export type Measured =
  | { readonly backend: BackendName; readonly kind: 'right'; readonly ms: number }
  /** Its numbers differ from the hub's: never used. */
  | { readonly backend: BackendName; readonly kind: 'wrong' }
  | { readonly backend: BackendName; readonly kind: 'absent' };

/** What became of a version that was to be shown. */
export type Shown =
  | {
      readonly kind: 'live';
      readonly labels: readonly Label[];
      readonly choice: BackendChoice;
      /** About the backend: threads, for the readout. */
      readonly detail: string;
      /** Empty when the remembered choice was used. */
      readonly measured: readonly Measured[];
    }
  | { readonly kind: 'rejected'; readonly why: string };

export type Received = { readonly kind: 'kept' } | { readonly kind: 'rejected'; readonly why: string };

export interface RecognitionApi {
  /** Fetches a whole model from the hub, and keeps it when its hash is right. */
  fetch(model: ModelHash): Promise<Received>;
  /** Makes a model's file from its parent's, which has to be kept, and keeps it. */
  patch(model: ModelHash, parent: ModelHash, delta: Uint8Array): Promise<Received>;
  /** Loads a kept model beside the live one, tests it, and flips between two frames. */
  show(model: ModelHash, remembered: BackendChoice | null): Promise<Shown>;
  /** Removes every kept model but these. */
  keepOnly(models: readonly ModelHash[]): Promise<void>;
  /** Null while no model is live. Takes over the frame's picture. */
  recognise(frame: Frame): Promise<Prediction | null>;
  /** What the live model makes of the newest frame, layer by layer; null while no model is live or no frame has come. */
  inside(): Promise<Inside | null>;
  /** Throws when the frame is no longer one of the last `framesKept`. */
  capture(frame: number): Promise<Captured>;
  /** Looks closely at a frame about which something may be said soon: then it is learned sooner. Throws as `capture` does. */
  study(frame: number): Promise<void>;
  /** The device knows these from the next frame on, and still does after a restart. */
  learn(examples: readonly ExampleRecord[]): Promise<void>;
  /** Takes back what was learned from these label events. */
  forget(events: readonly string[]): Promise<void>;
  /** Keeps a frame among those that a question may be about, unless one like it is there. Throws as `capture` does. */
  look(frame: number): Promise<void>;
  /** Takes out of those the frame whose answer would teach most; null when none is worth a question. */
  ask(): Promise<Asked | null>;
  /** The kept questions whose pictures are nearly the same as one that a person has said something of. */
  answered(): Promise<readonly SampleId[]>;
  /** Learned examples whose labels look wrong, the most doubtful first; none about which a person was asked again. */
  doubts(): Promise<readonly DoubtfulExample[]>;
  /** A person was asked again and stands by the label of this event: it is no longer among the doubts. `atMs`: when. */
  confirm(event: string, atMs: number): Promise<void>;
  /** Whether what was learned here takes part in the answers. */
  useAdapted(on: boolean): void;
  /** Which names the answers have; those of `own`, labels that people gave, in any case. */
  useLabels(set: LabelSet, own: readonly string[]): void;
  /** Tensors alive on the backend. */
  tensors(): number;
}

export const answersShown = 5;

/** Recent frames that can still be captured. */
export const framesKept = 16;
