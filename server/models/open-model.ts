/** Opens the model that a person named on the command line. */
import { basename, dirname } from 'node:path';
import { BadInput } from '../bad-input.ts';
import { readCalibration } from './calibration.ts';
import type { TrainedModel } from './tfjs-format.ts';
import { ModelFormatError, readTfjsModel } from './tfjs-format.ts';

/** `temperature` divides the logits before the softmax; 1 for a model that nobody calibrated. */
export type OpenedModel = TrainedModel & { readonly temperature: number };

/** The model in the folder `path`, or beside the `model.json` that it names. Rejects with BadInput when there is none that can be read. */
export async function openModel(path: string): Promise<OpenedModel> {
  const dir = basename(path) === 'model.json' ? dirname(path) : path;
  try {
    const calibration = await readCalibration(dir);
    return { ...(await readTfjsModel(dir)), temperature: calibration?.temperature ?? 1 };
  } catch (error) {
    if (error instanceof ModelFormatError) throw new BadInput(error.message, { cause: error });
    throw error;
  }
}
