/** What the hub told of the room's pictures, and those that were fetched, kept on this device for when it is out of reach. */
import type { SampleId } from '../../protocol/ids.ts';
import type { PictureEntry, Pictures } from '../../protocol/messages/pictures.ts';
import type { Database } from '../storage/database.ts';

/** About 30 MB. */
const mostFetched = 2000;

export class PictureCache {
  readonly #database: Database;
  readonly #most: number;

  constructor(database: Database, most = mostFetched) {
    this.#database = database;
    this.#most = most;
  }

  /** All that the hub told. */
  entries(): Promise<readonly PictureEntry[]> {
    return this.#database.getAll('entries');
  }

  /** How far the hub's changes were read; null when nothing was. */
  async cursor(): Promise<string | null> {
    return (await this.#database.get('listing', 'cursor')) ?? null;
  }

  /** Keeps a page of changes and how far it reaches; both or neither. */
  async take({ fresh, entries, gone, cursor }: Pictures): Promise<void> {
    const transaction = this.#database.transaction(['entries', 'listing'], 'readwrite');
    const kept = transaction.objectStore('entries');
    await Promise.all([
      ...(fresh ? [kept.clear()] : []),
      ...entries.map((entry) => kept.put(entry)),
      ...gone.map((sample) => kept.delete(sample)),
      transaction.objectStore('listing').put(cursor, 'cursor'),
      transaction.done,
    ]);
    await this.drop(gone);
  }

  /** Forgets pictures that were deleted, what was fetched of them and what a model made of them; those that are not here are no error. */
  async drop(samples: readonly SampleId[]): Promise<void> {
    const transaction = this.#database.transaction(['fetched', 'embeddings'], 'readwrite');
    const fetched = transaction.objectStore('fetched');
    for (const sample of samples) {
      const order = await fetched.index('sample').getKey(sample);
      if (order !== undefined) await fetched.delete(order);
      await transaction.objectStore('embeddings').delete(sample);
    }
    await transaction.done;
  }

  /** The picture where it lies on this device: fetched, in the outbox, refused, learned from, or asked about. */
  async find(sample: SampleId): Promise<Uint8Array<ArrayBuffer> | null> {
    const fetched = await this.#database.getFromIndex('fetched', 'sample', sample);
    if (fetched) return fetched.jpeg;
    const own =
      (await this.#database.getFromIndex('outbox', 'id', sample)) ?? (await this.#database.get('refused', sample));
    if (own?.message.type === 'sample') return new Uint8Array(own.message.jpeg);
    const learned = await this.#database.getFromIndex('examples', 'sample', sample);
    return (learned ?? (await this.#database.get('questions', sample)))?.jpeg ?? null;
  }

  /** Keeps a fetched picture; the oldest go when there are too many. */
  async keep(sample: SampleId, jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    const transaction = this.#database.transaction('fetched', 'readwrite');
    if ((await transaction.store.index('sample').getKey(sample)) === undefined) {
      // `order` is the store's key, which it gives itself: a record comes in without one.
      await transaction.store.add({ sample, jpeg } as Parameters<typeof transaction.store.add>[0]);
      const tooMany = (await transaction.store.count()) - this.#most;
      if (tooMany > 0)
        for (const order of await transaction.store.getAllKeys(null, tooMany)) await transaction.store.delete(order);
    }
    await transaction.done;
  }
}
