/** What a model needs beside its weights to say how sure it is: a file next to a shipped model. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const calibrationSchema = v.strictObject({
  /** Logits are divided by it before the softmax (Guo et al. 2017). */
  temperature: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)),
  /** The probability below which the answer is "I don't know". */
  threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Mean of the embedding over held-back pictures, `[d]`. */
  meanEmbedding: v.pipe(v.array(v.number()), v.minLength(1)),
});

export type Calibration = v.InferOutput<typeof calibrationSchema>;

const fileName = 'calibration.json';

/** Replaces the file in the model's folder `dir` at once. */
export async function writeCalibration(dir: string, calibration: Calibration): Promise<void> {
  const path = join(dir, fileName);
  await writeFile(`${path}.new`, `${JSON.stringify(calibration)}\n`);
  await rename(`${path}.new`, path);
}

/** Reads what `writeCalibration` wrote. Rejects with an Error when it is missing or something else. */
export async function readCalibration(dir: string): Promise<Calibration> {
  return v.parse(calibrationSchema, JSON.parse(await readFile(join(dir, fileName), 'utf8')));
}
