/** The devices that this hub knows. */
import * as v from 'valibot';
import type { DeviceId, ModelHash, RoomName } from '../../protocol/ids.ts';
import { deviceIdSchema } from '../../protocol/ids.ts';
import type { Database } from './database.ts';
import { labelsInForce } from './labels-in-force.ts';

export type Visit = {
  readonly device: DeviceId;
  readonly name: string;
  readonly room: RoomName;
  readonly atMs: number;
};

/** What a device has to show. `none`: it has come from this machine only, where nothing is asked for. */
export type KnownCredential =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'removed' }
  /** SHA-256 of its secret. */
  | { readonly kind: 'secret'; readonly hash: Uint8Array };

/** A device that may come into the room, and what it has given, in whatever room. */
export type DeviceRecord = {
  readonly device: DeviceId;
  readonly name: string;
  readonly lastSeenAtMs: number;
  readonly paired: boolean;
  /** Pictures that it took and that are kept. */
  readonly pictures: number;
  /** Samples whose label in force it said. */
  readonly labels: number;
};

/** A promise resolves after the commit has reached the disk and rejects with StoreError. */
export class DeviceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  credentialOf(device: DeviceId): KnownCredential {
    const row = this.#database.get('SELECT secret_sha256, removed_at FROM devices WHERE id = ?', device);
    if (!row) return { kind: 'unknown' };
    if (row['removed_at'] !== null) return { kind: 'removed' };
    const hash = row['secret_sha256'];
    return hash instanceof Uint8Array ? { kind: 'secret', hash } : { kind: 'none' };
  }

  /** The devices of the room that were not removed, the last seen first. */
  list(room: RoomName): readonly DeviceRecord[] {
    const rows = this.#database.all(
      `SELECT id AS device, name, last_seen AS lastSeenAtMs, secret_sha256 IS NOT NULL AS paired,
         (SELECT count(*) FROM samples s WHERE s.device = d.id AND s.state <> 'deleted') AS pictures,
         ${labelsInForce('d.id')} AS labels
       FROM devices d WHERE room = ? AND removed_at IS NULL ORDER BY last_seen DESC, id`,
      room,
    );
    return rows.map((row) => v.parse(recordSchema, row));
  }

  /** The device was here. */
  visited({ device, name, room, atMs }: Visit): Promise<void> {
    return this.#database.write(() => {
      this.#database.run(
        `INSERT INTO devices (id, name, room, last_seen) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, room = excluded.room, last_seen = excluded.last_seen`,
        device,
        name,
        room,
        atMs,
      );
    });
  }

  /** A new device has paired and shows this secret from now on; false, and nothing is done, when its id is known. */
  paired({ device, name, room, atMs }: Visit, secretHash: Uint8Array): Promise<boolean> {
    return this.#database.write(() => {
      const added = this.#database.run(
        'INSERT OR IGNORE INTO devices (id, name, room, last_seen, secret_sha256) VALUES (?, ?, ?, ?, ?)',
        device,
        name,
        room,
        atMs,
        secretHash,
      );
      return added === 1;
    });
  }

  /** Forgets the secret of a paired device of the room, for good; false when there is no such device. */
  remove(room: RoomName, device: DeviceId, atMs: number): Promise<boolean> {
    return this.#database.write(() => {
      const removed = this.#database.run(
        `UPDATE devices SET removed_at = ?, secret_sha256 = NULL WHERE id = ? AND room = ? AND secret_sha256 IS NOT NULL`,
        atMs,
        device,
        room,
      );
      return removed === 1;
    });
  }

  /** The device labels its frames with this model now. */
  runs(device: DeviceId, model: ModelHash): Promise<void> {
    return this.#database.write(() => {
      this.#database.run('UPDATE devices SET model = ? WHERE id = ?', model, device);
    });
  }
}

const recordSchema = v.pipe(
  v.object({
    device: deviceIdSchema,
    name: v.string(),
    lastSeenAtMs: v.number(),
    paired: v.number(),
    pictures: v.number(),
    labels: v.number(),
  }),
  v.transform((row) => ({ ...row, paired: row.paired === 1 })),
);
