/** Everything that fitting needs to know of a dataset, its pictures decoded. */
import type { Label } from '../../../protocol/learning/labels.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import type { Part } from '../dataset/arrangement.ts';
import { holdOut } from '../dataset/arrangement.ts';
import { loadPictures } from '../dataset/load-pictures.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Pictures } from '../pictures.ts';

export type TrainingData = {
  readonly labels: readonly Label[];
  readonly pictures: Pictures;
  /** Index of the label of each picture. */
  readonly labelOf: Uint32Array;
  /** Indices of the pictures to train and to validate with. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  /** What each file was taken for. */
  readonly parts: ReadonlyMap<string, Part>;
};

/** Shorter side, in pixels, in which pictures are kept for `spec`: a little larger than its input, so that crops stay sharp. */
export function keptSide(spec: ModelSpec): number {
  return Math.ceil(spec.input[0] * 1.3);
}

/** Holds pictures out by `seed` and decodes all. Rejects with BadInput for a dataset that cannot be trained on. */
export async function loadTrainingData(
  { source, arrangement }: Dataset,
  options: {
    readonly side: number;
    readonly seed: number;
    readonly onPicture: (done: number, of: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<TrainingData> {
  const { train, validation } = holdOut(arrangement, options.seed);
  const used = [...train, ...validation];
  const files = used.map(({ file }) => file);
  const pictures = await loadPictures(source, files, options);
  return {
    labels: arrangement.labels,
    pictures,
    labelOf: Uint32Array.from(used, ({ label }) => label),
    train: Uint32Array.from(train.keys()),
    validation: Uint32Array.from(validation, (_, i) => train.length + i),
    parts: new Map(files.map((file, i) => [file, i < train.length ? 'train' : 'validation'])),
  };
}
