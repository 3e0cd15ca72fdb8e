/** Pictures in a folder of the file system. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BadInput } from '../../bad-input.ts';
import type { PictureSource } from './picture-source.ts';
import { isHidden, maxFileBytes } from './picture-source.ts';

/** Rejects with BadInput when `dir` cannot be listed. */
export async function openFolder(dir: string): Promise<PictureSource> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new BadInput(`Expected a folder of pictures at ${dir}, but it cannot be read: ${String(cause)}`);
  });
  const paths = entries.map((entry) => ({
    path: relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'),
    isFolder: entry.isDirectory(),
  }));
  const visible = paths.filter(({ path }) => !isHidden(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: dir,
    files: visible.filter(({ isFolder }) => !isFolder).map(({ path }) => path),
    folders: visible.filter(({ isFolder }) => isFolder).map(({ path }) => path),
    read: (file) => readBounded(join(dir, file)),
    close() {
      // Nothing stays open between reads.
    },
  };
}

/** The files at `paths`, wherever each lies, under the names that were given. */
export function openPaths(paths: readonly string[]): PictureSource {
  return {
    name: 'the command line',
    files: paths,
    folders: [],
    read: readBounded,
    close() {
      // Nothing stays open between reads.
    },
  };
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size <= maxFileBytes) return await readFile(path);
  } catch (cause) {
    throw new BadInput(`${path} cannot be read: ${String(cause)}`);
  }
  throw new BadInput(`${path} is longer than ${String(maxFileBytes)} bytes; take it out or make it smaller.`);
}
