/** The one interface behind which every training engine stands. */
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { Weights } from '../../protocol/learning/weights.ts';

/**
 * One term of the loss, on the output of one dense layer (usually the head). The total is the weighted sum.
 * - `softmaxCrossEntropy`: targets are probabilities `[n, units]` (one-hot, smoothed or a teacher's).
 * - `cosine`: 1 - cos(output, target), targets `[n, units]`; for distilling embeddings.
 */
export type LossTerm = {
  readonly layer: string;
  readonly kind: 'softmaxCrossEntropy' | 'cosine';
  readonly weight: number;
};

export type Optimizer =
  /** Kingma & Ba 2015; decoupled weight decay (Loshchilov & Hutter 2019) on kernels only. */
  | {
      readonly kind: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | { readonly kind: 'sgd'; readonly momentum: number; readonly weightDecay: number };

export type TrainerOptions = {
  readonly spec: ModelSpec;
  readonly weights: Weights;
  /** Pictures per step. A step may bring fewer; never more. */
  readonly batchSize: number;
  readonly losses: readonly LossTerm[];
  readonly optimizer: Optimizer;
  /** Layers that are not trained and need no gradient. Default: none. */
  readonly frozen?: ReadonlySet<string>;
};

export type Batch = {
  readonly count: number;
  /** `[count, ...spec.input]`, as `preprocess` makes them. */
  readonly inputs: Float32Array;
  /** By loss layer: `[count, units]`. */
  readonly targets: ReadonlyMap<string, Float32Array>;
  /** Weight of each example in the loss, `[count]`; absent: 1 each. The loss is the weighted sum / count. */
  readonly exampleWeights?: Float32Array;
};

export type StepResult = {
  readonly loss: number;
  /** Examples of this batch whose head's largest output is at the largest target. */
  readonly correct: number;
};

/** A step met NaN or infinity. The weights are as they were after the last good step's checkpoint, not usable as they stand. */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError';
  readonly kind = 'not-finite';
}

/**
 * The device under the engine is gone or out of memory. The weights are lost: another engine may go on from the last
 * checkpoint.
 */
export class BackendLostError extends Error {
  override readonly name = 'BackendLostError';
  readonly kind = 'backend-lost';
}

/**
 * Guarantees: deterministic for the same weights, batches and thread count; one call at a time (a second waits);
 * inputs are not kept after a call returns; `dispose` ends all threads and frees the memory.
 */
export interface Trainer {
  /** Shown to people: `wasm (2 threads, relaxed SIMD)`. */
  readonly backend: string;
  /** One optimizer step. Rejects with NotFiniteError when the loss is not finite, with BackendLostError when its device is gone. */
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  /**
   * Outputs of the named layers for up to `batchSize` inputs, without training (batch normalisation uses its moving
   * statistics). Each `[count, ...shape of the layer]`. An engine that computes a layer together with the next refuses it
   * by name.
   */
  forward(inputs: Float32Array, count: number, layers: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** A copy of the weights. */
  weights(): Promise<Weights>;
  /**
   * Everything that a later `restore` into a trainer of the same options needs to go on: to the same result on the same
   * engine and threads, to one as good on another.
   */
  checkpoint(): Promise<Uint8Array>;
  restore(checkpoint: Uint8Array): Promise<void>;
  dispose(): Promise<void>;
}
