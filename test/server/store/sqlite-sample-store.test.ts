import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { splitOf } from '../../../server/ingest/split.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sampleStoreContract } from './sample-store-contract.ts';

sampleStoreContract(async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const open = (): SqliteSampleStore => {
    const database = openDatabase(path);
    onTestFinished(() => {
      database.close();
    });
    return new SqliteSampleStore(database, splitOf);
  };
  return { store: open(), reopen: open };
});
