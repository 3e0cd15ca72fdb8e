/** Versions in SQLite. */
import * as v from 'valibot';
import { eventIdSchema, modelHashSchema, roomNameSchema } from '../../protocol/ids.ts';
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
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
      this.#makeCurrent(record.room, this.#insert(record));
    });
  }

  use(room: RoomName, model: ModelHash): void {
    const row = this.#database.get(
      `SELECT sequence FROM versions WHERE room = ? AND model = ? AND status <> 'refused' ORDER BY sequence DESC LIMIT 1`,
      room,
      model,
    );
    if (!row) throw new Error(`Room ${room} has no promoted version ${model}.`);
    this.#database.writeNow(() => {
      this.#makeCurrent(room, Number(row['sequence']));
    });
  }

  /** Returns the row's sequence number. */
  #insert(record: VersionRecord): number {
    const row = this.#database.get(
      `INSERT INTO versions (room, version, model, parent, status, report, corrections, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
      record.room,
      record.version,
      record.model,
      record.parent,
      record.status,
      record.report && JSON.stringify(record.report),
      JSON.stringify(record.corrections),
      record.createdAtMs,
    );
    return Number(row?.['sequence']);
  }

  #makeCurrent(room: RoomName, sequence: number): void {
    this.#database.run(
      'INSERT INTO current_versions (room, sequence) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET sequence = excluded.sequence',
      room,
      sequence,
    );
  }
}

function toRecord(row: Row | undefined): VersionRecord | null {
  if (!row) return null;
  const { created_at: createdAtMs, ...record } = v.parse(rowSchema, row);
  return { ...record, createdAtMs };
}
