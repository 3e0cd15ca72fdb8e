import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeCodes } from '../../../protocol/close-codes.ts';
import { homeRoom } from '../../../protocol/ids.ts';
import { maxInFlight } from '../../../protocol/limits.ts';
import { protocolVersion } from '../../../protocol/version.ts';
import type { LinkTiming } from '../../../server/net/connection.ts';
import { Link } from '../../../server/net/link.ts';
import type { HubPorts } from '../../../server/net/ports.ts';
import { Rooms } from '../../../server/net/rooms.ts';
import { createLog } from '../../../server/observe/log.ts';
import { TestDevice, newSample } from '../../support/test-device.ts';

/** A hub that lets everyone in and says yes. */
const willing: HubPorts = {
  hello: () =>
    Promise.resolve({
      kind: 'admitted',
      welcome: { type: 'welcome', version: protocolVersion, hubName: 'test', trainerBackend: 'none', secret: null },
    }),
  joined: () => Promise.resolve([]),
  sample: () => Promise.resolve({ kind: 'stored' }),
  labelEvent: () => Promise.resolve({ kind: 'stored' }),
  modelStatus: () => Promise.resolve(),
  modelRequest: () => Promise.resolve({ kind: 'refused', code: 'no-delta', text: 'No.' }),
  history: () =>
    Promise.resolve({ type: 'history', current: { version: 1, pinned: false }, versions: [], figures: null }),
  pictures: () => ({ type: 'pictures', fresh: true, entries: [], gone: [], cursor: 'none', more: false }),
  picture: (_, { sample }) => ({ type: 'picture', sample, jpeg: null }),
  pin: () => Promise.resolve({ kind: 'pinned' }),
  pairing: () => ({ kind: 'refused', code: 'no-network', text: 'No.' }),
  devices: () => ({ type: 'devices', devices: [] }),
  removeDevice: () => Promise.resolve({ kind: 'refused', code: 'unknown-device', text: 'No.' }),
  erase: () => Promise.resolve({ type: 'erased', pictures: 0, labels: 0 }),
};

type TestLink = { readonly link: Link; readonly rooms: Rooms; readonly url: string };

async function newLink(ports: Partial<HubPorts> = {}, timing: Partial<LinkTiming> = {}): Promise<TestLink> {
  const rooms = new Rooms(() => undefined);
  const link = new Link({
    ports: { ...willing, ...ports },
    rooms,
    timing: { helloMs: 60_000, pingMs: 60_000, ...timing },
    log: createLog('silent'),
  });
  const server = createServer();
  link.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await link.stop();
  });
  return { link, rooms, url: `http://localhost:${String((server.address() as AddressInfo).port)}` };
}

describe('a connection', () => {
  it('that says nothing is closed by name when its time is over', async () => {
    const { url } = await newLink({}, { helloMs: 30 });
    expect(await new TestDevice(url).closed).toMatchObject({ code: closeCodes.helloTimeout });
  });

  it('whose peer no longer answers is ended, and leaves its room; one that answers stays', async () => {
    const { url, rooms } = await newLink({}, { pingMs: 60 });
    const dead = new TestDevice(url, { autoPong: false });
    const alive = new TestDevice(url);
    await Promise.all([dead.join(), alive.join()]);
    expect(rooms.devices(homeRoom)).toBe(2);
    expect((await dead.closed).code).toBe(1006);
    expect(rooms.devices(homeRoom)).toBe(1);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });

  it('that says hello twice is closed by name', async () => {
    const { url } = await newLink();
    const device = new TestDevice(url);
    await device.join();
    await device.join();
    expect((await device.closed).code).toBe(closeCodes.malformed);
  });

  it('is closed without an acknowledgement when the hub fails, so that the device sends again', async () => {
    const { url } = await newLink({ sample: () => Promise.reject(new Error('disk on fire')) });
    const device = new TestDevice(url);
    await device.join();
    device.send(newSample(Uint8Array.of(1)));
    const { code, reason } = await device.closed;
    expect(code).toBe(closeCodes.failed);
    expect(reason).not.toContain('fire');
    expect(device.received.map(({ type }) => type)).toEqual(['welcome']);
  });

  it('is read no further while as many messages as may be in flight are worked on', async () => {
    const working: (() => void)[] = [];
    let most = 0;
    const { url } = await newLink({
      sample: async () => {
        await new Promise<void>((resolve) => {
          most = Math.max(most, working.push(resolve));
        });
        return { kind: 'stored' };
      },
    });
    const device = new TestDevice(url);
    await device.join();
    const samples = Array.from({ length: 3 * maxInFlight }, () => newSample(new Uint8Array(200_000)));
    for (const sample of samples) device.send(sample);
    const acked = (): readonly string[] =>
      device.received.flatMap((message) => (message.type === 'ack' ? message.samples : []));
    await expect.poll(() => working.length).toBeGreaterThanOrEqual(maxInFlight);
    while (acked().length < samples.length) {
      working.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(new Set(acked())).toEqual(new Set(samples.map(({ id }) => id)));
    // One more may have been on its way out of the socket when the reading stopped.
    expect(most).toBeLessThanOrEqual(maxInFlight + 1);
  });

  it('whose peer does not read is ended before what waits for it grows without bound', async () => {
    const { url, rooms, link } = await newLink();
    const device = new TestDevice(url);
    await device.join();
    device.socket.pause();
    const text = 'x'.repeat(500);
    const report = {
      type: 'report' as const,
      model: 'a'.repeat(64) as never,
      parent: 'b'.repeat(64) as never,
      version: 2,
      verdict: 'promoted' as const,
      reasons: Array.from({ length: 50 }, () => text),
      fixes: [],
      breaks: [],
      classes: [],
      corrections: 0,
      deltaBytes: 0,
      seconds: 1,
    };
    const before = process.memoryUsage().external;
    for (let sent = 0; sent < 10_000 && rooms.devices(homeRoom) > 0; sent++) rooms.broadcast(homeRoom, report);
    expect(rooms.devices(homeRoom)).toBe(0);
    expect(process.memoryUsage().external - before).toBeLessThan(100 * 2 ** 20);
    device.socket.terminate();
    await device.closed;
    expect(link.connections).toBeLessThanOrEqual(1);
  });
});
