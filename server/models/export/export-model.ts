/** Writes a model for other programs, once they were seen to compute the same with it. */
import { join } from 'node:path';
import { BadInput } from '../../bad-input.ts';
import { refuseTaken, stageFolder } from '../../report/staged-folder.ts';
import { writeCalibration } from '../calibration.ts';
import type { OpenedModel } from '../open-model.ts';
import { replaceFile } from '../replace-file.ts';
import { writeTfjsModel } from '../tfjs-format.ts';
import { encodeOnnx } from './onnx-file.ts';
import { onnxModel } from './onnx-model.ts';
import { checkParity } from './parity.ts';
import { onnxOutputs } from './run-onnx.ts';
import { tfjsOutputs } from './run-tfjs.ts';
import { tfjsReadme } from './usage-text.ts';

/** The largest difference from what our engine computes; null when nothing is installed that could run the export. */
export type Difference = number | null;

/** Writes `model` to `out`. Rejects with BadInput when something lies there, or the export does not compute the same. */
export type ModelExport = (model: OpenedModel, out: string, threads: number) => Promise<Difference>;

/** A folder with the model, its labels, and how to use it. */
export async function exportTfjs(model: OpenedModel, out: string, threads: number): Promise<Difference> {
  let difference = NaN;
  await stageFolder(out, async (dir) => {
    await writeTfjsModel(dir, model);
    if (model.calibration) await writeCalibration(dir, model.calibration);
    await replaceFile(join(dir, 'labels.json'), `${JSON.stringify(model.labels, null, 2)}\n`);
    await replaceFile(join(dir, 'README.md'), tfjsReadme(model));
    difference = await checkParity(model, tfjsOutputs(dir, model.spec.input), threads);
  });
  return difference;
}

/** One file, which holds the labels and how to use it, too. */
export async function exportOnnx(model: OpenedModel, out: string, threads: number): Promise<Difference> {
  refuseTaken(out);
  const file = encodeOnnx(onnxModel(model));
  const outputs = await onnxOutputs(file, model.spec);
  const difference = outputs && (await checkParity(model, outputs, threads));
  await replaceFile(out, file).catch((cause: unknown) => {
    throw new BadInput(`${out} cannot be written: ${String(cause)}`, { cause });
  });
  return difference;
}
