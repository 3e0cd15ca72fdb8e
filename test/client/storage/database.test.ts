import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { newDeviceId } from '../../../protocol/ids.ts';
import { newCorrection } from '../../support/corrections.ts';

it('keeps everything of the first version, finds what was learned by its sample, and counts the pictures that wait', async () => {
  const [sample, event] = newCorrection('mug');
  const [, other] = newCorrection('cup');
  const device = newDeviceId();
  const learned = { sample: sample.id, event: event.id, label: 'mug', jpeg: Uint8Array.of(7) };
  const first = await openDB('older', 1, {
    upgrade(database) {
      const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      database.createObjectStore('refused', { keyPath: 'id' });
      database.createObjectStore('examples', { keyPath: 'event' });
      database.createObjectStore('settings');
    },
  });
  await first.put('outbox', { id: sample.id, message: sample });
  await first.put('outbox', { id: event.id, message: event });
  await first.put('outbox', { id: other.id, message: other });
  await first.put('refused', { id: event.id, message: event, code: 'checksum', text: 'No.' });
  await first.put('examples', learned);
  await first.put('settings', device, 'device');
  first.close();
  const now = await openDatabase('older');
  expect(await now.getFromIndex('outbox', 'id', sample.id)).toMatchObject({ message: sample });
  expect(await now.get('refused', event.id)).toMatchObject({ text: 'No.' });
  expect(await now.getAllFromIndex('examples', 'sample', sample.id)).toEqual([learned]);
  expect(await now.get('settings', 'device')).toBe(device);
  expect(await now.count('entries')).toBe(0);
  const { counts } = await IdbOutbox.open(now);
  expect(counts.peek()).toEqual({ queued: 2, refused: 1 });
});
