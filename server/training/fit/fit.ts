/** The fitting loop: epochs of augmented batches, each followed by a look at the validation pictures. */
import { argMax, softmax } from '../../../protocol/learning/metrics.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import type { AugmentationName } from '../augment.ts';
import { epochOrder } from '../epoch-order.ts';
import { InputPipeline } from '../input-pipeline.ts';
import { pictureOutputs } from '../picture-outputs.ts';
import type { Pictures } from '../pictures.ts';
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
  /** Ends the run between two steps; `fit` rejects with its reason. */
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
};

export type EpochResult = Omit<StepProgress, 'step'> & {
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** Training and validation. */
  readonly seconds: number;
};

export interface FitObserver {
  onStep(progress: StepProgress): void;
  onEpoch(result: EpochResult): void;
}

/**
 * Trains the weights of `trainer` and gives the history of the epochs. The same options, weights and thread count give
 * the same result. Rejects with NotFiniteError when the loss is not finite.
 */
export async function fit(
  trainer: Trainer,
  options: FitOptions,
  observer: FitObserver,
): Promise<readonly EpochResult[]> {
  const { spec, batchSize, epochs, seed } = options;
  const input = new InputPipeline({
    pictures: options.pictures,
    order: epochOrder(options.train, batchSize, seed),
    augmentation: options.augmentation,
    size: spec.input[0],
    batchSize,
    seed,
    firstBatch: 0,
    ahead: 3,
  });
  const history: EpochResult[] = [];
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const begun = performance.now();
      const trained = await trainEpoch(trainer, input, options, epoch, observer);
      const judged = await validate(trainer, options);
      const result = { ...trained, ...judged, seconds: (performance.now() - begun) / 1000 };
      history.push(result);
      observer.onEpoch(result);
    }
  } finally {
    await input.dispose();
  }
  return history;
}

async function trainEpoch(
  trainer: Trainer,
  input: InputPipeline,
  options: FitOptions,
  epoch: number,
  observer: FitObserver,
): Promise<Omit<StepProgress, 'step'>> {
  const { stepsPerEpoch, batchSize, learningRate, signal } = options;
  const begun = performance.now();
  let loss = 0;
  let correct = 0;
  let progress = { epoch, loss, accuracy: 0, msPerStep: 0 };
  for (let step = 1; step <= stepsPerEpoch; step++) {
    signal?.throwIfAborted();
    const { inputs, indices } = await input.next();
    const rate = learningRate((epoch - 1) * stepsPerEpoch + step - 1, options.epochs * stepsPerEpoch);
    const result = await trainer.step(batchOf(inputs, indices, options), rate);
    loss += result.loss;
    correct += result.correct;
    const msPerStep = (performance.now() - begun) / step;
    progress = { epoch, loss: loss / step, accuracy: correct / (step * batchSize), msPerStep };
    observer.onStep({ ...progress, step });
  }
  return progress;
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
  return { validationLoss: loss / logits.length, validationAccuracy: correct / logits.length };
}
