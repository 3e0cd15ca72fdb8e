/** What commands that work on a stopped hub's data have in common: its options, and its database under the hub's own lock. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import * as v from 'valibot';
import { homeRoom, roomNameSchema } from '../../protocol/ids.ts';
import type { RoomName } from '../../protocol/ids.ts';
import { defaultDataDir } from '../config.ts';
import { DataInUseError, lockDataDir } from '../store/data-lock.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { BadInput } from '../bad-input.ts';

export const roomOption = (): Option =>
  new Option('--room <name>', 'the room').default(homeRoom).argParser((name): RoomName => {
    const room = v.safeParse(roomNameSchema, name);
    if (room.success) return room.output;
    throw new InvalidArgumentError('Expected lower-case letters, digits and hyphens.');
  });

export const dataOption = (): Option =>
  new Option('--data <folder>', 'the data folder of the hub').env('OCCHIO_DATA').default(defaultDataDir);

export type HubData = { readonly dir: string; readonly database: Database };

/** Opens the data folder, made when absent, for `use` alone. Rejects with BadInput while a hub is using it. */
export async function withHubData<T>(folder: string, use: (data: HubData) => Promise<T>): Promise<T> {
  const dir = resolve(folder);
  const unlock = lock(dir);
  try {
    const database = openDatabase(join(dir, 'hub.sqlite'));
    try {
      return await use({ dir, database });
    } finally {
      database.close();
    }
  } finally {
    unlock();
  }
}

/**
 * Opens the data folder for `use`, which only reads; a hub may be using it meanwhile. Rejects with BadInput when it is none.
 */
export async function withHubDataToRead<T>(folder: string, use: (data: HubData) => T | Promise<T>): Promise<T> {
  const dir = resolve(folder);
  const path = join(dir, 'hub.sqlite');
  if (!existsSync(path)) throw new BadInput(`Expected the data folder of a hub, but ${dir} has no hub.sqlite.`);
  const database = openDatabase(path);
  try {
    return await use({ dir, database });
  } finally {
    database.close();
  }
}

function lock(dir: string): () => void {
  try {
    return lockDataDir(dir);
  } catch (error) {
    if (error instanceof DataInUseError) throw new BadInput(`${error.message} Stop it, import, and start it again.`);
    throw error;
  }
}
