/** The fitting loop with the real engine and input thread, on a network small enough for a test. */
import { describe, expect, it, vi } from 'vitest';
import { initialWeights } from '../../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { fit } from '../../../../server/training/fit/fit.ts';
import type { EpochResult, FitOptions, StepProgress } from '../../../../server/training/fit/fit.ts';
import { constantRate, cosineRate } from '../../../../server/training/fit/learning-rate.ts';
import { blankPictures, pictureAt } from '../../../../server/training/pictures.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const spec: ModelSpec = {
  name: 'small',
  input: [12, 12, 3],
  layers: [
    {
      kind: 'conv',
      name: 'conv',
      filters: 8,
      kernel: 3,
      stride: 1,
      padding: 'same',
      activation: 'relu',
      batchNorm: false,
    },
    { kind: 'globalAveragePool', name: 'embedding' },
    { kind: 'dense', name: 'head', units: 2, activation: 'none' },
  ],
  embedding: 'embedding',
  head: 'head',
};

/** Noise with stripes across (label 0) or down (label 1): same colours, another direction. The first 40 train. */
function stripes(): Pick<FitOptions, 'pictures' | 'labelOf' | 'labels' | 'train' | 'validation'> {
  const random = seededRandom(1);
  const pictures = blankPictures(Array.from({ length: 60 }, () => ({ width: 16, height: 14 })));
  const labelOf = Uint32Array.from({ length: 60 }, (_, i) => i % 2);
  labelOf.forEach((label, i) => {
    const { data, width } = pictureAt(pictures, i);
    const phase = Math.floor(random.next() * 4);
    for (let at = 0; at < data.length; at++) {
      const pixel = Math.floor(at / 3);
      const along = label === 0 ? Math.floor(pixel / width) : pixel % width;
      data[at] = ((along + phase) % 4 < 2 ? 190 : 60) + random.next() * 50;
    }
  });
  const range = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return { pictures, labelOf, labels: 2, train: range(0, 40), validation: range(40, 60) };
}

async function run(
  changed: Partial<FitOptions> = {},
): Promise<{ steps: StepProgress[]; history: readonly EpochResult[] }> {
  const steps: StepProgress[] = [];
  const options: FitOptions = {
    spec,
    ...stripes(),
    epochs: 3,
    stepsPerEpoch: 12,
    batchSize: 8,
    learningRate: constantRate(0.03),
    augmentation: 'mobile',
    seed: 5,
    ...changed,
  };
  const trainer = await createWasmTrainer(
    {
      spec,
      weights: initialWeights(spec, seededRandom(2)),
      batchSize: 8,
      losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
    },
    { threads: 1 },
  );
  try {
    const history = await fit(trainer, options, { onStep: (step) => steps.push(step), onEpoch: () => undefined });
    return { steps, history };
  } finally {
    await trainer.dispose();
  }
}

/** What does not depend on the clock. */
const figures = (history: readonly EpochResult[]): unknown =>
  history.map(({ loss, accuracy, validationLoss, validationAccuracy }) => [
    loss,
    accuracy,
    validationLoss,
    validationAccuracy,
  ]);

describe('fit', () => {
  it('learns what tells the labels apart, on pictures that it has not seen', async () => {
    const { history } = await run();
    const [first, , last] = history;
    expect(last?.loss).toBeLessThan((first?.loss ?? 0) / 2);
    expect(last?.validationLoss).toBeLessThan(0.3);
    expect(last?.validationAccuracy).toBeGreaterThan(0.9);
  });

  it('reports every step, with means that begin anew each epoch', async () => {
    const { steps, history } = await run({ epochs: 2, stepsPerEpoch: 3 });
    expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
    expect(history.map(({ loss }) => loss)).toEqual([steps[2]?.loss, steps[5]?.loss]);
    for (const { accuracy } of steps) expect(accuracy).toBeLessThanOrEqual(1);
  });

  it('repeats itself for the same seed and differs for another', async () => {
    const small = { epochs: 1, stepsPerEpoch: 4 };
    const { history } = await run(small);
    expect(figures((await run(small)).history)).toEqual(figures(history));
    expect(figures((await run({ ...small, seed: 6 })).history)).not.toEqual(figures(history));
  });

  it('judges every validation picture, also when they do not fill the last batch', async () => {
    const { history } = await run({ epochs: 1, stepsPerEpoch: 1, validation: Uint32Array.of(40, 41, 42) });
    expect([0, 1, 2, 3].map((n) => n / 3)).toContain(history[0]?.validationAccuracy);
  });

  it('ends between two steps when it is told to', async () => {
    const controller = new AbortController();
    const steps: number[] = [];
    const learningRate = (step: number): number => {
      steps.push(step);
      if (step === 4) controller.abort(new Error('enough'));
      return 0.01;
    };
    await expect(run({ learningRate, signal: controller.signal })).rejects.toThrow('enough');
    expect(steps).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('cosineRate', () => {
  it('rises over a twentieth of the run, stands at its peak, and falls towards nothing', () => {
    const rates = Array.from({ length: 200 }, (_, step) => cosineRate(0.1)(step, 200));
    expect(rates[0]).toBeCloseTo(0.01, 12);
    expect(rates[9]).toBeCloseTo(0.1, 12);
    expect(rates[10]).toBeCloseTo(0.1, 12);
    expect(rates[105]).toBeCloseTo(0.05, 12);
    expect(rates[199]).toBeLessThan(0.0001);
    expect(Math.min(...rates)).toBeGreaterThan(0);
  });

  it('works for runs of one and two steps', () => {
    expect(cosineRate(0.1)(0, 1)).toBe(0.1);
    expect([0, 1].map((step) => cosineRate(0.1)(step, 2))).toEqual([0.1, 0.1]);
  });
});
