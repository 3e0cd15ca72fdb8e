/** Runs a network without training it, on the training engine: what the hub knows of a model, it knows by this. */
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import type { Trainer } from './trainer.ts';
import { createWasmTrainer } from './wasm/wasm-trainer.ts';

/** Inputs that run through a network of `createInference` at a time. */
export const inferenceBatch = 32;

/** A trainer for `forward` alone; the caller disposes it. */
export function createInference(spec: ModelSpec, weights: Weights, threads: number): Promise<Trainer> {
  return createWasmTrainer(
    {
      spec,
      weights,
      batchSize: inferenceBatch,
      losses: [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
      frozen: new Set(spec.layers.map((layer) => layer.name)),
    },
    { threads },
  );
}

/** The output of `layer` for each of `inputs` (as `preprocess` makes them, or latents), in their order. */
export async function outputsOf(
  trainer: Trainer,
  inputs: readonly Float32Array[],
  layer: string,
): Promise<readonly Float32Array[]> {
  const [outputs = []] = await outputsOfLayers(trainer, inputs, [layer]);
  return outputs;
}

/** For each of `layers` what `outputsOf` gives, all in one pass. */
export async function outputsOfLayers(
  trainer: Trainer,
  inputs: readonly Float32Array[],
  layers: readonly string[],
): Promise<readonly (readonly Float32Array[])[]> {
  const outputs = layers.map((): Float32Array[] => []);
  for (let first = 0; first < inputs.length; first += inferenceBatch) {
    const batch = inputs.slice(first, first + inferenceBatch);
    const all = await trainer.forward(joined(batch), batch.length, layers);
    for (const [place, layer] of layers.entries()) {
      const values = all.get(layer) ?? new Float32Array();
      const length = values.length / batch.length;
      outputs[place]?.push(...batch.map((_, i) => values.slice(i * length, (i + 1) * length)));
    }
  }
  return outputs;
}

/** Inputs of one length, one after the other. */
export function joined(inputs: readonly Float32Array[]): Float32Array {
  const length = inputs[0]?.length ?? 0;
  const all = new Float32Array(inputs.length * length);
  for (const [i, input] of inputs.entries()) all.set(input, i * length);
  return all;
}

/** The mean of vectors of one length. */
export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sums = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let i = 0; i < vector.length; i++) sums[i] = (sums[i] ?? 0) + (vector[i] ?? 0);
  return Float32Array.from(sums, (sum) => sum / vectors.length);
}
