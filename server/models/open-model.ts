/** Opens the model that a person named on the command line. */
import { basename, dirname } from 'node:path';
import { BadInput } from '../cli/bad-input.ts';
import type { TrainedModel } from './tfjs-format.ts';
import { ModelFormatError, readTfjsModel } from './tfjs-format.ts';

/** The model in the folder `path`, or beside the `model.json` that it names. Rejects with BadInput when there is none that can be read. */
export async function openModel(path: string): Promise<TrainedModel> {
  try {
    return await readTfjsModel(basename(path) === 'model.json' ? dirname(path) : path);
  } catch (error) {
    if (error instanceof ModelFormatError) throw new BadInput(error.message, { cause: error });
    throw error;
  }
}
