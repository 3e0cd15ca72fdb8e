/** Models on the hub's disk: each under its hash, written once and never changed. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelHash } from '../../protocol/ids.ts';
import { hashModel } from '../../protocol/learning/model-file.ts';

/** Of files that are not whole yet. */
const partSuffix = '.part';

/**
 * The folder holds `<model>`, a model file; `<model>.from-<parent>`, the delta that leads to it; `<model>.latents`, the
 * bank of a base. Guarantees: what has its name is whole and on the disk; a file that is there is not written again.
 */
export class ModelFolder {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Removes what a killed hub left half-written. Only before anything else is written. */
  async tidy(): Promise<void> {
    if (!existsSync(this.#dir)) return;
    for (const name of await readdir(this.#dir)) if (name.endsWith(partSuffix)) await rm(join(this.#dir, name));
  }

  /** Where the model's file lies; null when there is none. */
  path(model: ModelHash): string | null {
    const path = join(this.#dir, model);
    return existsSync(path) ? path : null;
  }

  /** Rejects when the file is missing or is not what its name says. */
  async read(model: ModelHash): Promise<Uint8Array> {
    const bytes = await readFile(join(this.#dir, model));
    if ((await hashModel(bytes)) !== model)
      throw new Error(
        `The model file ${model} is damaged: its SHA-256 is another. Delete it and restore it from a copy.`,
      );
    return bytes;
  }

  /** Resolves with the hash of `model`, a model file, once it is on the disk. */
  async write(model: Uint8Array): Promise<ModelHash> {
    const hash = await hashModel(model);
    await this.#place(hash, (path) => writeDurably(path, model));
    return hash;
  }

  /** What turns the parent's file into the model's; null when it was not kept. */
  async readDelta(model: ModelHash, parent: ModelHash): Promise<Uint8Array | null> {
    const path = join(this.#dir, deltaName(model, parent));
    return existsSync(path) ? readFile(path) : null;
  }

  async writeDelta(model: ModelHash, parent: ModelHash, delta: Uint8Array): Promise<void> {
    await this.#place(deltaName(model, parent), (path) => writeDurably(path, delta));
  }

  /** Where the latent bank of a base model lies. */
  latentsPath(base: ModelHash): string {
    return join(this.#dir, `${base}.latents`);
  }

  /** Keeps the bank that `write` puts at a path, so that a newer Occhio, with another base, goes on with this one. */
  async keepLatents(base: ModelHash, write: (path: string) => Promise<void>): Promise<void> {
    await this.#place(`${base}.latents`, async (path) => {
      await write(path);
      await flush(path);
    });
  }

  /** Gives the file its name when it is whole, and not before. */
  async #place(name: string, write: (path: string) => Promise<void>): Promise<void> {
    const path = join(this.#dir, name);
    if (existsSync(path)) return;
    await mkdir(this.#dir, { recursive: true });
    const part = `${path}.${randomUUID()}${partSuffix}`;
    try {
      await write(part);
      await rename(part, path);
    } catch (cause) {
      await rm(part, { force: true });
      throw cause;
    }
    await flush(this.#dir);
  }
}

function deltaName(model: ModelHash, parent: ModelHash): string {
  return `${model}.from-${parent}`;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
