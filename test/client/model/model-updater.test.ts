import 'fake-indexeddb/auto';
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import { ModelUpdater } from '../../../client/model/model-updater.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { SettingsStore } from '../../../client/storage/settings.ts';
import type { ModelHash } from '../../../protocol/ids.ts';
import { modelHashSchema } from '../../../protocol/ids.ts';
import type { ModelOffer } from '../../../protocol/messages/model-offer.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';

let places = 0;

const hashOf = (digit: string): ModelHash => v.parse(modelHashSchema, digit.repeat(64));
const [one, two, three] = [hashOf('1'), hashOf('2'), hashOf('3')];

const offer = (model: ModelHash, version: number, parent?: ModelHash): ModelOffer => ({
  type: 'model-offer',
  model,
  version,
  bytes: 1000,
  delta: parent ? { parent, bytes: 10 } : null,
});

async function newUpdater(place = `updater ${String(places++)}`, recognition = new ScriptedRecognition()) {
  const settings = await SettingsStore.open(await openDatabase(place), 'en');
  const sent: UpMessage[] = [];
  const updater = new ModelUpdater({
    recognition,
    settings,
    send: (message) => sent.push(message),
  });
  const live = (model: ModelHash) =>
    vi.waitFor(() => {
      expect(sent.at(-1)).toEqual({ type: 'model-status', model, status: { kind: 'live' } });
    });
  const held = (): readonly ModelHash[] => settings.state.peek().models.map(({ hash }) => hash);
  return { place, updater, settings, recognition, sent, live, held };
}

it('fetches the first model whole, and starts with it the next time without the hub', async () => {
  const { place, updater, recognition, live, held } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  expect(recognition.fetched).toEqual([one]);
  expect(held()).toEqual([one]);
  const next = await newUpdater(place, recognition);
  await next.updater.startFromCache();
  expect(next.updater.state.peek()).toMatchObject({ kind: 'live', held: { hash: one, version: 1 } });
  expect(recognition.fetched, 'from the cache').toEqual([one]);
});

it('asks for the delta when it holds the parent, and keeps the previous version', async () => {
  const { updater, recognition, sent, live, held } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  updater.receive(offer(two, 2, one));
  await vi.waitFor(() => {
    expect(sent.at(-1)).toEqual({ type: 'model-request', model: two, parent: one });
  });
  updater.receive({ type: 'model-delta', model: two, parent: one, delta: Uint8Array.of(1) });
  await live(two);
  expect(recognition.fetched).toEqual([one]);
  expect(held()).toEqual([two, one]);
  updater.receive(offer(three, 3));
  await live(three);
  expect(held()).toEqual([three, two]);
  expect([...recognition.kept]).toEqual([two, three]);
});

it.each(['does not fit', 'is refused'])('fetches the whole model when the delta %s', async (how) => {
  const { updater, recognition, live } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  recognition.bad.add(one);
  updater.receive(offer(two, 2, one));
  updater.receive(
    how === 'is refused'
      ? { type: 'refusal', code: 'no-delta', text: 'There is none.', of: { kind: 'model', id: two } }
      : { type: 'model-delta', model: two, parent: one, delta: Uint8Array.of(1) },
  );
  await live(two);
  expect(recognition.fetched).toEqual([one, two]);
});

it('stays with what it had when the new one fails its self-test, and says so to the hub and, once, to its owner', async () => {
  const { updater, recognition, sent, live, held } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  recognition.bad.add(two);
  updater.receive(offer(two, 2));
  await vi.waitFor(() => {
    expect(sent.at(-1)).toMatchObject({ type: 'model-status', model: two, status: { kind: 'rejected' } });
  });
  expect(updater.state.peek()).toMatchObject({ kind: 'live', held: { hash: one } });
  expect(held()).toEqual([one]);
  expect(updater.failedHere.peek()).toEqual({ kind: 'failed-here', version: 2, stays: 1 });
  updater.dismissFailed();
  const told = sent.length;
  updater.receive(offer(two, 2));
  await vi.waitFor(() => {
    expect(sent.length).toBeGreaterThan(told);
  });
  expect(updater.failedHere.peek(), 'the hub offers it again after every break of the link').toBeNull();
});

it('no longer speaks of a version that failed once a later one is live', async () => {
  const { updater, recognition, live } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  recognition.bad.add(two);
  updater.receive(offer(two, 2));
  await vi.waitFor(() => {
    expect(updater.failedHere.peek()).not.toBeNull();
  });
  updater.receive(offer(three, 3));
  await live(three);
  expect(updater.failedHere.peek()).toBeNull();
});

it('starts with the previous version when the newest no longer works here', async () => {
  const { place, updater, recognition, live } = await newUpdater();
  updater.receive(offer(one, 1));
  await live(one);
  updater.receive(offer(two, 2));
  await live(two);
  recognition.bad.add(two);
  const next = await newUpdater(place, recognition);
  await next.updater.startFromCache();
  expect(next.updater.state.peek()).toMatchObject({ kind: 'live', held: { hash: one, version: 1 } });
});

it('fetches what was on its way when the worker went', async () => {
  const { updater, recognition, live } = await newUpdater();
  const fetch = vi.spyOn(recognition, 'fetch').mockRejectedValueOnce(new Error('The worker is gone.'));
  updater.receive(offer(one, 1));
  await updater.startFromCache();
  await live(one);
  expect(fetch).toHaveBeenCalledTimes(2);
});
