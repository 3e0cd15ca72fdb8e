/** Reads a whole zip into memory. */
import { openZip } from '../training/dataset/zip-source.ts';

/** The files of the zip at `path` by name, unpacked. For archives of ours: nothing bounds what all take together. Rejects when it is broken. */
export async function readZip(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await openZip(path);
  try {
    const files = new Map<string, Buffer>();
    for (const file of zip.files) files.set(file, await zip.read(file));
    return files;
  } finally {
    zip.close();
  }
}

/** The file `name` of an unpacked zip. Throws an Error when it is missing. */
export function fileOf(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const file = files.get(name);
  if (!file) throw new Error(`The zip has no ${name}.`);
  return file;
}
