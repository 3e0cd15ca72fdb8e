/** Pictures in a zip file, read where they lie; nothing is unpacked to disk. */
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { BadInput } from '../../bad-input.ts';
import type { PictureSource } from './picture-source.ts';
import { isHidden, maxFileBytes } from './picture-source.ts';

/** Entries that a zip may have; its directory is held in memory. */
const maxEntries = 1_000_000;

/** Rejects with BadInput when `path` is not a zip file, or when the name of an entry leads out of it (`../x`, `/x`). */
export async function openZip(path: string): Promise<PictureSource> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw new BadInput(`Expected a zip file of pictures at ${path}, but it cannot be opened: ${String(cause)}`);
  });
  const entries = new Map<string, yauzl.Entry>();
  const folders = new Set<string>();
  try {
    if (zip.entryCount > maxEntries) throw new Error(`it has ${String(zip.entryCount)} entries`);
    // yauzl checks each name and throws for absolute paths and for `..`.
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (isHidden(name)) continue;
      for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1))
        folders.add(name.slice(0, slash));
      if (!name.endsWith('/')) entries.set(name, entry);
    }
  } catch (cause) {
    zip.close();
    throw new BadInput(`${path} is refused as a zip file of pictures: ${String(cause)}`);
  }
  return {
    name: path,
    files: [...entries.keys()].sort(),
    folders: [...folders].sort(),
    async read(file) {
      const entry = entries.get(file);
      if (!entry) throw new BadInput(`${path} has no file ${file}.`);
      if (entry.uncompressedSize > maxFileBytes)
        throw new BadInput(
          `${file} in ${path} is longer than ${String(maxFileBytes)} bytes; take it out or make it smaller.`,
        );
      try {
        return await buffer(await zip.openReadStreamPromise(entry));
      } catch (cause) {
        throw new BadInput(`${file} in ${path} cannot be read: ${String(cause)}`);
      }
    },
    close() {
      zip.close();
    },
  };
}
