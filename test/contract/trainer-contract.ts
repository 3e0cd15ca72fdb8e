/** What every Trainer guarantees. An engine runs this suite with its own way to make a trainer. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import {
  NotFiniteError,
  type Batch,
  type LossTerm,
  type Trainer,
  type TrainerOptions,
} from '../../server/training/trainer.ts';
import { randomBatch, randomWeights } from '../support/random-network.ts';
import { oracleForward, oracleStep } from '../support/tfjs-oracle.ts';

const losses: readonly LossTerm[] = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }];
/** A large epsilon, because Adam makes full steps even of gradients that are nothing but rounding. */
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-2, weightDecay: 0.01 } as const;
const spec = residualNetwork({ batchNorm: true });
const plain = residualNetwork({ batchNorm: false });
const base: TrainerOptions = { spec, weights: randomWeights(spec, 1), batchSize: 8, losses, optimizer: adam };

export function trainerContract(name: string, create: (options: TrainerOptions) => Promise<Trainer>): void {
  /** A trainer that the test's end disposes of. */
  async function start(options: Partial<TrainerOptions> = {}): Promise<Trainer> {
    const trainer = await create({ ...base, ...options });
    onTestFinished(() => trainer.dispose());
    return trainer;
  }

  describe(name, () => {
    it('learns a batch by heart', async () => {
      const trainer = await start();
      const batch = oneHotBatch(1);
      const first = await trainer.step(batch, 0.01);
      let last = first;
      for (let i = 0; i < 60; i++) last = await trainer.step(batch, 0.01);
      expect(first.loss).toBeGreaterThan(1);
      expect(last).toEqual({ loss: expect.toSatisfy((loss: number) => loss < 0.1) as number, correct: 8 });
    });

    it('counts the examples whose largest output is at the largest target', async () => {
      const trainer = await start();
      const batch = randomBatch(spec, losses, 8, 3);
      const outputs = oracleStep(base, batch).outputs.get('head') ?? new Float32Array();
      const targets = batch.targets.get('head') ?? new Float32Array();
      const rows = Array.from({ length: 8 }, (_, i) =>
        [outputs, targets].map((x) => largest(x.subarray(i * 6, i * 6 + 6))),
      );
      const { correct } = await trainer.step(batch, 0.001);
      expect(correct).toBe(rows.filter(([output, target]) => output === target).length);
    });

    it('follows Adam with decoupled weight decay on kernels only', async () => {
      const trainer = await start({ spec: plain, weights: randomWeights(plain, 1) });
      const reference = new AdamReference(await trainer.weights());
      for (let step = 1; step <= 3; step++) {
        const batch = randomBatch(plain, losses, 8, step);
        const before = await trainer.weights();
        const { gradients } = oracleStep({ spec: plain, losses, weights: before }, batch);
        await trainer.step(batch, 0.01);
        expectClose(values(await trainer.weights()), reference.step(before, gradients, 0.01), 1e-4);
      }
    });

    it('follows gradient descent with momentum', async () => {
      const optimizer = { kind: 'sgd', momentum: 0.9, weightDecay: 0.01 } as const;
      const trainer = await start({ spec: plain, weights: randomWeights(plain, 1), optimizer });
      const velocities = new Map<string, Float32Array>();
      for (let step = 1; step <= 3; step++) {
        const batch = randomBatch(plain, losses, 8, step);
        const before = await trainer.weights();
        const { gradients } = oracleStep({ spec: plain, losses, weights: before }, batch);
        await trainer.step(batch, 0.1);
        const expected = [...gradients].map(([name, gradient]) => {
          const velocity = gradient.map((g, i) => 0.9 * (velocities.get(name)?.[i] ?? 0) + g);
          velocities.set(name, velocity);
          const decay = name.endsWith('/kernel') ? 0.01 : 0;
          const moved = before.get(name)?.values.map((w, i) => w - 0.1 * (at(velocity, i) + decay * w));
          return [name, moved ?? new Float32Array()] as const;
        });
        expectClose(values(await trainer.weights()), new Map(expected), 1e-4);
      }
    });

    it('moves the moving statistics by a hundredth and uses them in forward', async () => {
      const trainer = await start();
      const batch = randomBatch(spec, losses, 8, 5);
      const { moments } = oracleStep(base, batch);
      await trainer.step(batch, 0.001);
      const weights = await trainer.weights();
      const expected = [...moments].flatMap(([layer, { mean, variance }]) =>
        [[`${layer}/movingMean`, mean] as const, [`${layer}/movingVariance`, variance] as const].map(([name, now]) => {
          const moved = base.weights.get(name)?.values.map((old, i) => 0.99 * old + 0.01 * at(now, i));
          return [name, moved ?? new Float32Array()] as const;
        }),
      );
      expectClose(values(weights), new Map(expected), 1e-4);
      const layers = ['stem', 'add', 'embedding', 'head'];
      const outputs = await trainer.forward(batch.inputs, 8, layers);
      const wanted = oracleForward(spec, weights, batch.inputs, 8);
      expectClose(outputs, new Map(layers.map((layer) => [layer, wanted.get(layer) ?? new Float32Array()])), 1e-4);
    });

    it('changes nothing in forward', async () => {
      const trainer = await start();
      const before = await trainer.checkpoint();
      await trainer.forward(randomBatch(spec, losses, 3, 1).inputs, 3, ['head']);
      expect(Buffer.compare(await trainer.checkpoint(), before)).toBe(0);
    });

    it('leaves frozen layers as they are and trains the others', async () => {
      const frozen = new Set(spec.layers.slice(0, 3).map((layer) => layer.name));
      const trainer = await start({ frozen });
      await trainer.step(oneHotBatch(2), 0.01);
      for (const [name, { values }] of await trainer.weights()) {
        const isFrozen = frozen.has(name.slice(0, name.lastIndexOf('/')));
        expect({ name, same: sameFloats(values, base.weights.get(name)?.values) }).toEqual({ name, same: isFrozen });
      }
    });

    it('gives the same bytes for the same weights and batches', async () => {
      const runs = [await start(), await start()].map(async (trainer) => {
        for (let i = 0; i < 3; i++) await trainer.step(randomBatch(spec, losses, 8, i), 0.01);
        return trainer.checkpoint();
      });
      const [first, second] = await Promise.all(runs);
      expect(Buffer.compare(first ?? new Uint8Array(1), second ?? new Uint8Array())).toBe(0);
    });

    it.each([adam, { kind: 'sgd', momentum: 0.9, weightDecay: 0 } as const])(
      'goes on from a checkpoint as if it had never stopped, with $kind',
      async (optimizer) => {
        const unbroken = await start({ optimizer });
        for (let i = 0; i < 2; i++) await unbroken.step(randomBatch(spec, losses, 8, i), 0.01);
        const saved = await unbroken.checkpoint();
        const resumed = await start({ optimizer, weights: randomWeights(spec, 99) });
        await resumed.restore(saved);
        for (const trainer of [unbroken, resumed])
          for (let i = 2; i < 4; i++) await trainer.step(randomBatch(spec, losses, i + 4, i), 0.01);
        expect(Buffer.compare(await resumed.checkpoint(), await unbroken.checkpoint())).toBe(0);
      },
    );

    it('refuses the checkpoint of another network and keeps its own weights', async () => {
      const other = residualNetwork({ batchNorm: true, classes: 7 });
      const stranger = await start({ spec: other, weights: randomWeights(other, 1) });
      const trainer = await start();
      const before = await trainer.checkpoint();
      await expect(trainer.restore(await stranger.checkpoint())).rejects.toThrow('another network');
      await expect(trainer.restore(before.subarray(0, 1000))).rejects.toThrow(Error);
      expect(Buffer.compare(await trainer.checkpoint(), before)).toBe(0);
    });

    it('takes calls one after the other, however they come', async () => {
      const batches = [1, 2, 3].map((seed) => randomBatch(spec, losses, 8, seed));
      const [patient, hasty] = [await start(), await start()];
      for (const batch of batches) await patient.step(batch, 0.01);
      await Promise.all(batches.map((batch) => hasty.step(batch, 0.01)));
      expect(Buffer.compare(await hasty.checkpoint(), await patient.checkpoint())).toBe(0);
    });

    it('rejects with NotFiniteError when the loss is not a number', async () => {
      const trainer = await start();
      const batch = randomBatch(spec, losses, 8, 1);
      batch.inputs[0] = NaN;
      await expect(trainer.step(batch, 0.01)).rejects.toBeInstanceOf(NotFiniteError);
    });

    it('rejects with NotFiniteError once a step has thrown the weights out of all bounds', async () => {
      const trainer = await start();
      await trainer.step(oneHotBatch(1), Infinity);
      await expect(trainer.step(oneHotBatch(1), 0.01)).rejects.toBeInstanceOf(NotFiniteError);
    });

    it('refuses batches that do not fit', async () => {
      const trainer = await start();
      const batch = randomBatch(spec, losses, 8, 1);
      const wrong: readonly Batch[] = [
        { ...batch, count: 0 },
        { ...batch, count: 9 },
        { ...batch, inputs: batch.inputs.subarray(1) },
        { ...batch, targets: new Map() },
        { ...batch, exampleWeights: new Float32Array(7) },
      ];
      for (const refused of wrong) await expect(trainer.step(refused, 0.01)).rejects.toThrow(Error);
      await expect(trainer.forward(batch.inputs, 8, ['nothing'])).rejects.toThrow('nothing');
      expect((await trainer.step(batch, 0.01)).loss).toBeGreaterThan(0);
    });

    it('refuses weights that are missing or of another size', async () => {
      const lacking = new Map([...base.weights].slice(1));
      await expect(create({ ...base, weights: lacking })).rejects.toThrow('stem/kernel');
      const short = new Map(base.weights).set('stem/kernel', { shape: [1], values: new Float32Array(1) });
      await expect(create({ ...base, weights: short })).rejects.toThrow('stem/kernel');
    });

    it('rejects every call after dispose', async () => {
      const trainer = await create(base);
      const last = trainer.step(oneHotBatch(1), 0.01);
      await trainer.dispose();
      expect((await last).loss).toBeGreaterThan(0);
      await expect(trainer.step(oneHotBatch(1), 0.01)).rejects.toThrow('disposed');
    });
  });
}

/** What `mobile` is made of, at toy size: 16x16 pictures, six classes. */
function residualNetwork({ batchNorm, classes = 6 }: { batchNorm: boolean; classes?: number }): ModelSpec {
  const pointwise = { kind: 'conv', kernel: 1, stride: 1, padding: 'same', batchNorm } as const;
  const window = { kernel: 3, padding: 'same', activation: 'relu6', batchNorm } as const;
  return {
    name: 'residual',
    input: [16, 16, 3],
    layers: [
      { ...window, kind: 'conv', name: 'stem', filters: 8, stride: 2 },
      { ...pointwise, name: 'expand', filters: 24, activation: 'relu6' },
      { ...window, kind: 'depthwise', name: 'depthwise', stride: 1 },
      { ...pointwise, name: 'project', filters: 8, activation: 'none' },
      { kind: 'add', name: 'add', with: 'stem' },
      { ...window, kind: 'depthwise', name: 'shrink', stride: 2 },
      { ...pointwise, name: 'features', filters: 32, activation: 'relu6' },
      { kind: 'globalAveragePool', name: 'embedding' },
      { kind: 'dense', name: 'head', units: classes, activation: 'none' },
    ],
    embedding: 'embedding',
    head: 'head',
  };
}

/** Kingma & Ba 2015, Algorithm 1, in double precision, with decay of kernels beside it. */
class AdamReference {
  #steps = 0;
  readonly #first = new Map<string, Float64Array>();
  readonly #second = new Map<string, Float64Array>();

  constructor(weights: Weights) {
    for (const [name, { values }] of weights) {
      this.#first.set(name, new Float64Array(values.length));
      this.#second.set(name, new Float64Array(values.length));
    }
  }

  step(before: Weights, gradients: ReadonlyMap<string, Float32Array>, rate: number): ReadonlyMap<string, Float32Array> {
    this.#steps++;
    const { beta1, beta2, epsilon, weightDecay } = adam;
    return new Map(
      [...gradients].map(([name, gradient]) => {
        const [m, v] = [this.#first.get(name) ?? [], this.#second.get(name) ?? []];
        const moved = before.get(name)?.values.map((w, i) => {
          const g = at(gradient, i);
          const first = (m[i] = beta1 * at(m, i) + (1 - beta1) * g) / (1 - beta1 ** this.#steps);
          const second = (v[i] = beta2 * at(v, i) + (1 - beta2) * g * g) / (1 - beta2 ** this.#steps);
          const decay = name.endsWith('/kernel') ? weightDecay : 0;
          return w - rate * (first / (Math.sqrt(second) + epsilon) + decay * w);
        });
        return [name, moved ?? new Float32Array()];
      }),
    );
  }
}

/** Eight pictures, each of a class of its own but two. */
function oneHotBatch(seed: number): Batch {
  const batch = randomBatch(spec, losses, 8, seed);
  const targets = new Float32Array(8 * 6);
  for (let i = 0; i < 8; i++) targets[i * 6 + (i % 6)] = 1;
  return { ...batch, targets: new Map([['head', targets]]) };
}

function values(weights: Weights): ReadonlyMap<string, Float32Array> {
  return new Map([...weights].map(([name, weight]) => [name, weight.values]));
}

/** Every tensor of `wanted` within `tolerance` of its largest value. */
function expectClose(
  got: ReadonlyMap<string, Float32Array>,
  wanted: ReadonlyMap<string, Float32Array>,
  tolerance: number,
): void {
  expect(wanted.size).toBeGreaterThan(0);
  for (const [name, tensor] of wanted) {
    const own = got.get(name) ?? new Float32Array();
    expect({ name, length: own.length }).toEqual({ name, length: tensor.length });
    const largestValue = tensor.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = tensor.reduce((most, value, i) => Math.max(most, Math.abs(value - at(own, i))), 0);
    expect(error, name).toBeLessThan(tolerance * Math.max(largestValue, 0.05));
  }
}

function sameFloats(a: Float32Array, b: Float32Array | undefined): boolean {
  return a.length === b?.length && a.every((value, i) => value === b[i]);
}

function largest(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? NaN;
}
