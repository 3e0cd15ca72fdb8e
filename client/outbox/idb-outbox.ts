/** The outbox in IndexedDB: it survives a closed tab, a crash and a restart of the device. */
import type { EventId, SampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Refusal } from '../../protocol/messages/refusal.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Database, OutboxRecord, RefusedRecord } from '../storage/database.ts';
import type { Outbox, OutboxCounts } from './outbox.ts';
import type { WaitingPictures } from './waiting-pictures.ts';
import { readWaitingPictures } from './waiting-pictures.ts';

export class IdbOutbox implements Outbox {
  readonly #database: Database;
  readonly #counts: Cell<OutboxCounts>;
  /** What stands in the database, as far as this tab has heard of it. */
  #waiting: WaitingPictures;
  /** One after the other, so that what was read last is what holds. */
  #counting: Promise<void> = Promise.resolve();

  private constructor(database: Database, waiting: WaitingPictures) {
    this.#database = database;
    this.#waiting = waiting;
    this.#counts = new Cell(countsOf(waiting));
  }

  static async open(database: Database): Promise<IdbOutbox> {
    return new IdbOutbox(database, await readWaitingPictures(database));
  }

  get counts(): Readable<OutboxCounts> {
    return this.#counts;
  }

  async add(messages: readonly (Sample | LabelEvent)[]): Promise<void> {
    const transaction = this.#database.transaction('outbox', 'readwrite', { durability: 'strict' });
    // `order` is the store's key, which it gives itself: a record comes in without one.
    const records = messages.map((message) => ({ id: message.id, message }) as OutboxRecord);
    await Promise.all([...records.map((record) => transaction.store.add(record)), transaction.done]);
    for (const message of messages) this.#waiting.outbox.set(message.id, sampleOf(message));
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
    for (const id of ids) this.#waiting.outbox.delete(id);
    await this.#recount();
  }

  async discard(samples: ReadonlySet<SampleId>): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'refused'], 'readwrite', { durability: 'strict' });
    const discarded: (readonly [keyof WaitingPictures, string])[] = [];
    for (const name of ['outbox', 'refused'] as const) {
      let cursor = await transaction.objectStore(name).openCursor();
      while (cursor) {
        const { id, message } = cursor.value;
        if (samples.has(sampleOf(message)) && !('kind' in message && message.kind === 'delete')) {
          await cursor.delete();
          discarded.push([name, id]);
        }
        cursor = await cursor.continue();
      }
    }
    await transaction.done;
    for (const [name, id] of discarded) this.#waiting[name].delete(id);
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
    if (record) {
      this.#waiting.outbox.delete(id);
      this.#waiting.refused.set(id, sampleOf(record.message));
    }
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

  /** Where the database holds another number of messages, another tab has changed it: then it is read anew. */
  #recount(): Promise<void> {
    const counted = this.#counting.then(async () => {
      const [queued, refused] = await Promise.all([this.#database.count('outbox'), this.#database.count('refused')]);
      if (queued !== this.#waiting.outbox.size || refused !== this.#waiting.refused.size)
        this.#waiting = await readWaitingPictures(this.#database);
      this.#counts.set(countsOf(this.#waiting));
    });
    this.#counting = counted.catch(() => undefined);
    return counted;
  }
}

function sampleOf(message: Sample | LabelEvent): SampleId {
  return message.type === 'sample' ? message.id : message.sample;
}

function countsOf({ outbox, refused }: WaitingPictures): OutboxCounts {
  return { queued: new Set(outbox.values()).size, refused: new Set(refused.values()).size };
}
