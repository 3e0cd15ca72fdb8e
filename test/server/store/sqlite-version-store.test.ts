import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteVersionStore } from '../../../server/store/sqlite-version-store.ts';
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
