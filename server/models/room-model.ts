/** The model of one of a room's versions, for commands. */
import type { RoomName } from '../../protocol/ids.ts';
import { decodeModel } from '../../protocol/learning/model-file.ts';
import { BadInput } from '../bad-input.ts';
import type { VersionRecord, VersionStore } from '../store/version-store.ts';
import type { ModelFolder } from './model-folder.ts';
import type { OpenedModel } from './open-model.ts';
import { openedFrom } from './open-model.ts';

export type RoomModel = { readonly record: VersionRecord; readonly model: OpenedModel };

type RoomParts = { readonly versions: VersionStore; readonly folder: ModelFolder };

/** Of `version`, or of the one that the room runs. Rejects with BadInput when there is none or its file is not whole. */
export async function openRoomModel(
  { versions, folder }: RoomParts,
  room: RoomName,
  version?: number,
): Promise<RoomModel> {
  const record = version === undefined ? currentOf(versions, room) : versionOf(versions, room, version);
  const bytes = await folder.read(record.model).catch((cause: unknown) => {
    throw new BadInput(
      `The model of version ${String(record.version)} of room ${room} cannot be read: ${String(cause)} Choose another with --version.`,
      { cause },
    );
  });
  return { record, model: openedFrom(decodeModel(bytes)) };
}

function currentOf(versions: VersionStore, room: RoomName): VersionRecord {
  const current = versions.current(room);
  if (current) return current;
  throw new BadInput(
    `Room ${room} has no model yet: the hub gives it one at its next start. Check --room and --data, or name a saved model with --model.`,
  );
}

function versionOf(versions: VersionStore, room: RoomName, version: number): VersionRecord {
  const kept = versions.list(room).filter(({ status }) => status !== 'refused');
  const found = kept.findLast((record) => record.version === version);
  if (found) return found;
  const known = kept.length > 0 ? kept.map((record) => record.version).join(', ') : 'none';
  throw new BadInput(`Room ${room} has no version ${String(version)}; it has ${known}.`);
}
