import { expect, it } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { RoomDevices } from '../../../client/link/room-devices.ts';
import { newDeviceId } from '../../../protocol/ids.ts';
import type { RoomDevice } from '../../../protocol/messages/devices.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { downMessages } from '../../support/messages.ts';

const phone: RoomDevice = {
  device: newDeviceId(),
  name: 'Phone',
  here: true,
  lastSeenAtMs: 1,
  paired: true,
  pictures: 2,
  labels: 3,
};

function newDevices() {
  const sent: UpMessage[] = [];
  const isOpen = new Cell(true);
  return { devices: new RoomDevices({ send: (message) => sent.push(message), isOpen }), sent, isOpen };
}

it('asks when someone looks, when the hub comes back and when the room changes, and only while someone looks', () => {
  const { devices, sent, isOpen } = newDevices();
  const roomState = downMessages.find(({ type }) => type === 'room-state');
  if (!roomState) throw new Error('There is no room-state.');
  devices.receive(roomState);
  expect(sent).toEqual([]);
  const stop = devices.watch();
  devices.receive(roomState);
  devices.receive({ type: 'erased', pictures: 1, labels: 1 });
  isOpen.set(false);
  isOpen.set(true);
  expect(new Set(sent.map(({ type }) => type))).toEqual(new Set(['devices-request']));
  expect(sent.length).toBeGreaterThanOrEqual(4);
  const before = sent.length;
  stop();
  devices.receive(roomState);
  expect(sent).toHaveLength(before);
});

it('shows what the hub told last, and asks again when a removal was refused', () => {
  const { devices, sent } = newDevices();
  expect(devices.known.peek()).toBeNull();
  devices.receive({ type: 'devices', devices: [phone] });
  expect(devices.known.peek()).toEqual([phone]);
  devices.watch();
  devices.remove(phone.device);
  expect(sent.at(-1)).toEqual({ type: 'remove-device', device: phone.device });
  const of = { kind: 'device', id: phone.device } as const;
  devices.receive({ type: 'refusal', code: 'unknown-device', text: 'No.', of });
  expect(sent.at(-1)).toEqual({ type: 'devices-request' });
});
