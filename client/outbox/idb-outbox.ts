/** The outbox in IndexedDB: it survives a closed tab, a crash and a restart of the device. */
import type { EventId, SampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Refusal } from '../../protocol/messages/refusal.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Database, OutboxRecord, RefusedRecord } from '../storage/database.ts';
import type { Outbox, OutboxCounts } from './outbox.ts';

export class IdbOutbox implements Outbox {
  readonly #database: Database;
  readonly #counts: Cell<OutboxCounts>;

  private constructor(database: Database, counts: OutboxCounts) {
    this.#database = database;
    this.#counts = new Cell(counts);
  }

  static async open(database: Database): Promise<IdbOutbox> {
    return new IdbOutbox(database, await countIn(database));
  }

  get counts(): Readable<OutboxCounts> {
    return this.#counts;
  }

  async add(messages: readonly (Sample | LabelEvent)[]): Promise<void> {
    const transaction = this.#database.transaction('outbox', 'readwrite', { durability: 'strict' });
    // `order` is the store's key, which it gives itself: a record comes in without one.
    const records = messages.map((message) => ({ id: message.id, message }) as OutboxRecord);
    await Promise.all([...records.map((record) => transaction.store.add(record)), transaction.done]);
    await this.#recount();
  }

  async after(order: number, limit: number): Promise<readonly OutboxRecord[]> {
    return this.#database.getAll('outbox', IDBKeyRange.lowerBound(order, true), limit);
  }

  async forget(ids: readonly (SampleId | EventId)[]): Promise<void> {
    const transaction = this.#database.transaction('outbox', 'readwrite');
    const remove = async (id: string): Promise<void> => {
      const order = await transaction.store.index('id').getKey(id);
      if (order !== undefined) await transaction.store.delete(order);
    };
    await Promise.all([...ids.map(remove), transaction.done]);
    await this.#recount();
  }

  async discard(samples: ReadonlySet<SampleId>): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'refused'], 'readwrite', { durability: 'strict' });
    for (const name of ['outbox', 'refused'] as const) {
      let cursor = await transaction.objectStore(name).openCursor();
      while (cursor) {
        const { message } = cursor.value;
        const isOf = samples.has(message.type === 'sample' ? message.id : message.sample);
        if (isOf && !('kind' in message && message.kind === 'delete')) await cursor.delete();
        cursor = await cursor.continue();
      }
    }
    await transaction.done;
    await this.#recount();
  }

  async refused(id: SampleId | EventId, { code, text }: Pick<Refusal, 'code' | 'text'>): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'refused'], 'readwrite', { durability: 'strict' });
    const outbox = transaction.objectStore('outbox');
    const record = await outbox.index('id').get(id);
    if (record) {
      await transaction.objectStore('refused').put({ id: record.id, message: record.message, code, text });
      await outbox.delete(record.order);
    }
    await transaction.done;
    await this.#recount();
  }

  async refusals(): Promise<readonly RefusedRecord[]> {
    return this.#database.getAll('refused');
  }

  /** How many pictures have not been acknowledged. */
  async countSamples(): Promise<number> {
    const [waiting, refused] = await Promise.all([this.#database.getAll('outbox'), this.#database.getAll('refused')]);
    return [...waiting, ...refused].filter(({ message }) => message.type === 'sample').length;
  }

  async #recount(): Promise<void> {
    this.#counts.set(await countIn(this.#database));
  }
}

async function countIn(database: Database): Promise<OutboxCounts> {
  const [queued, refused] = await Promise.all([database.count('outbox'), database.count('refused')]);
  return { queued, refused };
}
