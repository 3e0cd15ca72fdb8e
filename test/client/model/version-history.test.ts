import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { VersionHistory } from '../../../client/model/version-history.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { SettingsStore } from '../../../client/storage/settings.ts';
import type { DownMessage } from '../../../protocol/down.ts';
import type { History } from '../../../protocol/messages/history.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { downMessages } from '../../support/messages.ts';

let places = 0;

async function newHistory(place = `versions ${String(places++)}`) {
  const settings = await SettingsStore.open(await openDatabase(place), 'en');
  const sent: UpMessage[] = [];
  const isOpen = new Cell(true);
  const versions = new VersionHistory({ send: (message) => sent.push(message), isOpen, settings, nowMs: () => 1234 });
  return { place, versions, settings, sent, isOpen };
}

const told = (current: History['current']): History => ({ type: 'history', current, versions: [], figures: null });
const messageOf = (type: DownMessage['type']): DownMessage => {
  const found = downMessages.find((message) => message.type === type);
  if (!found) throw new Error(`There is no ${type}.`);
  return found;
};

it('asks when the hub comes back, when a version comes and when someone looks, and not twice at a time', async () => {
  const { versions, sent, isOpen } = await newHistory();
  const answer = told({ version: 1, pinned: false });
  versions.ask();
  isOpen.set(false);
  versions.ask();
  expect(sent, 'without a hub nobody is asked').toHaveLength(1);
  isOpen.set(true);
  expect(sent).toHaveLength(2);
  for (const type of ['report', 'model-offer', 'room-state'] as const) versions.receive(messageOf(type));
  expect(sent, 'the hub has not answered yet').toHaveLength(2);
  versions.receive(answer);
  expect(sent, 'something has changed since it was asked').toHaveLength(3);
  versions.receive(answer);
  versions.receive(messageOf('room-state'));
  expect(sent).toEqual(Array.from({ length: 3 }, () => ({ type: 'history-request' })));
});

it('shows without the hub the newest version that it told of, though nobody had looked', async () => {
  const { place, versions, settings, sent, isOpen } = await newHistory();
  versions.receive(messageOf('report'));
  expect(sent).toEqual([{ type: 'history-request' }]);
  const newest = told({ version: 9, pinned: false });
  versions.receive(newest);
  await vi.waitFor(() => {
    expect(settings.state.peek().history).not.toBeNull();
  });
  isOpen.set(false);
  expect((await newHistory(place)).versions.known.peek()?.history).toEqual(newest);
});

it('still knows without the hub what it told, and when', async () => {
  const { place, versions, settings } = await newHistory();
  const history = messageOf('history');
  versions.receive(history);
  await vi.waitFor(() => {
    expect(settings.state.peek().history).not.toBeNull();
  });
  const later = await newHistory(place);
  expect(later.versions.known.peek()).toEqual({ history, toldAtMs: 1234 });
});

it('forgets what an app kept in another form', async () => {
  const { place, settings } = await newHistory();
  await settings.write('history', {
    history: { ...told({ version: 1, pinned: false }), extra: 1 } as never,
    toldAtMs: 1,
  });
  expect((await newHistory(place)).versions.known.peek()).toBeNull();
});

it('holds a wish until the hub’s history shows it, and says when it was refused', async () => {
  const { versions, sent, isOpen } = await newHistory();
  versions.pin(1);
  expect(sent).toEqual([{ type: 'pin', version: 1 }]);
  // It was on its way already.
  versions.receive(told({ version: 2, pinned: false }));
  expect(versions.wish.peek()).toEqual({ kind: 'asked', version: 1 });
  versions.receive(told({ version: 1, pinned: true }));
  expect(versions.wish.peek()).toEqual({ kind: 'none' });
  versions.pin(null);
  versions.receive(told({ version: 2, pinned: false }));
  expect(versions.wish.peek()).toEqual({ kind: 'none' });
  versions.pin(7);
  versions.receive({ type: 'refusal', code: 'unknown-model', text: 'No.', of: { kind: 'pin', version: 7 } });
  expect(versions.wish.peek()).toEqual({ kind: 'refused', version: 7 });
  versions.pin(8);
  isOpen.set(false);
  expect(versions.wish.peek()).toEqual({ kind: 'none' });
  versions.pin(9);
  expect(sent.at(-1), 'without a hub nobody is asked').toEqual({ type: 'pin', version: 8 });
});
