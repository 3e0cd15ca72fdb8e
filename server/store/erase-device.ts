/** Takes everything that a device gave out of the database, as part of a write. */
import * as v from 'valibot';
import type { DeviceId, RoomName, SampleId } from '../../protocol/ids.ts';
import { deviceIdSchema, newEventId, roomNameSchema, sampleIdSchema } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Database } from './database.ts';
import { labelsInForce } from './labels-in-force.ts';

/** In the place of a device that is to be named no more; the schema knows it, too. No device makes such an id: it is of 1970. */
const nobody = v.parse(deviceIdSchema, '00000000-0000-7000-8000-000000000000');

const sampleSchema = v.object({ id: sampleIdSchema, room: roomNameSchema });

export type EraseOptions = {
  readonly device: DeviceId;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Makes a sample's state what its events say. */
  readonly settle: (sample: SampleId, room: RoomName) => void;
};

/** Counted as in the list of devices, by which a person decides; `rooms`: those in which something was. */
export type Erased = { readonly pictures: number; readonly labels: number; readonly rooms: readonly RoomName[] };

/**
 * Of each of its samples the id and a `delete` stay, so that a resend is refused and other devices hear that the picture is
 * gone; of what it said of others' samples, the deletions, under nobody's name: they are final.
 */
export function eraseDevice(database: Database, { device, atMs, settle }: EraseOptions): Erased {
  const samplesOf = (sql: string) => database.all(sql, device).map((row) => v.parse(sampleSchema, row));
  const pictures = samplesOf(`SELECT id, room FROM samples WHERE device = ? AND state <> 'deleted'`);
  const spokenOf = samplesOf('SELECT DISTINCT sample AS id, room FROM label_events WHERE device = ?');
  const labels = database.get(`SELECT ${labelsInForce('?')} AS n`, device);
  for (const { id, room } of pictures) {
    sayDelete(database, id, room, atMs);
    settle(id, room);
  }
  const theirs = 'device = ?1 OR sample IN (SELECT id FROM samples WHERE device = ?1)';
  database.run(`UPDATE label_events SET device = ?2 WHERE ${theirs}`, device, nobody);
  database.run(`DELETE FROM label_events WHERE device = ? AND event ->> 'kind' <> 'delete'`, nobody);
  database.run(
    `UPDATE samples SET device = ?2, burst = id, captured_at = 0, received_at = 0, reason = '', predicted_label = NULL,
       predicted_probability = NULL, predicted_by = NULL, sent_sha256 = x'', sha256 = x'' WHERE device = ?1`,
    device,
    nobody,
  );
  database.run('DELETE FROM bursts WHERE device = ?', device);
  for (const { id, room } of spokenOf) settle(id, room);
  const rooms = new Set([...pictures, ...spokenOf].map(({ room }) => room));
  return { pictures: pictures.length, labels: Number(labels?.['n']), rooms: [...rooms] };
}

function sayDelete(database: Database, sample: SampleId, room: RoomName, atMs: number): void {
  const event: LabelEvent = { type: 'label-event', kind: 'delete', id: newEventId(), sample, atMs };
  database.run(
    'INSERT INTO label_events (id, room, device, sample, received_at, event) VALUES (?, ?, ?, ?, ?, ?)',
    event.id,
    room,
    nobody,
    sample,
    atMs,
    JSON.stringify(event),
  );
}
