/** A network small enough for a test and noise with stripes for it to learn: all that `fit` and its callers take. */
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { EpochResult, FitOptions } from '../../server/training/fit/fit.ts';
import { blankPictures, pictureAt } from '../../server/training/pictures.ts';
import type { TrainerOptions } from '../../server/training/trainer.ts';

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

export const stripedTrainer: TrainerOptions = {
  spec,
  weights: initialWeights(spec, seededRandom(2)),
  batchSize: 8,
  losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
};

/** Three epochs of twelve steps on stripes across (label 0) or down (label 1): same colours, another direction. The first 40 of 60 train. */
export function stripedFit(changed: Partial<FitOptions> = {}): FitOptions {
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
  return {
    spec,
    pictures,
    labelOf,
    labels: 2,
    train: range(0, 40),
    validation: range(40, 60),
    epochs: 3,
    stepsPerEpoch: 12,
    batchSize: 8,
    learningRate: () => 0.03,
    augmentation: 'mobile',
    seed: 5,
    ...changed,
  };
}

/** What of a history does not depend on the clock. */
export function figuresOf(history: readonly EpochResult[]): readonly (readonly number[])[] {
  return history.map(({ loss, accuracy, validationLoss, validationAccuracy }) => [
    loss,
    accuracy,
    validationLoss,
    validationAccuracy,
  ]);
}
