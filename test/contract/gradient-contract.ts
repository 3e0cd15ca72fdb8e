/** Every layer kind and loss of an engine against tfjs' own gradients. An engine runs this suite with its own way to make a trainer. */
import { describe, expect, it } from 'vitest';
import { mobile } from '../../protocol/learning/backbones/mobile.ts';
import type { Layer, ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { Batch, LossTerm, Trainer, TrainerOptions } from '../../server/training/trainer.ts';
import { randomBatch, randomWeights } from '../support/random-network.ts';
import { oracleStep, type OracleOptions } from '../support/tfjs-oracle.ts';

/** Of the largest gradient of a weight tensor: both sides compute in single precision, in another order. */
const tolerance = 1e-4;

const crossEntropy: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];

const windows = [
  { kernel: 1, stride: 1, padding: 'same' },
  { kernel: 1, stride: 2, padding: 'valid' },
  { kernel: 3, stride: 1, padding: 'same' },
  { kernel: 3, stride: 2, padding: 'same' },
  { kernel: 3, stride: 2, padding: 'valid' },
  { kernel: 5, stride: 1, padding: 'valid' },
  { kernel: 4, stride: 3, padding: 'same' },
  { kernel: 2, stride: 3, padding: 'valid' },
] as const;

const activations = ['none', 'relu', 'relu6'] as const;

/** A trained layer before the one that is tested, so that the gradient of its input is tested too. */
const before: Layer = {
  kind: 'conv',
  name: 'before',
  filters: 6,
  kernel: 1,
  stride: 1,
  padding: 'same',
  activation: 'none',
  batchNorm: false,
};

export function gradientContract(name: string, create: (options: TrainerOptions) => Promise<Trainer>): void {
  const expectLikeTfjs = (options: Parameters<typeof expectGradientsLikeTfjs>[1]): Promise<void> =>
    expectGradientsLikeTfjs(create, options);

  describe(`gradients of ${name} equal tfjs`, () => {
    describe.each(windows)('with kernel $kernel, stride $stride, $padding padding', (window) => {
      it('in a convolution', async () => {
        const conv = {
          ...window,
          kind: 'conv',
          name: 'conv',
          filters: 10,
          activation: 'relu',
          batchNorm: false,
        } as const;
        await expectLikeTfjs({ spec: network([before, conv]), losses: crossEntropy });
      });

      it('in a depthwise convolution', async () => {
        const depthwise = {
          ...window,
          kind: 'depthwise',
          name: 'depthwise',
          activation: 'relu6',
          batchNorm: false,
        } as const;
        await expectLikeTfjs({ spec: network([before, depthwise]), losses: crossEntropy });
      });

      it('in max-pooling', async () => {
        const pool = { ...window, kind: 'maxPool', name: 'pool' } as const;
        await expectLikeTfjs({ spec: network([before, pool]), losses: crossEntropy });
      });
    });

    it.each(activations)('through %s with batch normalisation', async (activation) => {
      const rest = { stride: 1, padding: 'same', activation, batchNorm: true } as const;
      const layers = [
        { ...rest, kind: 'conv', name: 'expand', filters: 10, kernel: 1 },
        { ...rest, kind: 'depthwise', name: 'depthwise', kernel: 3 },
        { ...rest, kind: 'conv', name: 'wide', filters: 7, kernel: 3 },
      ] as const;
      await expectLikeTfjs({ spec: network(layers), losses: crossEntropy });
    });

    it.each(activations)('through %s without batch normalisation', async (activation) => {
      const rest = { stride: 1, padding: 'same', activation, batchNorm: false } as const;
      const layers = [
        { ...rest, kind: 'conv', name: 'conv', filters: 9, kernel: 3 },
        { ...rest, kind: 'depthwise', name: 'depthwise', kernel: 3 },
        { kind: 'globalAveragePool', name: 'pool' },
        { kind: 'dense', name: 'embedding', units: 21, activation },
        { kind: 'dense', name: 'head', units: 5, activation: 'none' },
      ] as const;
      await expectLikeTfjs({ spec: { ...network([]), layers }, losses: crossEntropy });
    });

    it('add up where a tensor is read by several layers', async () => {
      const pointwise = { kind: 'conv', kernel: 1, stride: 1, padding: 'same', batchNorm: true } as const;
      const layers: readonly Layer[] = [
        { ...pointwise, name: 'entry', filters: 8, activation: 'relu' },
        { ...pointwise, name: 'expand', filters: 12, activation: 'relu6' },
        { ...pointwise, name: 'project', filters: 8, activation: 'none' },
        { kind: 'add', name: 'sum', with: 'entry' },
        {
          kind: 'depthwise',
          name: 'side',
          from: 'entry',
          kernel: 3,
          stride: 1,
          padding: 'same',
          activation: 'relu',
          batchNorm: false,
        },
        { kind: 'maxPool', name: 'pooled', from: 'entry', kernel: 3, stride: 1, padding: 'same' },
        { kind: 'add', name: 'sides', with: 'side' },
        { kind: 'add', name: 'all', with: 'sum' },
        { kind: 'add', name: 'twice', from: 'all', with: 'all' },
      ];
      await expectLikeTfjs({ spec: network(layers), losses: crossEntropy });
    });

    it('in several heads on one embedding, with soft targets, cosine and example weights', async () => {
      const spec = network([before]);
      const heads: readonly Layer[] = [
        { kind: 'dense', name: 'teacherClasses', from: 'embedding', units: 17, activation: 'none' },
        { kind: 'dense', name: 'teacherEmbedding', from: 'embedding', units: 6, activation: 'none' },
      ];
      const losses: readonly LossTerm[] = [
        { layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 },
        { layer: 'teacherClasses', kind: 'softmaxCrossEntropy', weight: 0.5 },
        { layer: 'teacherEmbedding', kind: 'cosine', weight: 2 },
        { layer: 'teacherEmbedding', kind: 'softmaxCrossEntropy', weight: 0.25 },
      ];
      const extended = { ...spec, layers: [...spec.layers, ...heads] };
      const batch = { ...randomBatch(extended, losses, 5, 3), exampleWeights: Float32Array.of(1, 0.5, 2, 0, 1.5) };
      await expectLikeTfjs({ spec: extended, losses, batch });
    });

    it('but are 0, and the loss is 1, where a cosine meets a vector without length', async () => {
      const spec = network([before]);
      const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'cosine', weight: 1 }];
      const weights = randomWeights(spec, 1);
      const silent = new Map(
        [...weights].map(([name, { shape, values }]) => [
          name,
          { shape, values: name.startsWith('head/') ? new Float32Array(values.length) : values },
        ]),
      );
      const batch = randomBatch(spec, losses, 2, 1);
      const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
      const trainer = await create({ spec, weights: silent, batchSize: 2, losses, optimizer });
      const { loss, gradients } = await gradientsOf(trainer, silent, batch);
      await trainer.dispose();
      expect(loss).toBe(1);
      expect([...gradients.values()].flatMap((gradient) => [...gradient]).every((value) => value === 0)).toBe(true);
    });

    it('when a batch is smaller than the batch size', async () => {
      const spec = mobile({ classes: 6, size: 32 });
      await expectLikeTfjs({
        spec,
        losses: crossEntropy,
        batch: randomBatch(spec, crossEntropy, 1, 4),
      });
    });

    it('when early layers are frozen, those with batch normalisation too', async () => {
      const spec = mobile({ classes: 6, size: 32, batchNorm: true });
      const cut = spec.layers.findIndex(({ name }) => name === 'block6/depthwise');
      const frozen = new Set(spec.layers.slice(0, cut).map(({ name }) => name));
      await expectLikeTfjs({ spec, losses: crossEntropy, frozen });
    });

    it('when a layer in the middle is frozen', async () => {
      const rest = { stride: 1, padding: 'same', activation: 'relu', batchNorm: true } as const;
      const layers = [
        { ...rest, kind: 'conv', name: 'first', filters: 8, kernel: 3 },
        { ...rest, kind: 'conv', name: 'second', filters: 8, kernel: 3 },
        { ...rest, kind: 'depthwise', name: 'third', kernel: 3 },
      ] as const;
      const frozen = new Set(['second', 'third']);
      await expectLikeTfjs({ spec: network(layers), losses: crossEntropy, frozen });
    });

    it('on an activation as input, as in latent replay', async () => {
      const pointwise = { kind: 'conv', kernel: 1, stride: 1, padding: 'same', batchNorm: false } as const;
      const layers: readonly Layer[] = [
        { ...pointwise, name: 'expand', filters: 24, activation: 'relu6' },
        { ...pointwise, name: 'project', filters: 10, activation: 'none' },
        { kind: 'add', name: 'add', with: 'input' },
      ];
      await expectLikeTfjs({ spec: network(layers, 10), losses: crossEntropy });
    });

    it('in the whole default network with batch normalisation', async () => {
      await expectLikeTfjs({
        spec: mobile({ classes: 6, size: 32, batchNorm: true }),
        losses: crossEntropy,
      });
    });

    it("in a network like the talk's", async () => {
      await expectLikeTfjs({ spec: smallTalk(), losses: crossEntropy });
    });
  });
}

/** One step on one network, by the engine and by the oracle. */
async function expectGradientsLikeTfjs(
  create: (options: TrainerOptions) => Promise<Trainer>,
  options: Omit<OracleOptions, 'weights'> & { readonly batch?: Batch },
): Promise<void> {
  const { spec, losses } = options;
  const weights = randomWeights(spec, 1);
  const batch = options.batch ?? randomBatch(spec, losses, 5, 2);
  const trainer = await create({
    ...options,
    weights,
    batchSize: 5,
    optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
  });
  try {
    const expected = oracleStep({ ...options, weights }, batch);
    const { loss, gradients } = await gradientsOf(trainer, weights, batch);
    expect(loss).toBeCloseTo(expected.loss, 4);
    for (const [name, gradient] of gradients) {
      if (name.includes('/moving')) continue;
      const wanted = expected.gradients.get(name) ?? new Float32Array(gradient.length);
      expect({ name, error: worst(gradient, wanted) }).toEqual({
        name,
        error: expect.toSatisfy((e: number) => e < tolerance),
      });
    }
  } finally {
    await trainer.dispose();
  }
}

/** One step of plain gradient descent with rate 1: what a weight lost is its gradient. */
async function gradientsOf(
  trainer: Trainer,
  weights: OracleOptions['weights'],
  batch: Batch,
): Promise<{ readonly loss: number; readonly gradients: ReadonlyMap<string, Float32Array> }> {
  const { loss } = await trainer.step(batch, 1);
  const after = await trainer.weights();
  return {
    loss,
    gradients: new Map(
      [...weights].map(([name, { values }]) => [
        name,
        values.map((value, i) => value - (after.get(name)?.values[i] ?? NaN)),
      ]),
    ),
  };
}

/** The largest difference, as a part of the largest value (or of 0.05 where all are smaller). */
function worst(got: Float32Array, wanted: Float32Array): number {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0.05);
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] ?? NaN)) / largest), 0);
}

/** Layers between an input of 9x7x`channels` and a head of five classes. */
function network(layers: readonly Layer[], channels = 3): ModelSpec {
  const [pool, head]: readonly Layer[] = [
    { kind: 'globalAveragePool', name: 'embedding' },
    { kind: 'dense', name: 'head', units: 5, activation: 'none' },
  ];
  return {
    name: 'small',
    input: [9, 7, channels],
    layers: [...layers, ...(pool ? [pool] : []), ...(head ? [head] : [])],
    embedding: 'embedding',
    head: 'head',
  };
}

/** The talk's layers at a quarter of its size. */
function smallTalk(): ModelSpec {
  const conv = { kind: 'conv', kernel: 5, stride: 1, padding: 'valid', activation: 'relu', batchNorm: false } as const;
  const pool = { kind: 'maxPool', kernel: 2, stride: 2, padding: 'valid' } as const;
  return {
    name: 'small talk',
    input: [20, 20, 3],
    layers: [
      { ...conv, name: 'conv1', filters: 8 },
      { ...pool, name: 'pool1' },
      { ...conv, name: 'conv2', filters: 12 },
      { ...pool, name: 'pool2' },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'dense', units: 50, activation: 'relu' },
      { kind: 'dense', name: 'head', units: 4, activation: 'none' },
    ],
    embedding: 'dense',
    head: 'head',
  };
}
