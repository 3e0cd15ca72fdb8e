/** Writes what a training run leaves behind. */
import { join } from 'node:path';
import sharp from 'sharp';
import { replaceFile } from '../models/replace-file.ts';
import type { TrainedModel } from '../models/tfjs-format.ts';
import { writeTfjsModel } from '../models/tfjs-format.ts';
import type { Part } from '../training/dataset/arrangement.ts';
import { formatSplit } from '../training/dataset/split-file.ts';
import type { EpochResult } from '../training/fit/fit.ts';
import { curveSvg } from './curve.ts';

/** A run's settings, data and course; also what `--json` writes. */
export type TrainingRecord = {
  readonly settings: Readonly<Record<string, string | number>>;
  /** The engines that computed it, in order. */
  readonly backend: string;
  readonly labels: readonly string[];
  readonly pictures: { readonly train: number; readonly validation: number };
  readonly history: readonly EpochResult[];
  /** Of all epochs. */
  readonly seconds: number;
  /** The part of the steps' time that was spent waiting for input, from 0 to 1. */
  readonly inputWait: number;
};

/** Writes the model, its curve, `history.json` and the split into the folder `dir`. */
export async function saveTraining(
  dir: string,
  results: {
    readonly title: string;
    readonly model: TrainedModel;
    readonly record: TrainingRecord;
    readonly parts: ReadonlyMap<string, Part>;
  },
): Promise<void> {
  const { title, model, record, parts } = results;
  const svg = curveSvg(record.history, title);
  await writeTfjsModel(dir, model);
  await replaceFile(join(dir, 'curve.svg'), svg);
  await replaceFile(join(dir, 'curve.png'), await sharp(Buffer.from(svg)).png().toBuffer());
  await replaceFile(join(dir, 'history.json'), JSON.stringify(record, null, 2));
  await replaceFile(join(dir, 'split.csv'), formatSplit(parts));
}
