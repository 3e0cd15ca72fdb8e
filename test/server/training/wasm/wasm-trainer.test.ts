/** The wasm engine keeps the promises of a Trainer, on one thread and on several, in both builds. */
import { expect, it } from 'vitest';
import { mobile } from '../../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../../protocol/learning/backbones/talk.ts';
import type { ModelSpec } from '../../../../protocol/learning/model-spec.ts';
import { sizeOf, weightShapes } from '../../../../protocol/learning/shapes.ts';
import { decodeCheckpoint } from '../../../../server/training/checkpoint.ts';
import type { LossTerm } from '../../../../server/training/trainer.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';
import { trainerContract } from '../../../contract/trainer-contract.ts';
import { randomBatch, randomWeights } from '../../../support/random-network.ts';

trainerContract('wasm on one thread', (options) => createWasmTrainer(options, { threads: 1 }));
trainerContract('wasm on two threads', (options) => createWasmTrainer(options, { threads: 2 }));
trainerContract('wasm on three threads without relaxed SIMD', (options) =>
  createWasmTrainer(options, { threads: 3, build: 'simd' }),
);

it('says on how many threads it runs and in which build', async () => {
  const spec = mobile({ classes: 2, size: 32 });
  const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const options = { spec, weights: randomWeights(spec, 1), batchSize: 2, losses, optimizer };
  const runtimes = [{ threads: 2, build: 'simd' }, { threads: 1 }] as const;
  const names = [];
  for (const runtime of runtimes) {
    const trainer = await createWasmTrainer(options, runtime);
    names.push(trainer.backend);
    await trainer.dispose();
  }
  expect(names).toEqual(['wasm (2 threads, SIMD)', 'wasm (1 thread, relaxed SIMD)']);
});

it('works with more threads than pictures', async () => {
  const spec = mobile({ classes: 2, size: 32, batchNorm: true });
  const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const options = { spec, weights: randomWeights(spec, 1), batchSize: 2, losses, optimizer };
  const results = [];
  for (const threads of [1, 4]) {
    const trainer = await createWasmTrainer(options, { threads });
    results.push(await trainer.step(randomBatch(spec, losses, 2, 1), 0.01));
    await trainer.dispose();
  }
  expect(results[1]?.loss).toBeCloseTo(results[0]?.loss ?? NaN, 4);
});

it.each([
  { kind: 'adam', beta1: 0.5, beta2: 0.5, epsilon: 1e-7, weightDecay: 0 },
  { kind: 'sgd', momentum: 0.5, weightDecay: 0 },
] as const)(
  'lets the moments of $kind end at zero, not in numbers too small for fast arithmetic',
  async (optimizer) => {
    const spec = mobile({ classes: 2, size: 32 });
    const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
    const trainer = await createWasmTrainer(
      { spec, weights: randomWeights(spec, 1), batchSize: 2, losses, optimizer },
      { threads: 2 },
    );
    try {
      const batch = randomBatch(spec, losses, 2, 1);
      await trainer.step(batch, 0.001);
      const decaying = { ...batch, exampleWeights: new Float32Array(2) };
      for (let step = 0; step < 125; step++) await trainer.step(decaying, 0.001);
      const sizes = weightShapes(spec).map(({ name, shape }) => [name, sizeOf(shape)] as const);
      const { parameters } = decodeCheckpoint(await trainer.checkpoint(), sizes);
      const moments = [...parameters.values()].flatMap(({ first, second }) => [...first, ...second]);
      expect(moments.filter((moment) => moment !== 0)).toEqual([]);
    } finally {
      await trainer.dispose();
    }
  },
);

it.each([
  ['the default network at 80 pixels', mobile({ classes: 5, size: 80, batchNorm: true })],
  ['a network whose last layer is much the widest', wideAtTheEnd()],
])('forwards a whole batch as it does each picture alone, with batch normalisation: %s', async (_, spec) => {
  const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const trainer = await createWasmTrainer(
    { spec, weights: randomWeights(spec, 1), batchSize: 32, losses, optimizer },
    { threads: 2 },
  );
  try {
    const { inputs } = randomBatch(spec, losses, 32, 1);
    const size = sizeOf(spec.input);
    const whole = (await trainer.forward(inputs, 32, ['head'])).get('head') ?? new Float32Array();
    const alone = [];
    for (let i = 0; i < 32; i++) {
      const outputs = await trainer.forward(inputs.subarray(i * size, (i + 1) * size), 1, ['head']);
      alone.push(...(outputs.get('head') ?? []));
    }
    expect(Math.max(...alone.map((value, i) => Math.abs(value - (whole[i] ?? NaN))))).toBeLessThan(1e-4);
  } finally {
    await trainer.dispose();
  }
});

/** Five narrow layers and a wide one, so that pictures go through the first in greater numbers than through the last. */
function wideAtTheEnd(): ModelSpec {
  const conv = { kind: 'conv', kernel: 1, stride: 1, padding: 'same', activation: 'relu', batchNorm: true } as const;
  return {
    name: 'wide at the end',
    input: [32, 32, 3],
    layers: [
      ...[1, 2, 3, 4, 5].map((n) => ({ ...conv, name: `narrow${String(n)}`, filters: 4 })),
      { ...conv, name: 'wide', filters: 64 },
      { kind: 'globalAveragePool', name: 'embedding' },
      { kind: 'dense', name: 'head', units: 5, activation: 'none' },
    ],
    embedding: 'embedding',
    head: 'head',
  };
}

it('says which layer to ask for in place of one that is pooled as it is made', async () => {
  const spec = talk({ classes: 2 });
  const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const trainer = await createWasmTrainer(
    { spec, weights: randomWeights(spec, 1), batchSize: 1, losses, optimizer },
    { threads: 1 },
  );
  const inputs = new Float32Array(sizeOf(spec.input));
  await expect(trainer.forward(inputs, 1, ['conv1'])).rejects.toThrow('ask for pool1');
  await trainer.dispose();
});

it('refuses a loss on a layer that is not dense', async () => {
  const spec = mobile({ classes: 2, size: 32 });
  const losses: readonly LossTerm[] = [{ layer: 'stem', kind: 'cosine', weight: 1 }];
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const options = { spec, weights: randomWeights(spec, 1), batchSize: 2, losses, optimizer };
  await expect(createWasmTrainer(options, { threads: 1 })).rejects.toThrow('stem');
});
