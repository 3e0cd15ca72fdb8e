/** A model as commands and exports take it: one that a person named on the command line, or one of the hub's. */
import { basename, dirname } from 'node:path';
import type { Model } from '../../protocol/learning/model-file.ts';
import { BadInput } from '../bad-input.ts';
import type { Calibration } from './calibration.ts';
import { readCalibration } from './calibration.ts';
import type { TrainedModel } from './tfjs-format.ts';
import { ModelFormatError, readTfjsModel } from './tfjs-format.ts';

export type OpenedModel = TrainedModel & {
  /** Divides the logits before the softmax; 1 for a model that nobody calibrated. */
  readonly temperature: number;
  /** Null when nobody calibrated it. */
  readonly calibration: Calibration | null;
};

/** The model in the folder `path`, or beside the `model.json` that it names. Rejects with BadInput when there is none that can be read. */
export async function openModel(path: string): Promise<OpenedModel> {
  const dir = basename(path) === 'model.json' ? dirname(path) : path;
  try {
    const calibration = await readCalibration(dir);
    return { ...(await readTfjsModel(dir)), calibration, temperature: calibration?.temperature ?? 1 };
  } catch (error) {
    if (error instanceof ModelFormatError) throw new BadInput(error.message, { cause: error });
    throw error;
  }
}

/** What the hub keeps as a model file. */
export function openedFrom({ temperature, threshold, meanEmbedding, ...model }: Model): OpenedModel {
  return { ...model, temperature, calibration: { temperature, threshold, meanEmbedding: [...meanEmbedding] } };
}
