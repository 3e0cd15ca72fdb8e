/** What connections ask about the devices of a room: who is in it, who comes in, who goes, and what one of them gave. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { maxDevices, maxPairingUrls } from '../protocol/limits.ts';
import type { Devices } from '../protocol/messages/devices.ts';
import type { RoomName } from '../protocol/ids.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { HubPorts } from './net/ports.ts';
import type { Rooms } from './net/rooms.ts';
import type { Pairing } from './pairing.ts';
import type { DeviceStore } from './store/device-store.ts';

export type DevicePortsOptions = {
  readonly devices: DeviceStore;
  readonly rooms: Rooms;
  readonly pairing: Pairing;
  readonly ingest: Ingest;
  /** Where a device in the network pairs with this token, the likeliest address first; none when the hub is for this machine only. */
  readonly pairingUrls: (token: string) => readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Logger;
};

export type DevicePorts = Pick<HubPorts, 'pairing' | 'devices' | 'removeDevice' | 'erase'>;

export function devicePorts(options: DevicePortsOptions): DevicePorts {
  const { devices, rooms, pairing, ingest, pairingUrls, now, log } = options;
  return {
    pairing({ device }) {
      const invitation = pairing.invite(device);
      if (!invitation)
        return {
          kind: 'refused',
          code: 'too-many',
          text: 'Expected fewer requests for a code. Ask again in a minute.',
        };
      const urls = pairingUrls(invitation.token).slice(0, maxPairingUrls);
      if (urls.length === 0)
        return {
          kind: 'refused',
          code: 'no-network',
          text: 'This hub is for its own computer only. Start it without --no-tls.',
        };
      log.info({ device }, 'a device invites another');
      return { kind: 'pairing', pairing: { type: 'pairing', urls, goodForMs: invitation.goodForMs } };
    },
    devices: ({ room }) => devicesOf(room, options),
    async removeDevice({ device: by, room }, { device }) {
      if (!(await devices.remove(room, device, now())))
        return {
          kind: 'refused',
          code: 'unknown-device',
          text: 'Expected a paired device of this room. Browsers on the hub’s own computer cannot be removed.',
        };
      pairing.forget(device);
      // Whoever was let in just before that has joined the room by then.
      await setImmediate();
      rooms.dismiss(
        room,
        device,
        'removed',
        'The device was removed from the room. To come back, scan a pairing code.',
      );
      log.info({ device, by, room }, 'a device was removed');
      return { kind: 'removed', devices: devicesOf(room, options) };
    },
    async erase({ device }) {
      const erased = await ingest.erase(device);
      log.info({ device, ...erased }, 'a device took back what it gave');
      return { type: 'erased', ...erased };
    },
  };
}

/** A browser of this machine that has gone and gave nothing is left out: it is nobody's to manage. */
function devicesOf(room: RoomName, { devices, rooms }: DevicePortsOptions): Devices {
  const here = rooms.present(room);
  const all = devices
    .list(room)
    .map((one) => ({ ...one, here: here.has(one.device) }))
    .filter((one) => one.paired || one.here || one.pictures + one.labels > 0);
  return { type: 'devices', devices: all.slice(0, maxDevices) };
}
