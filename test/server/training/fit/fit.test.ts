/** The fitting loop with the real engine and input thread, on a network small enough for a test. */
import { describe, expect, it, vi } from 'vitest';
import type { Weights } from '../../../../protocol/learning/weights.ts';
import { fit } from '../../../../server/training/fit/fit.ts';
import type { EpochResult, FitOptions, FitState, StepProgress } from '../../../../server/training/fit/fit.ts';
import { cosineRate } from '../../../../server/training/fit/learning-rate.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';
import { figuresOf, stripedFit, stripedTrainer } from '../../../support/striped-fit.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Saved = { readonly state: FitState; readonly trainer: Uint8Array };

type Course = {
  readonly steps: readonly StepProgress[];
  readonly saved: readonly Saved[];
  /** Absent when the run was told to end. */
  readonly end?: { readonly history: readonly EpochResult[]; readonly weights: Weights };
};

/** Runs with a trainer of its own, restored from `saved`; `stopAfter` is the step, counted in this run, that ends it. */
async function run(
  changed: Partial<FitOptions> = {},
  { saved: from, stopAfter }: { readonly saved?: Saved | undefined; readonly stopAfter?: number } = {},
): Promise<Course> {
  const steps: StepProgress[] = [];
  const saved: Saved[] = [];
  const controller = new AbortController();
  const trainer = await createWasmTrainer(stripedTrainer, { threads: 1 });
  const options = stripedFit({ ...changed, ...(from && { from: from.state }), signal: controller.signal });
  try {
    if (from) await trainer.restore(from.trainer);
    const history = await fit(trainer, options, {
      onStep(step) {
        if (steps.push(step) === stopAfter) controller.abort(new Error('enough'));
      },
      onEpoch: () => undefined,
      async save(state) {
        saved.push({ state, trainer: await trainer.checkpoint() });
      },
    });
    return { steps, saved, end: { history, weights: await trainer.weights() } };
  } catch (error) {
    if (error !== controller.signal.reason) throw error;
    return { steps, saved };
  } finally {
    await trainer.dispose();
  }
}

const historyOf = ({ end }: Course): readonly EpochResult[] => end?.history ?? [];

describe('fit', () => {
  it('learns what tells the labels apart, on pictures that it has not seen', async () => {
    const [first, , last] = historyOf(await run());
    expect(last?.loss).toBeLessThan((first?.loss ?? 0) / 2);
    expect(last?.validationLoss).toBeLessThan(0.3);
    expect(last?.validationAccuracy).toBeGreaterThan(0.9);
  });

  it('reports every step, with means that begin anew each epoch', async () => {
    const course = await run({ epochs: 2, stepsPerEpoch: 3 });
    const { steps } = course;
    expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
    expect(historyOf(course).map(({ loss }) => loss)).toEqual([steps[2]?.loss, steps[5]?.loss]);
    for (const { accuracy, msPerStep, waitMsPerStep } of steps) {
      expect(accuracy).toBeLessThanOrEqual(1);
      expect(waitMsPerStep).toBeLessThan(msPerStep);
      expect(waitMsPerStep).toBeGreaterThan(0);
    }
  });

  it('repeats itself for the same seed and differs for another', async () => {
    const small = { epochs: 1, stepsPerEpoch: 4 };
    const figures = figuresOf(historyOf(await run(small)));
    expect(figuresOf(historyOf(await run(small)))).toEqual(figures);
    expect(figuresOf(historyOf(await run({ ...small, seed: 6 })))).not.toEqual(figures);
  });

  it('judges every validation picture, also when they do not fill the last batch', async () => {
    const [epoch] = historyOf(await run({ epochs: 1, stepsPerEpoch: 1, validation: Uint32Array.of(40, 41, 42) }));
    expect([0, 1, 2, 3].map((n) => n / 3)).toContain(epoch?.validationAccuracy);
  });

  it('saves at the end of each epoch, and after the step at which it is told to end', async () => {
    const { steps, saved, end } = await run({}, { stopAfter: 15 });
    expect(end).toBeUndefined();
    expect(steps).toHaveLength(15);
    expect(saved.map(({ state }) => [state.history.length, state.sums.steps])).toEqual([
      [1, 0],
      [1, 3],
    ]);
  });

  it.each([
    ['in the middle of an epoch', 17],
    ['before the validation of an epoch', 24],
    ['in the first epoch', 1],
  ])('ends as an unbroken run, bit for bit, when it was ended %s and went on', async (_, stopAfter) => {
    const shorter = { learningRate: cosineRate(0.03), augmentation: 'talk' } as const;
    const unbroken = await run(shorter);
    const broken = await run(shorter, { stopAfter });
    const resumed = await run(shorter, { saved: broken.saved.at(-1) });
    expect(broken.steps.length + resumed.steps.length).toBe(36);
    expect(figuresOf(historyOf(resumed))).toEqual(figuresOf(historyOf(unbroken)));
    expect(resumed.end?.weights).toEqual(unbroken.end?.weights);
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
