/** Samples and label events in SQLite. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { burstIdSchema, deviceIdSchema, eventIdSchema, roomNameSchema, sampleIdSchema } from '../../protocol/ids.ts';
import type { DeviceId, EventId, RoomName, SampleId } from '../../protocol/ids.ts';
import { disputeOf, effectiveLabel } from '../../protocol/label-log.ts';
import { labelEventSchema } from '../../protocol/messages/label-event.ts';
import type { Database, Row } from './database.ts';
import { eraseDevice } from './erase-device.ts';
import type { Added, LabelledSample, NewEvent, NewSample, SampleStore, SplitPolicy, Usage } from './sample-store.ts';

const hourMs = 3_600_000;

const labelledSchema = v.object({
  id: sampleIdSchema,
  device: deviceIdSchema,
  burst: burstIdSchema,
  split: v.picklist(['train', 'validation']),
  label: v.nullable(v.string()),
  label_event: eventIdSchema,
  captured_at: v.number(),
});

const wordSchema = v.object({
  device: deviceIdSchema,
  event: v.pipe(v.string(), v.parseJson(), labelEventSchema),
});

export class SqliteSampleStore implements SampleStore {
  readonly #database: Database;
  readonly #split: SplitPolicy;
  readonly #listeners = new Set<(room: RoomName) => void>();

  constructor(database: Database, split: SplitPolicy) {
    this.#database = database;
    this.#split = split;
  }

  async addSample(sample: NewSample): Promise<Added> {
    const added = await this.#database.write((): { outcome: Added; labelled: boolean } => {
      const found = this.lookUp(sample.id, sample.room, sample.sentChecksum);
      if (found !== 'absent') return { outcome: found, labelled: false };
      this.#insertSample(sample);
      this.#use(sample.device, sample.receivedAtMs, { bytes: sample.jpeg.length, samples: 1, events: 0 });
      return { outcome: 'stored', labelled: this.#settle(sample.id, sample.room) };
    });
    if (added.labelled) this.#announce(sample.room);
    return added.outcome;
  }

  async addEvent({ room, device, receivedAtMs, event }: NewEvent): Promise<Added> {
    const text = JSON.stringify(event);
    const outcome = await this.#database.write((): Added => {
      const found = this.#database.get('SELECT room, event FROM label_events WHERE id = ?', event.id);
      if (found) return found['room'] === room && found['event'] === text ? 'known' : 'taken';
      this.#database.run(
        'INSERT INTO label_events (id, room, device, sample, received_at, event) VALUES (?, ?, ?, ?, ?, ?)',
        event.id,
        room,
        device,
        event.sample,
        receivedAtMs,
        text,
      );
      this.#use(device, receivedAtMs, { bytes: 0, samples: 0, events: 1 });
      this.#settle(event.sample, room);
      return 'stored';
    });
    if (outcome === 'stored') this.#announce(room);
    return outcome;
  }

  lookUp(id: SampleId, room: RoomName, sentChecksum: Uint8Array): 'known' | 'taken' | 'absent' {
    const row = this.#database.get(
      'SELECT room = ? AND sent_sha256 = ? AS same FROM samples WHERE id = ?',
      room,
      sentChecksum,
      id,
    );
    if (!row) return 'absent';
    return row['same'] === 1 ? 'known' : 'taken';
  }

  hasEvent(id: EventId): boolean {
    return this.#database.get('SELECT 1 FROM label_events WHERE id = ?', id) !== undefined;
  }

  labelled(room: RoomName): readonly LabelledSample[] {
    const rows = this.#database.all(
      `SELECT id, device, burst, split, label, label_event, captured_at
       FROM samples JOIN bursts USING (room, device, burst) WHERE room = ? AND state = 'labelled' ORDER BY id`,
      room,
    );
    return rows.map((row) => {
      const { label_event: event, captured_at: capturedAtMs, ...sample } = v.parse(labelledSchema, row);
      return { ...sample, event, capturedAtMs };
    });
  }

  picture(id: SampleId): Uint8Array | null {
    const picture = this.#database.get('SELECT picture FROM samples WHERE id = ?', id)?.['picture'];
    return picture instanceof Uint8Array ? picture : null;
  }

  count(room: RoomName): number {
    const row = this.#database.get(`SELECT count(*) AS n FROM samples WHERE room = ? AND state <> 'deleted'`, room);
    return Number(row?.['n']);
  }

  usage(device: DeviceId, nowMs: number): Usage {
    const row = this.#database.get('SELECT * FROM usage WHERE device = ?', device);
    if (!row) return { bytes: 0, samplesThisHour: 0, eventsThisHour: 0 };
    const sameHour = row['hour'] === Math.floor(nowMs / hourMs);
    return {
      bytes: Number(row['bytes']),
      samplesThisHour: sameHour ? Number(row['hour_samples']) : 0,
      eventsThisHour: sameHour ? Number(row['hour_events']) : 0,
    };
  }

  hasPicture(room: RoomName, sha256: Uint8Array): boolean {
    return this.#database.get('SELECT 1 FROM samples WHERE room = ? AND sha256 = ?', room, sha256) !== undefined;
  }

  rooms(): readonly RoomName[] {
    return this.#database
      .all('SELECT room FROM samples UNION SELECT room FROM label_events ORDER BY room')
      .map((row) => v.parse(roomNameSchema, row['room']));
  }

  async eraseDevice(device: DeviceId, atMs: number): Promise<{ readonly pictures: number; readonly labels: number }> {
    const settle = (id: SampleId, room: RoomName): void => void this.#settle(id, room);
    const { rooms, ...erased } = await this.#database.write(() =>
      eraseDevice(this.#database, { device, atMs, settle }),
    );
    this.#database.emptyLog();
    for (const room of rooms) this.#announce(room);
    return erased;
  }

  subscribe(listener: (room: RoomName) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #announce(room: RoomName): void {
    for (const listener of this.#listeners) listener(room);
  }

  #insertSample(sample: NewSample): void {
    this.#database.run(
      `INSERT INTO samples (id, room, device, burst, captured_at, received_at, reason, predicted_label,
         predicted_probability, predicted_by, sent_sha256, sha256, state, picture)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'unlabelled', ?)`,
      sample.id,
      sample.room,
      sample.device,
      sample.burst,
      sample.capturedAtMs,
      sample.receivedAtMs,
      sample.reason,
      sample.prediction?.label ?? null,
      sample.prediction?.probability ?? null,
      sample.prediction?.model ?? null,
      sample.sentChecksum,
      createHash('sha256').update(sample.jpeg).digest(),
      sample.jpeg,
    );
  }

  /** Writes what the sample's events now amount to. Returns whether any event speaks of it; false too when it is not here yet. */
  #settle(id: SampleId, room: RoomName): boolean {
    const sample = this.#database.get(
      'SELECT device, burst, state, length(picture) AS bytes FROM samples WHERE id = ? AND room = ?',
      id,
      room,
    );
    if (!sample || sample['state'] === 'deleted') return false;
    const words = this.#database
      .all('SELECT device, event FROM label_events WHERE sample = ? AND room = ?', id, room)
      .map((row) => v.parse(wordSchema, row));
    if (words.length === 0 && sample['state'] === 'unlabelled') return false;
    const effective = effectiveLabel(words.map((word) => word.event));
    const dispute = effective.kind === 'labelled' ? disputeOf(words) : null;
    const label = effective.kind === 'labelled' ? effective.label : null;
    const event = effective.kind === 'labelled' ? effective.event : null;
    this.#database.run(
      `UPDATE samples SET state = ?, label = ?, label_event = ?, dispute = ?, picture = iif(?1 = 'deleted', NULL, picture)
       WHERE id = ?`,
      effective.kind,
      label,
      event,
      dispute && JSON.stringify(dispute),
      id,
    );
    if (effective.kind === 'labelled') this.#splitBurst(room, sample, label);
    if (effective.kind === 'deleted')
      this.#database.run(
        'UPDATE usage SET bytes = bytes - ? WHERE device = ?',
        Number(sample['bytes']),
        String(sample['device']),
      );
    return true;
  }

  #splitBurst(room: RoomName, sample: Row, label: string | null): void {
    const device = v.parse(deviceIdSchema, sample['device']);
    const burst = v.parse(burstIdSchema, sample['burst']);
    const current = this.#database.get(
      'SELECT split FROM bursts WHERE room = ? AND device = ? AND burst = ?',
      room,
      device,
      burst,
    );
    const others = this.#database.get(
      `SELECT count(*) AS n FROM (
         SELECT DISTINCT device, burst FROM samples JOIN bursts USING (room, device, burst)
         WHERE room = ? AND state = 'labelled' AND label IS ? AND split = 'train' AND NOT (device = ? AND burst = ?)
         LIMIT 10)`,
      room,
      label,
      device,
      burst,
    );
    const split = this.#split({
      device,
      burst,
      current: current ? v.parse(labelledSchema.entries.split, current['split']) : null,
      trainingBursts: Number(others?.['n']),
    });
    this.#database.run(
      `INSERT INTO bursts (room, device, burst, split) VALUES (?, ?, ?, ?)
       ON CONFLICT (room, device, burst) DO UPDATE SET split = excluded.split`,
      room,
      device,
      burst,
      split,
    );
  }

  #use(device: DeviceId, atMs: number, added: { bytes: number; samples: number; events: number }): void {
    const before = this.usage(device, atMs);
    this.#database.run(
      'INSERT OR REPLACE INTO usage (device, bytes, hour, hour_samples, hour_events) VALUES (?, ?, ?, ?, ?)',
      device,
      before.bytes + added.bytes,
      Math.floor(atMs / hourMs),
      before.samplesThisHour + added.samples,
      before.eventsThisHour + added.events,
    );
  }
}
