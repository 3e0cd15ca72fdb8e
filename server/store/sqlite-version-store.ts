/** Versions in SQLite. */
import * as v from 'valibot';
import { eventIdSchema, modelHashSchema, roomNameSchema } from '../../protocol/ids.ts';
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
import { figuresSchema } from '../../protocol/messages/history.ts';
import { reportSchema } from '../../protocol/messages/report.ts';
import type { Database, Row } from './database.ts';
import type { VersionRecord, VersionStore } from './version-store.ts';

const jsonText = v.pipe(v.string(), v.parseJson());

const rowSchema = v.object({
  room: roomNameSchema,
  version: v.number(),
  model: modelHashSchema,
  parent: v.nullable(modelHashSchema),
  status: v.picklist(['promoted', 'in-trial', 'refused']),
  report: v.nullable(v.pipe(jsonText, reportSchema)),
  figures: v.nullable(v.pipe(jsonText, figuresSchema)),
  corrections: v.pipe(jsonText, v.array(eventIdSchema)),
  created_at: v.number(),
});

export class SqliteVersionStore implements VersionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  current(room: RoomName): VersionRecord | null {
    return toRecord(
      this.#database.get('SELECT v.* FROM current_versions c JOIN versions v USING (sequence) WHERE c.room = ?', room),
    );
  }

  get(room: RoomName, model: ModelHash): VersionRecord | null {
    return toRecord(
      this.#database.get(
        'SELECT * FROM versions WHERE room = ? AND model = ? ORDER BY sequence DESC LIMIT 1',
        room,
        model,
      ),
    );
  }

  list(room: RoomName): readonly VersionRecord[] {
    return this.#database
      .all('SELECT * FROM versions WHERE room = ? ORDER BY sequence', room)
      .flatMap((row) => toRecord(row) ?? []);
  }

  add(record: VersionRecord): void {
    this.#database.writeNow(() => this.#insert(record));
  }

  promote(record: VersionRecord): void {
    if (record.status === 'refused') throw new Error('A refused version cannot become current.');
    this.#database.writeNow(() => {
      const sequence = this.#insert(record);
      if (!this.pinned(record.room)) this.#makeCurrent(record.room, sequence, false);
    });
  }

  pin(room: RoomName, version: number): void {
    const row = this.#database.get(
      `SELECT sequence FROM versions WHERE room = ? AND version = ? AND status <> 'refused'`,
      room,
      version,
    );
    if (!row) throw new Error(`Room ${room} has no promoted version ${String(version)}.`);
    this.#database.writeNow(() => {
      this.#makeCurrent(room, Number(row['sequence']), true);
    });
  }

  unpin(room: RoomName): void {
    const row = this.#database.get(
      `SELECT max(sequence) AS sequence FROM versions WHERE room = ? AND status <> 'refused' HAVING sequence IS NOT NULL`,
      room,
    );
    if (!row) return;
    this.#database.writeNow(() => {
      this.#makeCurrent(room, Number(row['sequence']), false);
    });
  }

  pinned(room: RoomName): boolean {
    return this.#database.get('SELECT pinned FROM current_versions WHERE room = ?', room)?.['pinned'] === 1;
  }

  /** Returns the row's sequence number. */
  #insert(record: VersionRecord): number {
    const row = this.#database.get(
      `INSERT INTO versions (room, version, model, parent, status, report, figures, corrections, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
      record.room,
      record.version,
      record.model,
      record.parent,
      record.status,
      record.report && JSON.stringify(record.report),
      record.figures && JSON.stringify(record.figures),
      JSON.stringify(record.corrections),
      record.createdAtMs,
    );
    return Number(row?.['sequence']);
  }

  #makeCurrent(room: RoomName, sequence: number, pinned: boolean): void {
    this.#database.run(
      `INSERT INTO current_versions (room, sequence, pinned) VALUES (?, ?, ?)
       ON CONFLICT (room) DO UPDATE SET sequence = excluded.sequence, pinned = excluded.pinned`,
      room,
      sequence,
      pinned ? 1 : 0,
    );
  }
}

function toRecord(row: Row | undefined): VersionRecord | null {
  if (!row) return null;
  const { created_at: createdAtMs, ...record } = v.parse(rowSchema, row);
  return { ...record, createdAtMs };
}
