import { expect, test } from 'vitest';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { foldBatchNorm } from '../../../protocol/learning/fold-batch-norm.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { weightShapes } from '../../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import { createWasmTrainer } from '../../../server/training/wasm/wasm-trainer.ts';

/** Weights as after training: every statistic, scale and shift has moved. */
function trainedWeights(spec: ModelSpec): Weights {
  const random = seededRandom(7);
  const moved = ([name, { shape, values }]: [string, Weight]): [string, Weight] => [
    name,
    { shape, values: name.endsWith('/kernel') ? values : values.map((x) => x + random.next() * 0.5) },
  ];
  return new Map([...initialWeights(spec, random)].map(moved));
}

async function headOf(spec: ModelSpec, weights: Weights, input: Float32Array): Promise<Float32Array> {
  const trainer = await createWasmTrainer(
    {
      spec,
      weights,
      batchSize: 1,
      losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
    },
    { threads: 1 },
  );
  try {
    return (await trainer.forward(input, 1, ['head'])).get('head') ?? new Float32Array();
  } finally {
    await trainer.dispose();
  }
}

test('gives the same outputs without batch normalisation', async () => {
  const spec = mobile({ classes: 5, size: 32, batchNorm: true });
  const weights = trainedWeights(spec);
  const random = seededRandom(3);
  const input = Float32Array.from({ length: 32 * 32 * 3 }, () => random.next() * 2 - 1);
  const before = await headOf(spec, weights, input);
  const folded = foldBatchNorm(spec, weights);
  const after = await headOf(folded.spec, folded.weights, input);
  expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.05);
  before.forEach((value, i) => {
    expect(Math.abs(value - (after[i] ?? NaN))).toBeLessThan(1e-4);
  });
});

test('folds a channel by hand', () => {
  const spec: ModelSpec = {
    name: 'one',
    input: [1, 1, 1],
    embedding: 'embedding',
    head: 'head',
    layers: [
      {
        kind: 'conv',
        name: 'conv',
        filters: 1,
        kernel: 1,
        stride: 1,
        padding: 'same',
        activation: 'none',
        batchNorm: true,
      },
      { kind: 'globalAveragePool', name: 'embedding' },
      { kind: 'dense', name: 'head', units: 1, activation: 'none' },
    ],
  };
  const one = (value: number): Weight => ({ shape: [1], values: Float32Array.of(value) });
  const weights = new Map([
    ['conv/kernel', { shape: [1, 1, 1, 1], values: Float32Array.of(2) }],
    ...Object.entries({ gamma: 3, beta: 4, movingMean: 5, movingVariance: 4 - 1e-3 }).map(
      ([role, value]): [string, Weight] => [`conv/${role}`, one(value)],
    ),
    ['head/kernel', { shape: [1, 1], values: Float32Array.of(1) }],
    ['head/bias', one(0)],
  ]);
  const folded = foldBatchNorm(spec, weights).weights;
  expect(folded.get('conv/kernel')?.values[0]).toBeCloseTo(3, 5); // 2 * 3 / sqrt(4)
  expect(folded.get('conv/bias')?.values[0]).toBeCloseTo(-3.5, 5); // 4 - 5 * 3 / sqrt(4)
});

test('leaves a network whose weights are exactly those of the same network without batch normalisation', () => {
  const spec = mobile({ classes: 5, size: 32, batchNorm: true });
  const folded = foldBatchNorm(spec, initialWeights(spec, seededRandom(1)));
  expect(folded.spec).toEqual(mobile({ classes: 5, size: 32 }));
  expect([...folded.weights].map(([name, { shape }]) => ({ name, shape }))).toEqual(weightShapes(folded.spec));
});

test('names a weight that is missing', () => {
  const spec = mobile({ classes: 5, size: 32, batchNorm: true });
  const weights = new Map(initialWeights(spec, seededRandom(1)));
  weights.delete('stem/gamma');
  expect(() => foldBatchNorm(spec, weights)).toThrow('stem/gamma');
});
