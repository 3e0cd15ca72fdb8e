/** A person's labelled pictures, found and arranged, not yet decoded. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BadInput } from '../../bad-input.ts';
import type { Arrangement, Part } from './arrangement.ts';
import { arrange } from './arrangement.ts';
import { openSource } from './open-source.ts';
import type { PictureSource } from './picture-source.ts';
import { parseSplit } from './split-file.ts';

export type Dataset = { readonly source: PictureSource; readonly arrangement: Arrangement };

/** A CSV file, if any, and its column that says what each picture is for. */
export type SplitChoice = { readonly file: string | undefined; readonly column: string };

/** Opens the folder or zip at `path`. Rejects with BadInput for what cannot be used. The caller closes the source. */
export async function openDataset(path: string, { file, column }: SplitChoice): Promise<Dataset> {
  const source = await openSource(path);
  try {
    return {
      source,
      arrangement: arrange(source, file === undefined ? undefined : await readSplit(source, file, column)),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** The file lies where its path says or, when nothing is there, in the dataset itself. */
async function readSplit(source: PictureSource, file: string, column: string): Promise<ReadonlyMap<string, Part>> {
  const text = await readFile(file, 'utf8').catch(async (cause: unknown) => {
    if (source.files.includes(file)) return (await source.read(file)).toString();
    throw new BadInput(`Expected a split file at ${file}, or ${basename(file)} in ${source.name}: ${String(cause)}`);
  });
  return parseSplit(text, { name: file, column, files: source.files });
}
