/** A room's pictures as devices list them: what has changed since they last asked, and single pictures. */
import * as v from 'valibot';
import type { RoomName, SampleId } from '../../protocol/ids.ts';
import { deviceIdSchema, eventIdSchema, sampleIdSchema } from '../../protocol/ids.ts';
import { maxPictures } from '../../protocol/limits.ts';
import type { PictureEntry, Pictures } from '../../protocol/messages/pictures.ts';
import { reasonSchema } from '../../protocol/messages/sample.ts';
import type { Database, Row } from './database.ts';

const rowSchema = v.object({
  id: sampleIdSchema,
  captured_at: v.number(),
  device: deviceIdSchema,
  name: v.nullable(v.string()),
  reason: reasonSchema,
  predicted_label: v.nullable(v.string()),
  predicted_probability: v.nullable(v.number()),
  label: v.nullable(v.string()),
  label_event: v.nullable(eventIdSchema),
  said_by: v.nullable(deviceIdSchema),
  said_by_name: v.nullable(v.string()),
  dispute: v.nullable(v.pipe(v.string(), v.parseJson(), v.object({ label: v.nullable(v.string()) }))),
  split: v.nullable(v.string()),
  version: v.nullable(v.number()),
});

export class PictureList {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** At most `maxPictures` changes after `cursor`; from the beginning when that is null or of another room or database. */
  since(room: RoomName, cursor: string | null): Pictures {
    const line = `${String(this.#database.get('SELECT id FROM change_line')?.['id'])}/${room}/`;
    const last = this.#database.get('SELECT max(change) AS last FROM samples')?.['last'];
    const seen = cursor?.startsWith(line) ? Number(cursor.slice(line.length)) : NaN;
    // A hub that was set back to an earlier copy has not come so far.
    const fresh = !(seen <= Number(last));
    const after = fresh ? 0 : seen;
    const rows = this.#database.all(
      `SELECT s.id, s.captured_at, s.device, d.name, s.reason, s.predicted_label, s.predicted_probability, s.state,
         s.label, s.label_event, e.device AS said_by, n.name AS said_by_name, s.dispute, b.split, l.version, s.change
       FROM samples s LEFT JOIN devices d ON d.id = s.device
         LEFT JOIN label_events e ON e.id = s.label_event AND e.sample = s.id LEFT JOIN devices n ON n.id = e.device
         LEFT JOIN bursts b ON b.room = s.room AND b.device = s.device AND b.burst = s.burst
         LEFT JOIN learned l ON l.room = s.room AND l.event = s.label_event
       WHERE s.room = ? AND s.change > ? ORDER BY s.change LIMIT ?`,
      room,
      after,
      maxPictures + 1,
    );
    const page = rows.slice(0, maxPictures);
    return {
      type: 'pictures',
      fresh,
      entries: page.filter(({ state }) => state !== 'deleted').map(toEntry),
      gone: page.filter(({ state }) => state === 'deleted').map(({ id }) => v.parse(sampleIdSchema, id)),
      cursor: `${line}${String(Number(page.at(-1)?.['change'] ?? after))}`,
      more: rows.length > maxPictures,
    };
  }

  /** The kept JPEG; null when the room has no such picture, or no longer. */
  jpeg(room: RoomName, id: SampleId): Uint8Array | null {
    const jpeg = this.#database.get('SELECT picture FROM samples WHERE id = ? AND room = ?', id, room)?.['picture'];
    return jpeg instanceof Uint8Array ? jpeg : null;
  }
}

function toEntry(row: Row): PictureEntry {
  const {
    id,
    name,
    predicted_label: seen,
    label_event: event,
    said_by: by,
    said_by_name: byName,
    ...sample
  } = v.parse(rowSchema, row);
  return {
    sample: id,
    capturedAtMs: sample.captured_at,
    device: sample.device,
    deviceName: name,
    reason: sample.reason,
    prediction: seen === null ? null : { label: seen, probability: sample.predicted_probability ?? 0 },
    said: event && by && { label: sample.label, event, device: by, deviceName: byName },
    dispute: sample.dispute,
    heldOut: event !== null && sample.split === 'validation',
    learnedIn: sample.version,
  };
}
