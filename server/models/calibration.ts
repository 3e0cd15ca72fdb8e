/** What a model needs beside its weights to say how sure it is: a file next to a shipped model. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from './replace-file.ts';

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
  await replaceFile(join(dir, fileName), `${JSON.stringify(calibration)}\n`);
}

/** Reads what `writeCalibration` wrote; null when there is none. Rejects with an Error when it is something else. */
export async function readCalibration(dir: string): Promise<Calibration | null> {
  const path = join(dir, fileName);
  return existsSync(path) ? v.parse(calibrationSchema, JSON.parse(await readFile(path, 'utf8'))) : null;
}
