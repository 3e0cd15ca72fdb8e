/** A folder of results that appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BadInput } from '../cli/bad-input.ts';

export type StagedFolder = {
  /** Where to write until it is published. */
  readonly dir: string;
  /** Gives the folder its name. Rejects when something took the name meanwhile. */
  publish(): Promise<void>;
  /** Removes what was not published. */
  discard(): Promise<void>;
};

/** Rejects with BadInput when `path` exists already or its folder cannot be written. */
export async function stageFolder(path: string): Promise<StagedFolder> {
  const target = resolve(path);
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (exists) throw new BadInput(`${path} exists already; name another folder with --out, or remove it first.`);
  const dir = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
  await mkdir(dir, { recursive: true }).catch((cause: unknown) => {
    throw new BadInput(`${path} cannot be written: ${String(cause)}`);
  });
  return {
    dir,
    publish: () => rename(dir, target),
    discard: () => rm(dir, { recursive: true, force: true }),
  };
}
