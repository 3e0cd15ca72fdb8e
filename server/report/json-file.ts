/** Figures for other programs to read. */
import { BadInput } from '../bad-input.ts';
import { replaceFile } from '../models/replace-file.ts';

/** Writes `value` as JSON to the file that a person named. Rejects with BadInput when it cannot be written. */
export async function writeJson(path: string, value: object): Promise<void> {
  await replaceFile(path, `${JSON.stringify(value, null, 2)}\n`).catch((cause: unknown) => {
    throw new BadInput(`${path} cannot be written: ${String(cause)}`);
  });
}
