/** `occhio import`: labelled pictures into a room. */
import { Command } from 'commander';
import type { RoomName } from '../../protocol/ids.ts';
import { importPictures } from '../ingest/import-pictures.ts';
import { splitOf } from '../ingest/split.ts';
import { SqliteSampleStore } from '../store/sqlite-sample-store.ts';
import { arrange } from '../training/dataset/arrangement.ts';
import { openSource } from '../training/dataset/open-source.ts';
import { dataOption, roomOption, withHubData } from './hub-data.ts';

type ImportOptions = { readonly room: RoomName; readonly data: string };

export function importCommand(): Command {
  return new Command('import')
    .description('Brings labelled pictures into a room: the hub trains on them at its next start.')
    .argument('<folder-or-zip>', 'one folder of pictures for each class')
    .addOption(roomOption())
    .addOption(dataOption())
    .action(importInto);
}

async function importInto(path: string, { room, data }: ImportOptions): Promise<void> {
  const source = await openSource(path);
  try {
    const arrangement = arrange(source);
    const { stored, known } = await withHubData(data, ({ database }) => {
      const samples = new SqliteSampleStore(database, splitOf);
      return importPictures({ source, arrangement, samples, room, now: Date.now });
    });
    process.stdout.write(
      `${String(stored)} pictures of ${String(arrangement.labels.length)} classes came into room ${room}; ${String(known)} were there already.\n`,
    );
  } finally {
    source.close();
  }
}
