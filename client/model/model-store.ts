/** Model files: on this device, in their own cache under their hash, apart from the app's own files; and where the hub has them. */
import type { ModelHash } from '../../protocol/ids.ts';

export interface ModelStore {
  get(model: ModelHash): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The hub's copy. Rejects when it cannot be had now. */
  fetch(model: ModelHash): Promise<Uint8Array>;
  put(model: ModelHash, file: Uint8Array): Promise<void>;
  /** Removes every other model. */
  keepOnly(models: readonly ModelHash[]): Promise<void>;
}

export class CacheModelStore implements ModelStore {
  readonly #name: string;

  constructor(name = 'occhio-models') {
    this.#name = name;
  }

  async get(model: ModelHash): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const cache = await caches.open(this.#name);
    const response = await cache.match(pathOf(model));
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async fetch(model: ModelHash): Promise<Uint8Array> {
    const response = await fetch(pathOf(model));
    if (!response.ok) throw new Error(`The hub answered ${String(response.status)} for a model.`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async put(model: ModelHash, file: Uint8Array): Promise<void> {
    const cache = await caches.open(this.#name);
    await cache.put(pathOf(model), new Response(file.slice()));
  }

  async keepOnly(models: readonly ModelHash[]): Promise<void> {
    const cache = await caches.open(this.#name);
    const kept = new Set(models.map(pathOf));
    for (const request of await cache.keys()) if (!kept.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}

/** Where the hub serves a model, too. */
export const pathOf = (model: ModelHash): string => `/models/${model}`;

/** Where the hub gives it to other programs. */
export const onnxPathOf = (model: ModelHash): string => `${pathOf(model)}.onnx`;
