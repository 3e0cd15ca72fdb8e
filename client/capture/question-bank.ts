/** The pictures that wait for somebody to say what they show. */
import type { SampleId } from '../../protocol/ids.ts';
import type { Database, QuestionRecord } from '../storage/database.ts';

export interface QuestionBank {
  /** Oldest first. */
  all(): Promise<readonly QuestionRecord[]>;
  /** Durable when the promise resolves. */
  add(question: QuestionRecord): Promise<void>;
  /** One that is not there is no error. */
  remove(sample: SampleId): Promise<void>;
}

export class IdbQuestionBank implements QuestionBank {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  // Keys are UUIDv7, which sort by time of making.
  all(): Promise<readonly QuestionRecord[]> {
    return this.#database.getAll('questions');
  }

  async add(question: QuestionRecord): Promise<void> {
    const transaction = this.#database.transaction('questions', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(question), transaction.done]);
  }

  async remove(sample: SampleId): Promise<void> {
    const transaction = this.#database.transaction('questions', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.delete(sample), transaction.done]);
  }
}
