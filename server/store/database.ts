/** The database: opening it, its schema, and writing in groups that share one flush to the disk. */
import { closeSync, openSync } from 'node:fs';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './schema.ts';
import { toStoreError } from './store-error.ts';

/** How long a write waits for others to share its commit. A commit costs about as much for 30 writes as for one. */
const groupDelayMs = 2;

export type Row = Readonly<Record<string, unknown>>;

type Waiting = { readonly work: () => () => void; readonly fail: (cause: unknown) => void };

/** Opens, and brings to this build's schema, the database at `path`. Throws an Error when a newer build wrote it. */
export function openDatabase(path: string): Database {
  // Pictures of people's homes: a new file is its owner's alone, and SQLite gives the files beside it the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    // Deleted pictures are overwritten, not only unlinked.
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    const version = Number(sqlite.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > migrations.length)
      throw new Error(
        `Expected a database of version ${String(migrations.length)} or older, came ${String(version)}: it was written by a newer Occhio. Update this one.`,
      );
    migrations.slice(version).forEach((step, index) => {
      sqlite.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${String(version + index + 1)}; COMMIT;`);
    });
  } catch (cause) {
    sqlite.close();
    throw cause;
  }
  return new Database(sqlite);
}

/**
 * One connection, one writer. Readers run at once, on committed data; a write's promise resolves after the commit
 * that holds it was flushed to the disk. A write that throws takes back its own part of the group and nothing else.
 */
export class Database {
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  /** All rows of a query. */
  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** The rows of a query one after the other, for those that do not fit in memory together. */
  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepare(sql).iterate(...values);
  }

  /** The first row of a query. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  /** A statement that changes rows; for use inside `write` and `writeNow`. Returns how many it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Runs `work` in the next group. Rejects with StoreError, whose cause is what `work` or the commit threw. */
  write<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        work: () => {
          const result = work();
          return () => {
            resolve(result);
          };
        },
        fail: reject,
      });
      this.#timer ??= setTimeout(() => {
        this.#commitGroup();
      }, groupDelayMs);
    });
  }

  /** Commits what waits, then `work` alone, before it returns: for what is rare. Throws StoreError. */
  writeNow<Result>(work: () => Result): Result {
    this.#commitGroup();
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#sqlite.exec('COMMIT');
      return result;
    } catch (cause) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      throw toStoreError(cause);
    }
  }

  /** Runs `work`, which only reads, on the database as it is at one moment, whatever another process writes meanwhile. */
  snapshot<Result>(work: () => Result): Result {
    this.#sqlite.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#sqlite.exec('COMMIT');
    }
  }

  /** What was deleted is gone from the log beside the database, too; later, where another process reads just now. */
  emptyLog(): void {
    this.#sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Commits what waits and closes. */
  close(): void {
    this.#commitGroup();
    this.#sqlite.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#sqlite.prepare(sql)));
    return statement;
  }

  #commitGroup(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    const done: (() => void)[] = [];
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      for (const each of group) this.#runAlone(each, done);
      this.#sqlite.exec('COMMIT');
    } catch (cause) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      const error = toStoreError(cause);
      // Those that have failed by themselves already keep their own reason: a promise settles once.
      for (const { fail } of group) fail(error);
      return;
    }
    for (const resolve of done) resolve();
  }

  #runAlone({ work, fail }: Waiting, done: (() => void)[]): void {
    this.#sqlite.exec('SAVEPOINT one');
    try {
      done.push(work());
      this.#sqlite.exec('RELEASE one');
    } catch (cause) {
      // A full disk makes SQLite take back the whole transaction: then the group has failed, not only this one.
      if (!this.#sqlite.isTransaction) throw cause;
      this.#sqlite.exec('ROLLBACK TO one; RELEASE one');
      fail(toStoreError(cause));
    }
  }
}
