/** The model that Occhio ships, as every room's first version. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelHash } from '../../protocol/ids.ts';
import { encodeModel } from '../../protocol/learning/model-file.ts';
import { readCalibration } from './calibration.ts';
import type { ModelFolder } from './model-folder.ts';
import { probesOf } from './probes.ts';
import { readTfjsModel } from './tfjs-format.ts';

/** The folder of the base model that Occhio ships. */
export const shippedDir = fileURLToPath(new URL('base', import.meta.url));

/** Puts the base of `dir` (tfjs format, calibration and latents) and its latent bank into `folder`. Rejects when a part is missing. */
export async function installBase(folder: ModelFolder, threads: number, dir = shippedDir): Promise<ModelHash> {
  const [model, calibration] = await Promise.all([readTfjsModel(dir), readCalibration(dir)]);
  if (!calibration)
    throw new Error(`Expected calibration.json beside the model in ${dir}. Check the project out again.`);
  const bytes = encodeModel({
    ...model,
    temperature: calibration.temperature,
    threshold: calibration.threshold,
    meanEmbedding: Float32Array.from(calibration.meanEmbedding),
    probes: await probesOf(model.spec, model.weights, threads),
  });
  const base = await folder.write(bytes);
  await folder.keepLatents(base, (path) => copyFile(join(dir, 'latents.bin'), path));
  return base;
}
