/** The device's list joined with the hub's, over messages in memory: a real database on each side. */
import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import type { LinkState } from '../../../client/link/link.ts';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { PictureCache } from '../../../client/pictures/picture-cache.ts';
import { PictureEdits } from '../../../client/pictures/picture-edits.ts';
import { Pictures } from '../../../client/pictures/pictures.ts';
import type { ExampleBank } from '../../../client/recognition/example-bank.ts';
import { IdbExampleBank } from '../../../client/recognition/example-bank.ts';
import { KeptEmbeddings } from '../../../client/recognition/kept-embeddings.ts';
import type { ExampleRecord } from '../../../client/storage/database.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import type { EventId, SampleId } from '../../../protocol/ids.ts';
import { seenOnce } from '../../../protocol/learning/glances.ts';
import { mostExamples } from '../../../protocol/learning/heads/examples.ts';
import { homeRoom, newDeviceId, newEventId, newSampleId } from '../../../protocol/ids.ts';
import { maxPictures } from '../../../protocol/limits.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import type { Sample } from '../../../protocol/messages/sample.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { protocolVersion } from '../../../protocol/version.ts';
import { openDatabase as openHubDatabase } from '../../../server/store/database.ts';
import { PictureList } from '../../../server/store/picture-list.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { newCorrection } from '../../support/corrections.ts';
import { testModel } from '../../support/predictions.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';
import { newLabel, newSample } from '../../support/test-device.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const somebody = newDeviceId();

const linked: LinkState = {
  kind: 'open',
  welcome: { type: 'welcome', version: protocolVersion, hubName: 'kitchen', trainerBackend: 'none', secret: null },
};
const away: LinkState = { kind: 'waiting', attempt: 0 };

async function newHub() {
  const database = openHubDatabase(join(await temporaryFolder(), 'hub.sqlite'));
  onTestFinished(() => {
    database.close();
  });
  const samples = new SqliteSampleStore(database, () => 'train');
  const say = (event: LabelEvent, device = somebody) =>
    samples.addEvent({ room: homeRoom, device, receivedAtMs: 1, event });
  const take = ({ type: _, checksum: sentChecksum, ...sample }: Sample, device = somebody) =>
    samples.addSample({ ...sample, sentChecksum, room: homeRoom, device, receivedAtMs: 1 });
  return {
    list: new PictureList(database),
    say,
    take,
    /** A picture that somebody else took and labelled. */
    async teach(label: string): Promise<Sample> {
      const sample = newSample(crypto.getRandomValues(new Uint8Array(30)));
      await take(sample);
      await say(newLabel(sample.id, label));
      return sample;
    },
  };
}

/** What it learns lies in its database, as the worker keeps it. */
class BankedRecognition extends ScriptedRecognition {
  readonly #bank: ExampleBank;

  constructor(bank: ExampleBank) {
    super();
    this.#bank = bank;
  }

  override async learn(examples: readonly ExampleRecord[]): Promise<void> {
    await super.learn(examples);
    await this.#bank.add(examples);
  }

  override async forget(events: readonly string[]): Promise<void> {
    await super.forget(events);
    await this.#bank.remove(events);
  }
}

let places = 0;

type DeviceOptions = { readonly place?: string; readonly link?: LinkState; readonly erasing?: boolean };

/** A device with its database at `place`; it has a hub while `link` is open. */
async function newDevice(
  hub: Awaited<ReturnType<typeof newHub>>,
  { place = `pictures ${String(places++)}`, link = linked, erasing = false }: DeviceOptions = {},
) {
  const database = await openDatabase(place);
  const outbox = await IdbOutbox.open(database);
  const bank = new IdbExampleBank(database);
  const recognition = new BankedRecognition(bank);
  const state = new Cell<LinkState>(away);
  const asked: UpMessage[] = [];
  const device = newDeviceId();
  let lessons = 0;
  const send = (message: UpMessage): void => {
    asked.push(message);
    if (message.type === 'pictures-request') pictures.receive(hub.list.since(homeRoom, message.after));
    if (message.type === 'picture-request')
      pictures.receive({
        type: 'picture',
        sample: message.sample,
        jpeg: hub.list.jpeg(homeRoom, message.sample),
      });
  };
  const pictures: Pictures = new Pictures({
    database,
    device,
    link: { state, send },
    outboxCounts: outbox.counts,
    recognition,
    onLesson: () => lessons++,
    erasing: () => erasing,
  });
  const timers: (() => void)[] = [];
  const edited: SampleId[] = [];
  const edits = new PictureEdits({
    database,
    outbox,
    pictures,
    recognition,
    onLesson: () => undefined,
    onEdited: (samples) => edited.push(...samples),
    after: (_, callback) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback), 1);
    },
    nowMs: () => 1,
  });
  state.set(link);
  return {
    place,
    database,
    outbox,
    recognition,
    state,
    /** How often it was told that something was learned or forgotten. */
    lessons: () => lessons,
    /** What it has asked the hub. */
    asks: (type: UpMessage['type']) => asked.filter((message) => message.type === type).length,
    device,
    pictures,
    edits,
    edited,
    timers,
    /** As the hub does when something in the room has changed. */
    roomChanged: () => {
      pictures.receive({ type: 'room-state' } as Parameters<Pictures['receive']>[0]);
    },
    shown: () => pictures.all.peek()?.map(({ said }) => said?.label),
    sent: async () => (await outbox.after(0, 1000)).map(({ message }) => message),
    /** It learned this in an earlier session. */
    learned: (sample: SampleId, event: EventId, label: string): Promise<void> =>
      bank.add([{ sample, event, label, jpeg: Uint8Array.of(1, 2, 3) }]),
  };
}

it('lists what the hub tells page by page, asks again only for what has changed, and keeps it for flight mode', async () => {
  const hub = await newHub();
  for (let i = 0; i < maxPictures + 5; i++) await hub.teach(`class ${String(i)}`);
  const { place, database, pictures, asks, shown, roomChanged } = await newDevice(hub);
  expect(pictures.all.peek()).toBeNull();
  const stop = pictures.watch();
  await vi.waitFor(() => {
    expect(pictures.telling.peek()).toBe('told');
  });
  expect(shown()).toEqual(Array.from({ length: maxPictures + 5 }, (_, i) => `class ${String(maxPictures + 4 - i)}`));
  expect(asks('pictures-request')).toBe(2);
  await hub.teach('mug');
  roomChanged();
  await vi.waitFor(() => {
    expect(shown()?.[0]).toBe('mug');
  });
  expect(asks('pictures-request')).toBe(3);
  // Nobody looks at the list any more; it is there in flight mode all the same.
  stop();
  await hub.teach('bowl');
  roomChanged();
  await vi.waitFor(async () => {
    expect(await database.count('entries')).toBe(maxPictures + 7);
  });

  const later = await newDevice(hub, { place, link: away });
  later.pictures.watch();
  await vi.waitFor(() => {
    expect(later.shown()).toHaveLength(maxPictures + 7);
  });
  expect([later.pictures.telling.peek(), later.asks('pictures-request')]).toEqual(['out-of-reach', 0]);
});

it('fetches a picture once and shows it in flight mode, and gives up what is out of reach', async () => {
  const hub = await newHub();
  // Nobody has said what they show: else they would be learned, and be here for that.
  const [seen, unseen] = [newSample(Uint8Array.of(1)), newSample(Uint8Array.of(2))];
  await hub.take(seen);
  await hub.take(unseen);
  const { pictures, state, asks } = await newDevice(hub);
  expect(await pictures.jpeg(seen.id)).toEqual(new Uint8Array(seen.jpeg));
  expect(await pictures.jpeg(newSampleId())).toBeNull();
  state.set(away);
  expect(await pictures.jpeg(seen.id)).toEqual(new Uint8Array(seen.jpeg));
  expect(await pictures.jpeg(unseen.id)).toBeNull();
  expect(asks('picture-request')).toBe(2);
});

it('keeps so many fetched pictures and no more, the newest', async () => {
  const cache = new PictureCache(await openDatabase(`cache ${String(places++)}`), 3);
  const samples = Array.from({ length: 5 }, () => newSampleId());
  for (const [i, sample] of samples.entries()) {
    await cache.keep(sample, Uint8Array.of(i));
    await cache.keep(sample, Uint8Array.of(i));
  }
  const kept = await Promise.all(samples.map((sample) => cache.find(sample)));
  expect(kept.map((jpeg) => jpeg?.[0])).toEqual([undefined, undefined, 2, 3, 4]);
});

it('goes on showing its own picture from the outbox to the hub, without a gap', async () => {
  const hub = await newHub();
  const { pictures, outbox, device, roomChanged, shown } = await newDevice(hub);
  const [sample, event] = newCorrection('mug');
  const states: unknown[] = [];
  pictures.watch();
  await vi.waitFor(() => {
    expect(pictures.telling.peek()).toBe('told');
  });
  pictures.all.subscribe((all) => states.push(all?.map(({ state }) => state.kind)));
  await outbox.add([sample, event]);
  await hub.take(sample, device);
  await hub.say(event, device);
  await outbox.forget([sample.id, event.id]);
  await vi.waitFor(() => {
    expect(states.at(-1)).toEqual(['sent']);
  });
  roomChanged();
  await vi.waitFor(() => {
    expect(pictures.all.peek()?.[0]?.said?.event).toBe(event.id);
  });
  expect(states.every((kinds) => Array.isArray(kinds) && kinds.length === 1)).toBe(true);
  expect(states[0]).toEqual(['here']);
  // Taken back by somebody else later: what was said here does not insist.
  const undo = { ...event, kind: 'undo', id: newEventId(), undoes: event.id, label: undefined };
  await hub.say(JSON.parse(JSON.stringify(undo)) as LabelEvent);
  roomChanged();
  await vi.waitFor(() => {
    expect(shown()).toEqual([undefined]);
  });
});

it('learns what somebody else says of its picture, and forgets what they deleted or took back', async () => {
  const hub = await newHub();
  const device = await newDevice(hub);
  const [changed, gone, same] = [await hub.teach('mug'), await hub.teach('mug'), await hub.teach('mug')];
  const events = new Map([changed, gone, same].map(({ id }) => [id, newLabel(id, 'cup')]));
  for (const [sample, event] of events) {
    await hub.say(event, device.device);
    await device.learned(sample, event.id, 'cup');
  }
  device.pictures.watch();
  await vi.waitFor(() => {
    expect(device.shown()).toEqual(['cup', 'cup', 'cup']);
  });
  expect(device.recognition.forgotten).toEqual([]);
  const bowl = newLabel(changed.id, 'bowl');
  await hub.say(bowl);
  await hub.say({ type: 'label-event', kind: 'delete', id: newEventId(), sample: gone.id, atMs: 1 });
  device.roomChanged();
  await vi.waitFor(() => {
    expect(device.shown()).toEqual(['cup', 'bowl']);
  });
  expect([...device.recognition.forgotten].sort()).toEqual(
    [events.get(changed.id)?.id, events.get(gone.id)?.id].sort(),
  );
  expect(device.recognition.learned).toMatchObject([{ sample: changed.id, event: bowl.id, label: 'bowl' }]);
});

it('keeps what it has learned itself when the hub deletes what it gave', async () => {
  const hub = await newHub();
  const [own, theirs] = [newSample(Uint8Array.of(1)), await hub.teach('cup')];
  const device = await newDevice(hub, { link: away, erasing: true });
  const said = newLabel(own.id, 'mug');
  await hub.take(own, device.device);
  await hub.say(said, device.device);
  await device.learned(own.id, said.id, 'mug');
  const labels = async () => (await device.database.getAll('examples')).map(({ label }) => label).sort();
  device.state.set(linked);
  await vi.waitFor(async () => {
    expect(await labels()).toEqual(['cup', 'mug']);
  });
  for (const { id } of [own, theirs])
    await hub.say({ type: 'label-event', kind: 'delete', id: newEventId(), sample: id, atMs: 1 });
  device.roomChanged();
  await vi.waitFor(async () => {
    expect(await labels()).toEqual(['mug']);
  });
});

it('learns what is said on other devices, also while nobody looks, and follows it', async () => {
  const hub = await newHub();
  const [relabelled, deleted] = [await hub.teach('mug'), await hub.teach('mug')];
  const device = await newDevice(hub);
  const examples = async () => {
    const all = await device.database.getAll('examples');
    return all.map(({ sample, label, ofRoom }) => ({ sample, label, ofRoom }));
  };
  await vi.waitFor(async () => {
    expect(await examples()).toEqual(
      [relabelled, deleted].map(({ id }) => ({ sample: id, label: 'mug', ofRoom: true })),
    );
  });
  // Who looks or is asked hears of it, too.
  await vi.waitFor(() => {
    expect(device.lessons()).toBe(1);
  });
  await hub.say(newLabel(relabelled.id, 'bowl'));
  await hub.say({ type: 'label-event', kind: 'delete', id: newEventId(), sample: deleted.id, atMs: 1 });
  device.roomChanged();
  await vi.waitFor(async () => {
    expect(await examples()).toEqual([{ sample: relabelled.id, label: 'bowl', ofRoom: true }]);
    expect(device.lessons()).toBeGreaterThan(1);
  });
  device.pictures.watch();
  await vi.waitFor(() => {
    expect(device.pictures.all.peek()?.map((picture) => picture.device)).toEqual([somebody]);
  });
});

it('learns of the room as much as makes a head, the newest, and not what it waits to say something else of', async () => {
  const hub = await newHub();
  const early = await hub.teach('old');
  const device = await newDevice(hub);
  const [own] = [await hub.teach('cup')];
  await device.outbox.add([newLabel(own.id, 'mug')]);
  const labels = async () => (await device.database.getAll('examples')).map(({ label }) => label);
  await vi.waitFor(async () => {
    expect(await labels()).toEqual(['old']);
  });
  for (let i = 1; i < mostExamples; i++) await hub.teach(String(i));
  device.roomChanged();
  const newest = Array.from({ length: mostExamples - 1 }, (_, i) => String(i + 1));
  await vi.waitFor(async () => {
    expect(await labels()).toEqual(newest);
  });
  expect(device.recognition.forgotten).toEqual([(await device.database.get('entries', early.id))?.said?.event]);
});

it('says of many pictures what they show, learns those that are here, and takes it all back at once', async () => {
  const hub = await newHub();
  const [elsewhere, taught] = [newSample(Uint8Array.of(1)), await hub.teach('cup')];
  await hub.take(elsewhere);
  const { pictures, edits, recognition, edited, learned, sent, shown, state } = await newDevice(hub, {
    link: away,
  });
  const former = newLabel(taught.id, 'cup');
  await hub.say(former);
  await learned(taught.id, former.id, 'cup');
  state.set(linked);
  pictures.watch();
  await vi.waitFor(() => {
    expect(pictures.all.peek()).toHaveLength(2);
  });
  await edits.say(pictures.all.peek() ?? [], 'mug');
  const said = await sent();
  expect(said).toMatchObject([
    { kind: 'relabel', sample: taught.id, label: 'mug' },
    { kind: 'label', sample: elsewhere.id, label: 'mug' },
  ]);
  expect(edited).toEqual([taught.id, elsewhere.id]);
  expect(recognition.forgotten).toEqual([former.id]);
  expect(recognition.learned).toMatchObject([{ sample: taught.id, event: said[0]?.id, label: 'mug' }]);
  expect(edits.notice.peek()).toEqual({ kind: 'said', label: 'mug', count: 2 });
  await vi.waitFor(() => {
    expect(shown()).toEqual(['mug', 'mug']);
  });
  await edits.undo();
  expect((await sent()).slice(2)).toMatchObject(said.map(({ id }) => ({ kind: 'undo', undoes: id })));
  expect(recognition.forgotten).toEqual([former.id, said[0]?.id]);
  expect(recognition.learned.at(-1)).toMatchObject({ event: former.id, label: 'cup' });
  await vi.waitFor(() => {
    expect(shown()).toEqual(['cup', undefined]);
  });
});

it('deletes for good only when it can no longer be taken back, and sends no picture that was deleted before', async () => {
  const hub = await newHub();
  const { pictures, edits, outbox, recognition, learned, sent, timers, shown } = await newDevice(hub);
  const correction = newCorrection('mug');
  const [sample, event] = correction;
  await outbox.add(correction);
  await learned(sample.id, event.id, 'mug');
  pictures.watch();
  await vi.waitFor(() => {
    expect(shown()).toEqual(['mug']);
  });
  await edits.delete(pictures.all.peek() ?? []);
  expect([...edits.hidden.peek()]).toEqual([sample.id]);
  await edits.undo();
  expect([...edits.hidden.peek()]).toEqual([]);
  expect(await sent()).toHaveLength(2);
  await edits.delete(pictures.all.peek() ?? []);
  expect(await sent()).toHaveLength(2);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  await vi.waitFor(() => {
    expect(shown()).toEqual([]);
  });
  expect(await sent()).toMatchObject([{ kind: 'delete', sample: sample.id }]);
  expect(recognition.forgotten).toEqual([event.id]);
  expect(edits.notice.peek()).toBeNull();
  // Its time is over.
  await edits.undo();
  expect(await sent()).toHaveLength(1);
});

it('deletes a bad photo at once, and brings back what was hidden before no more', async () => {
  const hub = await newHub();
  const { database, edits, edited, outbox, sent } = await newDevice(hub);
  const [bad] = newCorrection('mug');
  await outbox.add([bad]);
  await new KeptEmbeddings(database).add(testModel, [
    { record: { sample: bad.id }, seen: seenOnce(Float32Array.of(1)) },
  ]);
  await edits.discard(bad.id);
  expect(await sent()).toMatchObject([{ kind: 'delete', sample: bad.id }]);
  expect(await database.count('embeddings')).toBe(0);
  expect([edited, edits.notice.peek()]).toEqual([[bad.id], null]);
  await edits.undo();
  expect(await sent()).toHaveLength(1);
});

it('makes the edit before final when another one comes', async () => {
  const hub = await newHub();
  await hub.teach('mug');
  await hub.teach('cup');
  const { pictures, edits, sent } = await newDevice(hub);
  pictures.watch();
  await vi.waitFor(() => {
    expect(pictures.all.peek()).toHaveLength(2);
  });
  const [cup, mug] = pictures.all.peek() ?? [];
  await edits.delete([cup!]);
  await edits.say([mug!], 'bowl');
  expect(await sent()).toMatchObject([{ kind: 'delete', sample: cup?.sample }, { kind: 'relabel' }]);
});

it('says that the device is full, and has changed nothing', async () => {
  const hub = await newHub();
  await hub.teach('mug');
  const { pictures, edits, outbox, recognition, shown } = await newDevice(hub);
  pictures.watch();
  await vi.waitFor(() => {
    expect([shown(), recognition.learned.length]).toEqual([['mug'], 1]);
  });
  // IndexedDB in memory has no quota: the outbox says what a full device would say.
  outbox.add = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  await edits.say(pictures.all.peek() ?? [], 'bowl');
  expect([edits.notice.peek(), shown(), recognition.learned.length]).toEqual([{ kind: 'full' }, ['mug'], 1]);
});
