/** One optimizer step on the current tfjs backend, from the batch to the moved weights. */
import {
  addN,
  concat1d,
  keep,
  reshape,
  sum,
  tensor,
  valueAndGrads,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { argMax } from '../../../protocol/learning/metrics.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../protocol/learning/shapes.ts';
import { NotFiniteError, type LossTerm, type StepResult } from '../trainer.ts';
import type { DeviceWeights } from './device-weights.ts';
import { runLayers } from './run-layers.ts';
import { termLoss } from './term-loss.ts';

/** A loss term with its targets for one batch, `[count, units]`. */
export type Target = { readonly term: LossTerm; readonly values: Float32Array; readonly units: number };

export type SteppedNetwork = {
  readonly spec: ModelSpec;
  /** The layers that lead to the losses. */
  readonly placed: readonly PlacedLayer[];
  readonly isFrozen: (layer: string) => boolean;
};

/** A batch, as in `Batch` and checked, and the rate. */
export type Step = {
  /** Counts from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly count: number;
  readonly inputs: Float32Array;
  readonly targets: readonly Target[];
  readonly exampleWeights: Float32Array;
};

/**
 * Moves `weights` by one step; belongs in a tidy. Returns
 * `[loss, sum of the gradient, outputs of the head]`, the last when there is a loss on it, for `stepResult`.
 */
export function recordStep(
  { spec, placed, isFrozen }: SteppedNetwork,
  weights: DeviceWeights,
  { count, inputs, targets, exampleWeights, learningRate, step }: Step,
): Tensor1D {
  const input = tensor(inputs, [count, ...spec.input]);
  const ofExamples = tensor(exampleWeights);
  let head: Tensor | undefined;
  const totalLoss = (...trained: Tensor[]): Scalar => {
    const outputs = runLayers(placed, {
      input,
      weights: weights.all(trained),
      usesBatch: (layer) => !isFrozen(layer),
      onMoments: (layer, moments) => {
        weights.moveStatistics(layer, moments);
      },
    });
    const terms = targets.map(({ term, values, units }) => {
      const output = outputs.get(term.layer) ?? input;
      if (term.layer === spec.head) head = keep(output);
      return termLoss(term, { output, targets: tensor(values, [count, units]), exampleWeights: ofExamples });
    });
    return addN(terms);
  };
  const { value, grads } = valueAndGrads(totalLoss)(weights.trained());
  const gradient = concat1d(grads.map((grad): Tensor1D => reshape(grad, [grad.size])));
  weights.update(gradient, learningRate, step);
  const flat = head ? [reshape<Rank.R1>(head, [head.size])] : [];
  const results = concat1d([reshape(value, [1]), reshape(sum(gradient), [1]), ...flat]);
  head?.dispose();
  return results;
}

/** What `recordStep` returned, read back. Throws NotFiniteError. */
export function stepResult(results: Float32Array, headName: string, { step, targets }: Step): StepResult {
  const [loss = NaN, gradientSum = NaN] = results;
  // A GPU's clamp may turn NaN into a number on the way to the loss; the gradient shows it.
  if (!Number.isFinite(loss) || !Number.isFinite(gradientSum))
    throw new NotFiniteError(
      `Step ${String(step)} met NaN or infinity (loss ${String(loss)}): lower the learning rate.`,
    );
  const head = targets.find(({ term }) => term.layer === headName);
  return { loss, correct: head ? hits(results.subarray(2), head) : 0 };
}

/** Rows whose largest output is at the largest target. */
function hits(outputs: Float32Array, { values, units }: Target): number {
  let correct = 0;
  for (let at = 0; at < values.length; at += units)
    if (argMax(outputs.subarray(at, at + units)) === argMax(values.subarray(at, at + units))) correct++;
  return correct;
}
