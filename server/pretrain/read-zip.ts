/** Reads a whole zip into memory. */
import { buffer } from 'node:stream/consumers';
import * as yauzl from 'yauzl';

/** The files of the zip at `path` by name, unpacked. For archives of ours: nothing bounds their size. Rejects when it is broken. */
export async function readZip(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await yauzl.openPromise(path);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}

/** The file `name` of an unpacked zip. Throws an Error when it is missing. */
export function fileOf(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const file = files.get(name);
  if (!file) throw new Error(`The zip has no ${name}.`);
  return file;
}
