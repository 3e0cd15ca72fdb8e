/** One hub to a data folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process holds the folder. */
export class DataInUseError extends Error {
  override readonly name = 'DataInUseError';
  readonly kind = 'in-use';
}

const sqliteBusy = 5;

/**
 * Takes the folder for this process, making it when absent, and returns what gives it back. The lock is the operating
 * system's, through SQLite: it ends with the process however that ends, so that no stale lock can be left behind.
 * Throws DataInUseError.
 */
export function lockDataDir(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dir, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: unknown }).errcode !== sqliteBusy) throw cause;
    throw new DataInUseError(`Another hub or import is using the data folder ${dir}.`, { cause });
  }
  return () => {
    lock.close();
  };
}
