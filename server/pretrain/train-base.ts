/** Trains the base model: `mobile` from nothing, on the packs, within a budget of time. */
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { percent } from '../report/percent.ts';
import { epochOrder } from '../training/epoch-order.ts';
import { InputPipeline } from '../training/input-pipeline.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { readBaseLabels } from './base-labels.ts';
import { distillationLosses, distillationSpec, distillationTargets } from './distillation.ts';
import { readRunState, writeRunState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { cycles, learningRateAt, usualMinutes } from './schedule.ts';
import { StepLog } from './step-log.ts';
import { readTiles } from './tiles.ts';
import type { Tiles } from './tiles.ts';
import { validationTop1 } from './validation.ts';
import { averaged } from './weight-average.ts';

export type PretrainOptions = {
  /** Folder with the packs. */
  readonly data: string;
  /** Folder for the run's state. */
  readonly work: string;
  readonly minutes: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly threads: number;
  /** Go on with the run in `work`, with that run's settings. */
  readonly resume: boolean;
  /** Takes one line of the run's progress. */
  readonly log: (line: string) => void;
};

const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.02 } as const;
const minuteMs = 60_000;
const logEverySteps = 100;
const averageEverySteps = 20;
/** The average looks back about 400 steps. */
const averageShare = averageEverySteps / 400;
const checkpointEveryMs = 2 * minuteMs;
const validateEveryMs = 6 * minuteMs;

/** Runs to the end of the budget, writing the state to `options.work` on the way and at the end. */
export async function trainBase(options: PretrainOptions): Promise<void> {
  const labels = await readBaseLabels();
  const tiles = await readTiles(options.data, labels);
  options.log(
    `${String(tiles.train.length)} tiles to train on, ${String(tiles.heldBack.length)} held back, ${String(labels.length)} labels`,
  );
  let state = options.resume ? await readRunState(options.work) : firstState(options, labels.length);
  while (state.cycle < cycles.length) {
    state = next(await runPhase(state, { ...options, tiles, classes: labels.length }));
    await writeRunState(options.work, state);
  }
}

function firstState(options: PretrainOptions, classes: number): RunState {
  const weights = initialWeights(distillationSpec(classes, 64), seededRandom(options.seed));
  const { seed, minutes, batchSize } = options;
  return {
    seed,
    budgetMinutes: minutes,
    batchSize,
    elapsedMs: 0,
    step: 0,
    cycle: 0,
    phase: 0,
    average: weights,
    validations: [],
  };
}

/** At the start of what comes after the state's phase, with that phase's end as its weights. */
function next(state: RunState): RunState {
  if (cycles[state.cycle]?.phases[state.phase + 1]) return { ...state, phase: state.phase + 1 };
  const { checkpoint: _checkpoint, ...end } = state;
  return { ...end, cycle: state.cycle + 1, phase: 0 };
}

type Setting = Pick<PretrainOptions, 'work' | 'threads' | 'log'> & { readonly tiles: Tiles; readonly classes: number };

/** Trains the state's phase to its end. */
async function runPhase(start: RunState, setting: Setting): Promise<RunState> {
  const { tiles, classes, work, threads, log } = setting;
  const [cycle, phase] = [cycles[start.cycle], cycles[start.cycle]?.phases[start.phase]];
  if (!cycle || !phase) throw new Error(`There is no phase ${String(start.phase)} in cycle ${String(start.cycle)}.`);
  const { batchSize, budgetMinutes } = start;
  const seed = start.seed + start.cycle;
  const spec = distillationSpec(classes, phase.size);
  const losses = distillationLosses(cycle.lossWeights);
  const trainer = await createWasmTrainer({ spec, weights: start.average, batchSize, losses, optimizer }, { threads });
  if (start.checkpoint) await trainer.restore(start.checkpoint);
  const order = epochOrder(tiles.train, batchSize, seed);
  const pipeline = new InputPipeline({
    pictures: tiles.pictures,
    order,
    augmentation: phase.augmentation,
    size: phase.size,
    batchSize,
    seed,
    firstBatch: start.step,
    ahead: 4,
  });
  log(
    `cycle ${String(start.cycle + 1)}, phase ${String(start.phase + 1)}: ${String(phase.size)} px, ${phase.augmentation}, ${trainer.backend}`,
  );

  const startedAt = performance.now();
  const elapsedMs = (): number => start.elapsedMs + performance.now() - startedAt;
  const minutesBefore = cycles.slice(0, start.cycle).reduce((sum, { minutes }) => sum + minutes, 0);
  /** Of the cycle's time the part that is over. */
  const progress = (): number =>
    ((elapsedMs() / minuteMs) * (usualMinutes / budgetMinutes) - minutesBefore) / cycle.minutes;
  const stepLog = new StepLog(log);
  let { step, average, validations } = start;
  let checkpointedAt = elapsedMs();
  let validatedAt = elapsedMs();
  const validate = async (): Promise<void> => {
    const { top1, n } = await validationTop1(spec, average, tiles, threads);
    validations = [...validations, { step, minutes: elapsedMs() / minuteMs, size: phase.size, top1 }];
    log(`validation at step ${String(step)}: ${percent(top1)} right of ${String(n)} held-back tiles`);
  };
  const state = async (): Promise<RunState> => ({
    ...start,
    elapsedMs: elapsedMs(),
    step,
    checkpoint: await trainer.checkpoint(),
    average,
    validations,
  });
  try {
    while (progress() < phase.until) {
      const { indices, inputs } = await pipeline.next();
      const targets = distillationTargets(tiles, indices, classes);
      const learningRate = learningRateAt(progress(), cycle.learningRate);
      const { loss, correct } = await trainer.step({ count: indices.length, inputs, targets }, learningRate);
      step += 1;
      stepLog.add(loss, correct, indices.length);
      if (step % averageEverySteps === 0) average = averaged(average, await trainer.weights(), averageShare);
      if (step % logEverySteps === 0) stepLog.print(step, progress(), learningRate);
      if (elapsedMs() - checkpointedAt > checkpointEveryMs) {
        await writeRunState(work, await state());
        checkpointedAt = elapsedMs();
      }
      if (elapsedMs() - validatedAt > validateEveryMs) {
        await validate();
        validatedAt = elapsedMs();
      }
    }
    await validate();
    return await state();
  } finally {
    await Promise.all([pipeline.dispose(), trainer.dispose()]);
  }
}
