import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { homeRoom } from '../../../protocol/ids.ts';
import { splitOf } from '../../../server/ingest/split.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteLatentStore } from '../../../server/store/sqlite-latent-store.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { verifyData } from '../../../server/store/verify-data.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { latentStoreContract } from './latent-store-contract.ts';

latentStoreContract(async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const open = () => {
    const database = openDatabase(path);
    onTestFinished(() => {
      database.close();
    });
    return {
      samples: new SqliteSampleStore(database, splitOf),
      latents: new SqliteLatentStore(database, 100),
    };
  };
  return { ...open(), reopen: () => open().latents };
});

it('latents are right for `verify` as long as their picture is there', async () => {
  const room = await roomOfSamples();
  onTestFinished(() => room.close());
  const [one, two] = await room.teach([Uint8Array.of(1), Uint8Array.of(2)], 'lamp');
  if (!one || !two) throw new Error('Nothing was taught.');
  const views = Uint8Array.of(3);
  await room.latents.keep(
    homeRoom,
    'a base',
    [one, two].map(({ sample }) => ({ sample, views })),
  );
  const database = openDatabase(join(room.dir, 'hub.sqlite'));
  onTestFinished(() => {
    database.close();
  });
  expect((await verifyData(room.dir, database)).problems).toEqual([]);

  // No path of ours leads here: the trigger stands in the way.
  database.writeNow(() => {
    database.run('DROP TRIGGER latents_go_with_the_picture');
    database.run(
      `UPDATE samples SET state = 'deleted', label = NULL, label_event = NULL, picture = NULL WHERE id = ?`,
      two.sample,
    );
  });
  expect((await verifyData(room.dir, database)).problems).toContain(
    `The latents of sample ${two.sample} are kept, and its picture is not.`,
  );
});
