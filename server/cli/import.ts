/** `occhio import`: labelled pictures into a room. */
import { Command } from 'commander';
import type { RoomName } from '../../protocol/ids.ts';
import { importPictures } from '../ingest/import-pictures.ts';
import { labelledPictures } from '../ingest/labelled-pictures.ts';
import { splitOf } from '../ingest/split.ts';
import { SqliteSampleStore } from '../store/sqlite-sample-store.ts';
import { openSource } from '../training/dataset/open-source.ts';
import { dataOption, roomOption, withHubData } from './hub-data.ts';

type ImportOptions = { readonly room: RoomName; readonly data: string };

export function importCommand(): Command {
  return new Command('import')
    .description('Brings labelled pictures into a room: the hub trains on them at its next start.')
    .argument('<folder-or-zip>', 'one folder of pictures for each class, or what occhio export or the app took out')
    .addOption(roomOption())
    .addOption(dataOption())
    .action(importInto);
}

async function importInto(path: string, { room, data }: ImportOptions): Promise<void> {
  const source = await openSource(path);
  try {
    const pictures = await labelledPictures(source);
    const classes = new Set(pictures.flatMap(({ label }) => label ?? [])).size;
    const { stored, known, unreadable } = await withHubData(data, ({ database }) => {
      const samples = new SqliteSampleStore(database, splitOf);
      return importPictures({
        source,
        pictures,
        samples,
        room,
        now: Date.now,
        onUnreadable: (problem) => process.stderr.write(`${problem}\n`),
      });
    });
    process.stdout.write(
      `${String(stored)} pictures of ${String(classes)} classes imported into room ${room}; ${String(known)} were there already, ${String(unreadable)} could not be read.\n`,
    );
  } finally {
    source.close();
  }
}
