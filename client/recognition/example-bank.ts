/** The corrections that this device still has to remember, because the hub's model does not know them yet. */
import type { Database, ExampleRecord } from '../storage/database.ts';

export interface ExampleBank {
  /** Oldest first. */
  all(): Promise<readonly ExampleRecord[]>;
  /** All or none, durable when the promise resolves. An example with the same event replaces the earlier. */
  add(examples: readonly ExampleRecord[]): Promise<void>;
  /** Removes the examples of these label events; unknown ones are no error. */
  remove(events: readonly string[]): Promise<void>;
}

export class IdbExampleBank implements ExampleBank {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  // Keys are UUIDv7, which sort by time of making.
  all(): Promise<readonly ExampleRecord[]> {
    return this.#database.getAll('examples');
  }

  async add(examples: readonly ExampleRecord[]): Promise<void> {
    const transaction = this.#database.transaction('examples', 'readwrite', { durability: 'strict' });
    await Promise.all([...examples.map((example) => transaction.store.put(example)), transaction.done]);
  }

  async remove(events: readonly string[]): Promise<void> {
    const transaction = this.#database.transaction('examples', 'readwrite');
    await Promise.all([...events.map((event) => transaction.store.delete(event)), transaction.done]);
  }
}
