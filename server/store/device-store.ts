/** The devices that this hub knows. */
import type { DeviceId, ModelHash, RoomName } from '../../protocol/ids.ts';
import type { Database } from './database.ts';

export type Visit = {
  readonly device: DeviceId;
  readonly name: string;
  readonly room: RoomName;
  readonly atMs: number;
};

/** A promise resolves after the commit has reached the disk and rejects with StoreError. */
export class DeviceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** SHA-256 of the device's secret; null when it was never paired. */
  secretHash(device: DeviceId): Uint8Array | null {
    const hash = this.#database.get('SELECT secret_sha256 FROM devices WHERE id = ?', device)?.['secret_sha256'];
    return hash instanceof Uint8Array ? hash : null;
  }

  /** The device was here; a new secret replaces the one that it had, null keeps it. */
  visited({ device, name, room, atMs }: Visit, newSecretHash: Uint8Array | null): Promise<void> {
    return this.#database.write(() => {
      this.#database.run(
        `INSERT INTO devices (id, name, room, secret_sha256, last_seen) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, room = excluded.room, last_seen = excluded.last_seen,
           secret_sha256 = coalesce(excluded.secret_sha256, secret_sha256)`,
        device,
        name,
        room,
        newSecretHash,
        atMs,
      );
    });
  }

  /** The device labels its frames with this model now. */
  runs(device: DeviceId, model: ModelHash): Promise<void> {
    return this.#database.write(() => {
      this.#database.run('UPDATE devices SET model = ? WHERE id = ?', model, device);
    });
  }
}
