/** Seeded weights and batches for tests of training. */
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { sizeOf, weightShapes } from '../../protocol/learning/shapes.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import type { Batch, LossTerm } from '../../server/training/trainer.ts';

/** Numbers in [-1, 1), the same for the same seed (mulberry32). */
export function signedRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** He-uniform kernels; every other weight is off its usual start, so that a mistake in it shows. */
export function randomWeights(spec: ModelSpec, seed: number): Weights {
  const random = signedRandom(seed);
  return new Map(
    weightShapes(spec).map(({ name, shape }) => {
      const fanIn = sizeOf(shape) / (shape.at(-1) === 1 ? (shape.at(-2) ?? 1) : (shape.at(-1) ?? 1));
      const scale = name.endsWith('/kernel') ? Math.sqrt(6 / fanIn) : 0.3;
      const center = /gamma|movingVariance/.test(name) ? 1 : 0;
      return [name, { shape, values: Float32Array.from({ length: sizeOf(shape) }, () => center + random() * scale) }];
    }),
  );
}

/** A batch with soft targets for each loss: probabilities for cross-entropy, any direction for cosine. */
export function randomBatch(spec: ModelSpec, losses: readonly LossTerm[], count: number, seed: number): Batch {
  const random = signedRandom(seed);
  const inputs = Float32Array.from({ length: count * sizeOf(spec.input) }, random);
  const targets = losses.map(({ layer, kind }) => {
    const dense = spec.layers.find(({ name }) => name === layer);
    const units = dense?.kind === 'dense' ? dense.units : 0;
    const values = Float32Array.from({ length: count * units }, () => (kind === 'cosine' ? random() : random() + 1));
    if (kind === 'softmaxCrossEntropy')
      for (let row = 0; row < count; row++) {
        const own = values.subarray(row * units, (row + 1) * units);
        const sum = own.reduce((total, value) => total + value, 0);
        own.forEach((value, i) => (own[i] = value / sum));
      }
    return [layer, values] as const;
  });
  return { count, inputs, targets: new Map(targets) };
}
