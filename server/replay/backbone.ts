/** The base model that a replay begins from: the shipped one, another on disk, or somebody else's. */
import { basename, dirname, join } from 'node:path';
import type { Model } from '../../protocol/learning/model-file.ts';
import { decodeModel, encodeModel } from '../../protocol/learning/model-file.ts';
import { BadInput } from '../bad-input.ts';
import { readCalibration } from '../models/calibration.ts';
import { openForeignFiles } from '../models/import/foreign-files.ts';
import { importModel } from '../models/import/import-model.ts';
import type { LatentBank } from '../models/latent-bank.ts';
import { readLatentBank, writeLatentBank } from '../models/latent-bank.ts';
import { probesOf } from '../models/probes.ts';
import { ModelFormatError, readTfjsModel } from '../models/tfjs-format.ts';

export type Backbone = {
  /** The model file, as a hub would keep it. */
  readonly file: Uint8Array;
  /** What `file` holds: weights as devices have them. */
  readonly model: Model;
  /** Pictures of the base classes as activations; somebody else's model has none. */
  readonly bank: LatentBank;
  /** Where `bank` lies as a file. */
  readonly latentsPath: string;
};

export type OpenBackboneOptions = {
  readonly threads: number;
  /** A folder for what has to be written down; the caller removes it. */
  readonly temporary: string;
};

/**
 * The model in the folder `path`, or beside the `model.json` that it names; one that Occhio did not make is imported, as
 * into a room without pictures. Rejects with BadInput when it is not all there or cannot be imported.
 */
export async function openBackbone(path: string, options: OpenBackboneOptions): Promise<Backbone> {
  const dir = basename(path) === 'model.json' ? dirname(path) : path;
  try {
    return await openOwn(dir, options);
  } catch (error) {
    if (!(error instanceof ModelFormatError)) throw error;
    if (error.kind === 'foreign') return await openForeign(dir, options);
    throw new BadInput(error.message, { cause: error });
  }
}

async function openOwn(dir: string, { threads }: OpenBackboneOptions): Promise<Backbone> {
  const trained = await readTfjsModel(dir);
  const latentsPath = join(dir, 'latents.bin');
  const calibration = await readCalibration(dir);
  const bank = await readLatentBank(latentsPath).catch(() => null);
  if (!calibration || !bank)
    throw new BadInput(
      `${dir} has no calibration.json and latents.bin that can be read, so it is no base; expected a folder as server/models/base.`,
    );
  const file = encodeModel({
    ...trained,
    temperature: calibration.temperature,
    threshold: calibration.threshold,
    meanEmbedding: Float32Array.from(calibration.meanEmbedding),
    probes: await probesOf(trained.spec, trained.weights, threads),
  });
  return { file, model: decodeModel(file), bank, latentsPath };
}

async function openForeign(dir: string, { threads, temporary }: OpenBackboneOptions): Promise<Backbone> {
  const { file, bank } = await importModel(await openForeignFiles(dir), { pictures: [], threads });
  const latentsPath = join(temporary, 'imported-latents.bin');
  await writeLatentBank(latentsPath, bank);
  return { file, model: decodeModel(file), bank, latentsPath };
}
