/** A folder of results that appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BadInput } from '../bad-input.ts';

/** Throws BadInput when something has the name `path` already. */
export function refuseTaken(path: string): void {
  if (existsSync(path))
    throw new BadInput(`${path} exists already; name another place with --out, or remove it first.`);
}

/**
 * Lets `write` fill a folder beside `path` that then takes its name; when anything fails nothing is left. Rejects with
 * BadInput when the name is taken or the folder cannot be written.
 */
export async function stageFolder(path: string, write: (dir: string) => Promise<void>): Promise<void> {
  refuseTaken(path);
  const target = resolve(path);
  const dir = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
  try {
    await mkdir(dir, { recursive: true });
    await write(dir);
    await rename(dir, target);
  } catch (cause) {
    await rm(dir, { recursive: true, force: true });
    if (cause instanceof Error && 'code' in cause)
      throw new BadInput(`${path} cannot be written: ${cause.message}`, { cause });
    throw cause;
  }
}
