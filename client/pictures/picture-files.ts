/** Pictures that a person chose: a folder of files, or a zip of them, one after the other. */
import { Unzip, UnzipInflate } from 'fflate';
import { labelsFile } from '../../protocol/exported-pictures.ts';

export type PictureFile = {
  /** With the folders that it lies in: `cup/1.jpg`. */
  readonly path: string;
  readonly file: Blob;
};

/** Longer files are no pictures of ours, and would fill the memory. */
const maxFileBytes = 64 * 1024 * 1024;

/** The pictures of a chosen folder, as far as their names tell. */
export function filesOf(files: Iterable<File>): readonly PictureFile[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !isBeside(path));
}

/** The files of a zip, as they come. Rejects when it is none. */
export async function* filesInZip(zip: Blob): AsyncGenerator<PictureFile> {
  const found: PictureFile[] = [];
  let entries = 0;
  const unzip = new Unzip((entry) => {
    entries += 1;
    if (entry.name.endsWith('/') || isBeside(entry.name)) return;
    let parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    entry.ondata = (error, part, final) => {
      bytes += part.length;
      if (error || bytes > maxFileBytes) parts = [];
      else parts.push(new Uint8Array(part));
      // What cannot be unpacked comes as an empty file, which is no picture.
      if (error || final) found.push({ path: entry.name, file: new Blob(parts) });
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const reader = zip.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    unzip.push(value);
    yield* found.splice(0);
  }
  unzip.push(new Uint8Array(), true);
  yield* found.splice(0);
  if (entries === 0) throw new Error('Expected a zip file with pictures in it.');
}

/** Files that systems, and our own export, put beside the pictures. */
function isBeside(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === labelsFile);
}
