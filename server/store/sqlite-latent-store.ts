/** Latents in SQLite. */
import type { RoomName, SampleId } from '../../protocol/ids.ts';
import type { Database } from './database.ts';
import type { LatentStore, SampleViews } from './latent-store.ts';

/** Of one room: about 4,000 samples with eight views each. */
const defaultMaxBytes = 64 * 1024 * 1024;

/** Samples to a write, so that no other write waits long for its turn. */
const samplesPerWrite = 64;

export class SqliteLatentStore implements LatentStore {
  readonly #database: Database;
  readonly #maxBytes: number;

  /** `maxBytes`: of the views of one room. */
  constructor(database: Database, maxBytes = defaultMaxBytes) {
    this.#database = database;
    this.#maxBytes = maxBytes;
  }

  find(sample: SampleId, madeBy: string): Uint8Array | null {
    const row = this.#database.get('SELECT views FROM latents WHERE sample = ? AND made_by = ?', sample, madeBy);
    return row?.['views'] instanceof Uint8Array ? row['views'] : null;
  }

  async keep(room: RoomName, madeBy: string, latents: readonly SampleViews[]): Promise<void> {
    for (let first = 0; first < latents.length; first += samplesPerWrite)
      await this.#database.write(() => {
        for (const { sample, views } of latents.slice(first, first + samplesPerWrite))
          this.#database.run(
            `INSERT OR REPLACE INTO latents (sample, room, made_by, views)
             SELECT id, room, ?, ? FROM samples WHERE id = ? AND room = ? AND picture IS NOT NULL`,
            madeBy,
            views,
            sample,
            room,
          );
        this.#makeRoom(room);
      });
  }

  /** Ids sort by the time of their making: the newest stay as far as the bytes reach. */
  #makeRoom(room: RoomName): void {
    this.#database.run(
      `DELETE FROM latents WHERE sample IN (
         SELECT sample FROM (
           SELECT sample, sum(length(views)) OVER (ORDER BY sample DESC) AS reach FROM latents WHERE room = ?)
         WHERE reach > ?)`,
      room,
      this.#maxBytes,
    );
  }
}
