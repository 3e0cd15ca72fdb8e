/** `occhio import`: labelled pictures into a room. */
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import * as v from 'valibot';
import { homeRoom, roomNameSchema } from '../../protocol/ids.ts';
import type { RoomName } from '../../protocol/ids.ts';
import { defaultDataDir } from '../config.ts';
import { importPictures } from '../ingest/import-pictures.ts';
import { splitOf } from '../ingest/split.ts';
import { DataInUseError, lockDataDir } from '../store/data-lock.ts';
import { openDatabase } from '../store/database.ts';
import { SqliteSampleStore } from '../store/sqlite-sample-store.ts';
import { arrange } from '../training/dataset/arrangement.ts';
import { openSource } from '../training/dataset/open-source.ts';
import { BadInput } from './bad-input.ts';

type ImportOptions = { readonly room: string; readonly data: string };

export function importCommand(): Command {
  return new Command('import')
    .description('Brings labelled pictures into a room: the hub trains on them at its next start.')
    .argument('<folder-or-zip>', 'one folder of pictures for each class')
    .option('--room <name>', 'the room', homeRoom)
    .addOption(new Option('--data <folder>', 'the data folder of the hub').env('OCCHIO_DATA').default(defaultDataDir))
    .action(async (path: string, { room: name, data }: ImportOptions) => {
      const room = v.safeParse(roomNameSchema, name);
      if (!room.success)
        throw new BadInput(`--room: expected lower-case letters, digits and hyphens, came ${JSON.stringify(name)}.`);
      await importInto(room.output, resolve(data), path);
    });
}

async function importInto(room: RoomName, data: string, path: string): Promise<void> {
  const source = await openSource(path);
  try {
    const arrangement = arrange(source);
    const unlock = lock(data);
    const database = openDatabase(join(data, 'hub.sqlite'));
    try {
      const samples = new SqliteSampleStore(database, splitOf);
      const { stored, known } = await importPictures({ source, arrangement, samples, room, now: Date.now });
      process.stdout.write(
        `${String(stored)} pictures of ${String(arrangement.labels.length)} classes came into room ${room}; ${String(known)} were there already.\n`,
      );
    } finally {
      database.close();
      unlock();
    }
  } finally {
    source.close();
  }
}

function lock(data: string): () => void {
  try {
    return lockDataDir(data);
  } catch (error) {
    if (error instanceof DataInUseError) throw new BadInput(`${error.message} Stop it, import, and start it again.`);
    throw error;
  }
}
