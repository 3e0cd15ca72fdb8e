/** Opens whatever holds a person's pictures. */
import { stat } from 'node:fs/promises';
import { BadInput } from '../../bad-input.ts';
import { openFolder } from './folder-source.ts';
import type { PictureSource } from './picture-source.ts';
import { openZip } from './zip-source.ts';

/** The folder or zip file at `path`. Rejects with BadInput when there is neither. The caller closes it. */
export async function openSource(path: string): Promise<PictureSource> {
  const found = await stat(path).catch((cause: unknown) => {
    const problem = isMissing(cause) ? ', but there is nothing there. Check the path.' : `: ${String(cause)}`;
    throw new BadInput(`Expected a folder or zip file of pictures at ${path}${problem}`);
  });
  return found.isDirectory() ? openFolder(path) : openZip(path);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
