import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import type { DeviceId, SampleId } from '../../../protocol/ids.ts';
import {
  homeRoom,
  modelHashSchema,
  newBurstId,
  newDeviceId,
  newEventId,
  newSampleId,
  roomNameSchema,
} from '../../../protocol/ids.ts';
import { maxPictures } from '../../../protocol/limits.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import type { PictureEntry, Pictures } from '../../../protocol/messages/pictures.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { PictureList } from '../../../server/store/picture-list.ts';
import type { NewSample, Split } from '../../../server/store/sample-store.ts';
import { migrations } from '../../../server/store/schema.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { SqliteVersionStore } from '../../../server/store/sqlite-version-store.ts';
import { newLabel } from '../../support/test-device.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const phone = newDeviceId();
const laptop = newDeviceId();

function newPicture(values: Partial<NewSample> = {}): NewSample {
  const jpeg = crypto.getRandomValues(new Uint8Array(20));
  return {
    id: newSampleId(),
    room: homeRoom,
    device: phone,
    burst: newBurstId(),
    capturedAtMs: 1,
    receivedAtMs: 1,
    reason: 'corrected',
    prediction: null,
    jpeg,
    sentChecksum: createHash('sha256').update(jpeg).digest(),
    ...values,
  };
}

/** A list over a real database, and a device that reads it from where it was. */
async function newList() {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const database = openDatabase(path);
  onTestFinished(() => {
    database.close();
  });
  let split: Split = 'train';
  const samples = new SqliteSampleStore(database, () => split);
  const list = new PictureList(database);
  let cursor: string | null = null;
  return {
    samples,
    list,
    versions: new SqliteVersionStore(database),
    splitAs: (next: Split) => (split = next),
    say: (event: LabelEvent, device: DeviceId = phone) =>
      samples.addEvent({ room: homeRoom, device, receivedAtMs: 1, event }),
    read(): Pictures {
      const page = list.since(homeRoom, cursor);
      cursor = page.cursor;
      return page;
    },
  };
}

const undoOf = ({ sample, id }: LabelEvent): LabelEvent => ({
  type: 'label-event',
  kind: 'undo',
  id: newEventId(),
  sample,
  undoes: id,
  atMs: 1,
});

const only = ({ entries, gone }: Pictures): PictureEntry => {
  expect([entries.length, gone.length]).toEqual([1, 0]);
  return entries[0]!;
};

it('tells of every picture once, and again only of what has changed', async () => {
  const { samples, say, read } = await newList();
  const [one, two] = [newPicture({ prediction: null }), newPicture()];
  for (const each of [one, two]) await samples.addSample(each);
  expect(read()).toMatchObject({
    fresh: true,
    more: false,
    gone: [],
    entries: [{ sample: one.id, said: null, dispute: null, heldOut: false, learnedIn: null }, { sample: two.id }],
  });
  expect(read()).toMatchObject({ fresh: false, entries: [], gone: [] });
  const label = newLabel(one.id, 'mug');
  const somebody = newDeviceId();
  await say(label, somebody);
  expect(only(read())).toMatchObject({ sample: one.id, said: { label: 'mug', event: label.id, device: somebody } });
  await say(undoOf(label));
  expect(only(read())).toMatchObject({ sample: one.id, said: null });
});

it('tells of a deleted picture that it is gone', async () => {
  const { samples, say, read } = await newList();
  const kept = newPicture();
  await samples.addSample(kept);
  read();
  await say({ type: 'label-event', kind: 'delete', id: newEventId(), sample: kept.id, atMs: 1 });
  expect(read()).toMatchObject({ entries: [], gone: [kept.id] });
});

it('goes page by page through a large room, and misses nothing that comes meanwhile', async () => {
  const { samples, say, read } = await newList();
  const all = Array.from({ length: maxPictures + 20 }, () => newPicture());
  await Promise.all(all.map((each) => samples.addSample(each)));
  const first = read();
  expect([first.entries.length, first.more]).toEqual([maxPictures, true]);
  await say(newLabel(all[0]!.id, 'mug'));
  const second = read();
  expect([second.entries.length, second.more]).toEqual([21, false]);
  const told = new Map<SampleId, PictureEntry>(
    [...first.entries, ...second.entries].map((entry) => [entry.sample, entry]),
  );
  expect(told.size).toBe(all.length);
  expect(told.get(all[0]!.id)?.said?.label).toBe('mug');
});

it('says which version learned from a label first, also when it is taken back and the earlier one holds again', async () => {
  const { samples, say, versions, read } = await newList();
  const kept = newPicture();
  await samples.addSample(kept);
  const [mug, cup] = [newLabel(kept.id, 'mug'), newLabel(kept.id, 'cup')];
  await say(mug);
  read();
  const base = { room: homeRoom, parent: null, report: null, figures: null, createdAtMs: 1 };
  const model = v.parse(modelHashSchema, 'a'.repeat(64));
  versions.promote({ ...base, version: 1, model, status: 'promoted', corrections: [] });
  versions.add({ ...base, version: 2, model, status: 'refused', corrections: [mug.id] });
  expect(read().entries).toEqual([]);
  versions.promote({ ...base, version: 2, model, status: 'promoted', corrections: [mug.id] });
  expect(only(read()).learnedIn).toBe(2);
  versions.promote({ ...base, version: 3, model, status: 'in-trial', corrections: [mug.id] });
  expect(read().entries).toEqual([]);
  await say(cup);
  expect(only(read()).learnedIn).toBeNull();
  await say(undoOf(cup));
  expect(only(read()).learnedIn).toBe(2);
});

it('says which pictures judge, and of a whole burst when they no longer do', async () => {
  const { samples, say, splitAs, read } = await newList();
  const burst = newBurstId();
  const [one, two] = [newPicture({ burst }), newPicture({ burst })];
  splitAs('validation');
  for (const each of [one, two]) {
    await samples.addSample(each);
    await say(newLabel(each.id, 'mug'));
  }
  expect(read().entries.map(({ heldOut }) => heldOut)).toEqual([true, true]);
  splitAs('train');
  await say(newLabel(one.id, 'cup'));
  const changed = read().entries;
  expect(changed.map(({ sample }) => sample).sort()).toEqual([one.id, two.id]);
  expect(changed.map(({ heldOut }) => heldOut)).toEqual([false, false]);
});

it('says what another device said before, until somebody has the last word', async () => {
  const { samples, say, read } = await newList();
  const kept = newPicture();
  await samples.addSample(kept);
  await say(newLabel(kept.id, 'mug'), phone);
  await say(newLabel(kept.id, null), laptop);
  expect(only(read())).toMatchObject({ said: { label: null }, dispute: { label: 'mug' } });
  await say(newLabel(kept.id, 'mug'), laptop);
  expect(only(read())).toMatchObject({ said: { label: 'mug' }, dispute: null });
});

it('begins anew for a cursor of another room or database, and for one that it has not reached', async () => {
  const { samples, list, read } = await newList();
  const other = await newList();
  const kept = newPicture();
  for (const each of [samples, other.samples]) await each.addSample(kept);
  const { cursor } = read();
  for (const strange of [other.read().cursor, list.since(v.parse(roomNameSchema, 'shed'), null).cursor, 'nonsense'])
    expect(list.since(homeRoom, strange)).toMatchObject({ fresh: true, entries: [{ sample: kept.id }] });
  expect(list.since(homeRoom, cursor)).toMatchObject({ fresh: false, entries: [] });
  expect(list.since(homeRoom, `${cursor}0`)).toMatchObject({ fresh: true, entries: [{ sample: kept.id }] });
});

it('gives a picture to its room and to no other', async () => {
  const { samples, list } = await newList();
  const kept = newPicture();
  await samples.addSample(kept);
  expect(list.jpeg(homeRoom, kept.id)).toEqual(kept.jpeg);
  expect(list.jpeg(v.parse(roomNameSchema, 'shed'), kept.id)).toBeNull();
  expect(list.jpeg(homeRoom, newSampleId())).toBeNull();
});

it('tells of what a room held and had learned before it could be listed', async () => {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const older = new DatabaseSync(path);
  for (const step of migrations.slice(0, 3)) older.exec(step);
  const [sample, event] = [newSampleId(), newEventId()];
  const blob = new Uint8Array(32);
  older
    .prepare(
      `INSERT INTO samples (id, room, device, burst, captured_at, received_at, reason, sent_sha256, sha256, state, label,
         label_event, picture) VALUES (?, 'home', ?, ?, 1, 1, 'corrected', ?, ?, 'labelled', 'mug', ?, ?)`,
    )
    .run(sample, phone, newBurstId(), blob, blob, event, blob);
  older
    .prepare(`INSERT INTO label_events (id, room, device, sample, received_at, event) VALUES (?, 'home', ?, ?, 1, ?)`)
    .run(event, phone, sample, JSON.stringify({ ...newLabel(sample, 'mug'), id: event }));
  older
    .prepare(
      `INSERT INTO versions (room, version, model, status, corrections, created_at) VALUES ('home', 4, 'x', 'promoted', ?, 1)`,
    )
    .run(JSON.stringify([event]));
  older.exec('PRAGMA user_version = 3');
  older.close();
  const database = openDatabase(path);
  onTestFinished(() => {
    database.close();
  });
  const list = new PictureList(database);
  expect(only(list.since(homeRoom, null))).toMatchObject({
    sample,
    said: { label: 'mug', event, device: phone },
    learnedIn: 4,
  });
});
