/** What a model made of kept pictures: whoever starts with the same model need not look at all of them again. */
import type { ModelHash, SampleId } from '../../protocol/ids.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import type { Database } from '../storage/database.ts';

export type Looked = { readonly record: { readonly sample: SampleId }; readonly seen: Seen };

export class KeptEmbeddings {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(model: ModelHash): Promise<ReadonlyMap<SampleId, Seen>> {
    const kept = await this.#database.getAll('embeddings');
    return new Map(kept.flatMap((one) => (one.model === model ? [[one.sample, one.seen]] : [])));
  }

  /** Beside what is kept. Where the device is full nothing is, and the pictures are looked at another time. */
  async add(model: ModelHash, looked: readonly Looked[]): Promise<void> {
    await this.#write(model, looked, false).catch(() => undefined);
  }

  /** In the place of what is kept. */
  async replace(model: ModelHash, looked: readonly Looked[]): Promise<void> {
    await this.#write(model, looked, true).catch(() => undefined);
  }

  async #write(model: ModelHash, looked: readonly Looked[], alone: boolean): Promise<void> {
    const transaction = this.#database.transaction('embeddings', 'readwrite');
    await Promise.all([
      ...(alone ? [transaction.store.clear()] : []),
      ...looked.map(({ record: { sample }, seen }) => transaction.store.put({ sample, model, seen })),
      transaction.done,
    ]);
  }
}
