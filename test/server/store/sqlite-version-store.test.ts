import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { homeRoom } from '../../../protocol/ids.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { migrations } from '../../../server/store/schema.ts';
import { SqliteVersionStore } from '../../../server/store/sqlite-version-store.ts';
import { stillModel } from '../../support/still-learning.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { versionStoreContract } from './version-store-contract.ts';

versionStoreContract(async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const open = (): SqliteVersionStore => {
    const database = openDatabase(path);
    onTestFinished(() => {
      database.close();
    });
    return new SqliteVersionStore(database);
  };
  return { store: open(), reopen: open };
});

it('reads what an Occhio wrote that kept no figures and could not pin', async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const earlier = new DatabaseSync(path);
  for (const step of migrations.slice(0, 2)) earlier.exec(step);
  earlier.exec('PRAGMA user_version = 2');
  earlier
    .prepare(
      `INSERT INTO versions (room, version, model, status, corrections, created_at) VALUES (?, 1, ?, 'promoted', '[]', 5)`,
    )
    .run(homeRoom, stillModel);
  earlier.prepare('INSERT INTO current_versions (room, sequence) VALUES (?, 1)').run(homeRoom);
  earlier.close();
  const database = openDatabase(path);
  onTestFinished(() => {
    database.close();
  });
  const store = new SqliteVersionStore(database);
  expect(store.current(homeRoom)).toMatchObject({ version: 1, figures: null });
  expect(store.pinned(homeRoom)).toBe(false);
});
