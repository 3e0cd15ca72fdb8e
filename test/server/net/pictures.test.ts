/** The room's pictures, as devices of a real hub list them. */
import { expect, it } from 'vitest';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import type { RoomState } from '../../../protocol/messages/room-state.ts';
import { TestDevice, newLabel, newSample } from '../../support/test-device.ts';
import { startTestHub } from '../../support/test-hub.ts';
import { noiseJpeg } from '../../support/test-picture.ts';

it('shows each device what the others took and said, and tells the room when that has changed', async () => {
  const hub = await startTestHub();
  const [phone, laptop] = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl)];
  await phone.join({ deviceName: 'Phone' });
  await laptop.join({ deviceName: 'Laptop' });
  const holds = (samples: number, label?: string) => (state: RoomState) =>
    state.samples === samples && (label === undefined || state.labels.some((one) => one.label === label));

  const sample = newSample(await noiseJpeg(1), { reason: 'unsure' });
  phone.send(sample);
  await laptop.next('room-state', holds(1));
  laptop.send({ type: 'pictures-request', after: null });
  const all = await laptop.next('pictures');
  expect(all).toMatchObject({ fresh: true, more: false });
  expect(all.entries).toMatchObject([{ sample: sample.id, deviceName: 'Phone', reason: 'unsure', said: null }]);

  phone.send(newLabel(sample.id, 'mug'));
  await laptop.next('room-state', holds(1, 'mug'));
  laptop.send(newLabel(sample.id, 'cup'));
  await phone.next('room-state', holds(1, 'cup'));
  laptop.send({ type: 'pictures-request', after: all.cursor });
  const changed = await laptop.next('pictures', ({ fresh }) => !fresh);
  expect(changed.entries).toMatchObject([{ sample: sample.id, said: { label: 'cup' }, dispute: { label: 'mug' } }]);

  laptop.send({ type: 'picture-request', sample: sample.id });
  const { jpeg } = await laptop.next('picture');
  expect(jpeg?.length).toBeGreaterThan(1000);
  phone.received.length = 0;
  laptop.send({ type: 'label-event', kind: 'delete', id: newEventId(), sample: sample.id, atMs: 1 });
  await phone.next('room-state', holds(0));
  phone.send({ type: 'pictures-request', after: changed.cursor });
  expect(await phone.next('pictures')).toMatchObject({ fresh: false, entries: [], gone: [sample.id] });
});

it('answers for a picture that the room does not have that there is none', async () => {
  const hub = await startTestHub();
  const device = new TestDevice(hub.localUrl);
  await device.join();
  const sample = newSampleId();
  device.send({ type: 'picture-request', sample });
  expect(await device.next('picture')).toEqual({ type: 'picture', sample, jpeg: null });
});
