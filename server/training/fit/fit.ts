/** The fitting loop: epochs of augmented batches, each followed by a look at the validation pictures. */
import { argMax, softmax } from '../../../protocol/learning/metrics.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { ofSquares } from '../augment.ts';
import type { AugmentationName } from '../augment.ts';
import { epochOrder } from '../epoch-order.ts';
import { InputPipeline } from '../input-pipeline.ts';
import { pictureOutputs } from '../picture-outputs.ts';
import type { Pictures } from '../pictures.ts';
import { squaresOf } from '../squares.ts';
import { NotFiniteError } from '../trainer.ts';
import type { Batch, Trainer } from '../trainer.ts';
import type { LearningRate } from './learning-rate.ts';

export type FitOptions = {
  readonly spec: ModelSpec;
  readonly pictures: Pictures;
  /** Index of the label of each picture. */
  readonly labelOf: Uint32Array;
  readonly labels: number;
  /** Indices of the pictures to train and to validate with. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** At most the trainer's, and at most the training pictures. */
  readonly batchSize: number;
  readonly learningRate: LearningRate;
  readonly augmentation: AugmentationName;
  readonly seed: number;
  /** Where an earlier run stood, whose checkpoint the trainer has restored. Default: the beginning. */
  readonly from?: FitState;
  /** Ends the run between two steps; `fit` saves its state and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** Means over the steps of the epoch so far. */
export type StepProgress = {
  /** From 1. */
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Waiting for input included. */
  readonly msPerStep: number;
  /** Of `msPerStep`, spent waiting for input. */
  readonly waitMsPerStep: number;
};

export type EpochResult = Omit<StepProgress, 'step'> & {
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** Training and validation. */
  readonly seconds: number;
};

/** Where a run stands between two steps: with the trainer's checkpoint all that it takes to go on. */
export type FitState = {
  /** The epochs that are done. */
  readonly history: readonly EpochResult[];
  /** Sums over the steps of the epoch under way. */
  readonly sums: EpochSums;
};

export type EpochSums = {
  readonly steps: number;
  readonly loss: number;
  readonly correct: number;
  readonly ms: number;
  readonly waitMs: number;
};

export interface FitObserver {
  onStep(progress: StepProgress): void;
  onEpoch(result: EpochResult): void;
  /** At the end of every epoch, and when the signal ends the run; the run goes on when it resolves. */
  save(state: FitState): Promise<void>;
}

const noSteps: EpochSums = { steps: 0, loss: 0, correct: 0, ms: 0, waitMs: 0 };

/**
 * Trains the weights of `trainer` and gives the history of the epochs. The same options, weights and thread count give
 * the same result, in one run or in several. Rejects with NotFiniteError when the loss is not finite.
 */
export async function fit(
  trainer: Trainer,
  options: FitOptions,
  observer: FitObserver,
): Promise<readonly EpochResult[]> {
  const { epochs, stepsPerEpoch, batchSize, signal } = options;
  let { history, sums } = options.from ?? { history: [], sums: noSteps };
  const input = openInput(options, history.length * stepsPerEpoch + sums.steps);
  try {
    while (history.length < epochs) {
      const epoch = history.length + 1;
      while (sums.steps < stepsPerEpoch) {
        signal?.throwIfAborted();
        sums = await trainStep(trainer, input, { ...options, epoch, sums });
        observer.onStep({ ...meansOf(sums, batchSize), epoch, step: sums.steps });
      }
      const begun = performance.now();
      const judged = await validate(trainer, options);
      const seconds = (sums.ms + performance.now() - begun) / 1000;
      const result = { ...meansOf(sums, batchSize), ...judged, epoch, seconds };
      [history, sums] = [[...history, result], noSteps];
      observer.onEpoch(result);
      await observer.save({ history, sums });
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) await observer.save({ history, sums });
    throw error;
  } finally {
    await input.dispose();
  }
  return history;
}

function openInput(options: FitOptions, firstBatch: number): InputPipeline {
  const { spec, pictures, train, augmentation, batchSize, seed } = options;
  const [size] = spec.input;
  return new InputPipeline({
    pictures: ofSquares.has(augmentation) ? squaresOf(pictures, size) : pictures,
    order: epochOrder(train, batchSize, seed),
    augmentation,
    size,
    batchSize,
    seed,
    firstBatch,
    ahead: 4,
  });
}

async function trainStep(
  trainer: Trainer,
  input: InputPipeline,
  options: FitOptions & { readonly epoch: number; readonly sums: EpochSums },
): Promise<EpochSums> {
  const { epochs, stepsPerEpoch, learningRate, epoch, sums } = options;
  const begun = performance.now();
  const { inputs, indices } = await input.next();
  const waitMs = performance.now() - begun;
  const rate = learningRate((epoch - 1) * stepsPerEpoch + sums.steps, epochs * stepsPerEpoch);
  const { loss, correct } = await trainer.step(batchOf(inputs, indices, options), rate);
  return {
    steps: sums.steps + 1,
    loss: sums.loss + loss,
    correct: sums.correct + correct,
    ms: sums.ms + performance.now() - begun,
    waitMs: sums.waitMs + waitMs,
  };
}

function meansOf(
  { steps, loss, correct, ms, waitMs }: EpochSums,
  batchSize: number,
): Omit<StepProgress, 'epoch' | 'step'> {
  return {
    loss: loss / steps,
    accuracy: correct / (steps * batchSize),
    msPerStep: ms / steps,
    waitMsPerStep: waitMs / steps,
  };
}

function batchOf(inputs: Float32Array, indices: Uint32Array, { spec, labelOf, labels }: FitOptions): Batch {
  const targets = new Float32Array(indices.length * labels);
  indices.forEach((index, place) => {
    targets[place * labels + (labelOf[index] ?? NaN)] = 1;
  });
  return { count: indices.length, inputs, targets: new Map([[spec.head, targets]]) };
}

async function validate(
  trainer: Trainer,
  options: FitOptions,
): Promise<Pick<EpochResult, 'validationLoss' | 'validationAccuracy'>> {
  const { validation, labelOf, pictures, batchSize, signal } = options;
  const logits = await pictureOutputs(trainer, options.spec, {
    layer: options.spec.head,
    pictures,
    indices: validation,
    batchSize,
    signal,
  });
  let loss = 0;
  let correct = 0;
  logits.forEach((outputs, i) => {
    const label = labelOf[validation[i] ?? NaN] ?? NaN;
    loss -= Math.log(Math.max(softmax(outputs)[label] ?? NaN, 1e-7));
    if (argMax(outputs) === label) correct++;
  });
  if (!Number.isFinite(loss))
    throw new NotFiniteError(`The validation loss is ${String(loss)}: lower the learning rate.`);
  return { validationLoss: loss / logits.length, validationAccuracy: correct / logits.length };
}
