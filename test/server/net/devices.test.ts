/** The devices of a room, as they see each other through a real hub: inviting, removing, taking back. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeCodes } from '../../../protocol/close-codes.ts';
import type { DeviceId } from '../../../protocol/ids.ts';
import { homeRoom, newDeviceId } from '../../../protocol/ids.ts';
import type { Credential } from '../../../protocol/messages/hello.ts';
import type { RefusalCode } from '../../../protocol/messages/refusal.ts';
import type { SampleStore } from '../../../server/store/sample-store.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { verifyData } from '../../../server/store/verify-data.ts';
import { createStillLearning } from '../../support/still-learning.ts';
import { TestDevice, newHello, newLabel, newSample } from '../../support/test-device.ts';
import type { TestHub } from '../../support/test-hub.ts';
import { startTestHub } from '../../support/test-hub.ts';
import { noiseJpeg } from '../../support/test-picture.ts';

const tokenIn = (url = ''): string => url.split('#pair=')[1] ?? '';

/** A socket from the network, to which the hub says nothing before it has paired. */
function fromNetwork(hub: TestHub): TestDevice {
  return new TestDevice(`https://localhost:${String(hub.httpsPort)}`, {
    rejectUnauthorized: false,
    headers: { 'X-Forwarded-For': '192.0.2.7' },
  });
}

/** A device that comes in with the code on the hub's screen. */
async function pairedDevice(hub: TestHub): Promise<{ device: TestDevice; id: DeviceId; secret: string }> {
  const device = fromNetwork(hub);
  const id = newDeviceId();
  const credential: Credential = { kind: 'pairing', token: tokenIn(hub.invitations.at(-1)) };
  const { secret } = await device.join({ device: id, credential });
  return { device, id, secret: secret ?? '' };
}

/** What the hub answers to a device from the network that it does not let in. */
async function refusalOf(hub: TestHub, device: DeviceId, credential: Credential): Promise<RefusalCode> {
  const socket = fromNetwork(hub);
  await socket.opened;
  socket.send(newHello({ device, credential }));
  const { code } = await socket.next('refusal', ({ of }) => of.kind === 'connection');
  expect((await socket.closed).code).toBe(closeCodes.notPaired);
  return code;
}

describe('an invitation', () => {
  it('brings one other device in, at an address of the hub, and leaves the screen’s code alone', async () => {
    const hub = await startTestHub({ tls: true });
    const { device } = await pairedDevice(hub);
    device.send({ type: 'pair-request' });
    const { urls, goodForMs } = await device.next('pairing');
    expect(urls).toEqual([
      expect.stringMatching(`^https://127.0.0.1:${String(hub.httpsPort)}/#pair=\\w{4}(-\\w{4}){3}$`),
    ]);
    expect(goodForMs).toBeGreaterThan(0);
    const credential: Credential = { kind: 'pairing', token: tokenIn(urls[0]) };
    expect((await fromNetwork(hub).join({ credential })).secret).not.toBeNull();
    expect(await refusalOf(hub, newDeviceId(), credential)).toBe('not-paired');
    expect(hub.invitations).toHaveLength(2);
    expect((await pairedDevice(hub)).secret).not.toBe('');
  });

  it('is refused to a device that asks too often, which stays connected', async () => {
    const hub = await startTestHub({ tls: true });
    const { device } = await pairedDevice(hub);
    for (let asked = 0; asked < 11; asked++) device.send({ type: 'pair-request' });
    expect(await device.next('refusal')).toMatchObject({ code: 'too-many', of: { kind: 'pairing' } });
    expect(device.received.filter(({ type }) => type === 'pairing')).toHaveLength(10);
    device.send({ type: 'devices-request' });
    await device.next('devices');
  });

  it('is refused by a hub that no other device can reach', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.join();
    device.send({ type: 'pair-request' });
    expect(await device.next('refusal')).toMatchObject({ code: 'no-network', of: { kind: 'pairing' } });
  });

  it('lets nobody take the place of another device, and is still good then', async () => {
    const hub = await startTestHub({ tls: true });
    const victim = await pairedDevice(hub);
    const local = newDeviceId();
    await new TestDevice(hub.localUrl).join({ device: local });
    const token = tokenIn(hub.invitations.at(-1));
    for (const taken of [victim.id, local])
      expect(await refusalOf(hub, taken, { kind: 'pairing', token })).toBe('id-taken');
    expect((await fromNetwork(hub).join({ credential: { kind: 'pairing', token } })).secret).not.toBeNull();
    const back: Credential = { kind: 'secret', secret: victim.secret };
    expect((await fromNetwork(hub).join({ device: victim.id, credential: back })).secret).toBeNull();
  });
});

describe('the devices of a room', () => {
  it('are listed with what each has given, and whether it is there', async () => {
    const hub = await startTestHub({ tls: true });
    const { device, id } = await pairedDevice(hub);
    const samples = await Promise.all([1, 2].map(async (seed) => newSample(await noiseJpeg(seed))));
    for (const sample of samples) device.send(sample);
    const local = new TestDevice(hub.localUrl);
    const localId = newDeviceId();
    await local.join({ device: localId, deviceName: 'Laptop' });
    await new TestDevice(hub.localUrl).join({ room: 'shed' as never });
    for (const { id: sample } of samples) {
      const label = newLabel(sample, 'mug');
      device.send(label);
      await device.next('ack', ({ events }) => events.includes(label.id));
    }
    // Only the label that is in force counts.
    local.send(newLabel(samples[0]?.id ?? newSample(Uint8Array.of(1)).id, 'cup'));
    await local.next('ack');
    device.socket.close();
    await local.next('room-state', ({ devices }) => devices === 1);
    local.send({ type: 'devices-request' });
    const { devices } = await local.next('devices');
    expect(devices).toEqual([
      expect.objectContaining({ device: localId, name: 'Laptop', here: true, paired: false, pictures: 0, labels: 1 }),
      expect.objectContaining({ device: id, name: 'Test device', here: false, paired: true, pictures: 2, labels: 1 }),
    ]);
  });

  it('leave out a browser of the hub’s own machine that has gone and gave nothing', async () => {
    const hub = await startTestHub();
    const [gone, here] = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl)];
    await gone.join();
    await here.join();
    gone.socket.close();
    await here.next('room-state', ({ devices }) => devices === 1);
    here.send({ type: 'devices-request' });
    expect((await here.next('devices')).devices).toHaveLength(1);
  });

  it('are rid of one that is removed: it is told so, its codes are void, and its secret never works again', async () => {
    const hub = await startTestHub({ tls: true });
    const removed = await pairedDevice(hub);
    const secondPage = fromNetwork(hub);
    const credential: Credential = { kind: 'secret', secret: removed.secret };
    await secondPage.join({ device: removed.id, credential });
    removed.device.send({ type: 'pair-request' });
    const { urls } = await removed.device.next('pairing');
    const other = await pairedDevice(hub);

    other.device.send({ type: 'remove-device', device: removed.id });
    expect((await other.device.next('devices')).devices.map(({ device }) => device)).toEqual([other.id]);
    for (const page of [removed.device, secondPage]) {
      expect(await page.next('refusal')).toMatchObject({ code: 'removed', of: { kind: 'connection' } });
      expect((await page.closed).code).toBe(closeCodes.notPaired);
    }
    expect(await refusalOf(hub, removed.id, credential)).toBe('removed');
    expect(await refusalOf(hub, newDeviceId(), { kind: 'pairing', token: tokenIn(urls[0]) })).toBe('not-paired');
    const token = tokenIn(hub.invitations.at(-1));
    expect(await refusalOf(hub, removed.id, { kind: 'pairing', token })).toBe('id-taken');
    expect((await fromNetwork(hub).join({ credential: { kind: 'pairing', token } })).secret).not.toBeNull();
  });

  it('keep one of another room, and a browser of the hub’s own machine', async () => {
    const hub = await startTestHub({ tls: true });
    const paired = await pairedDevice(hub);
    const stranger = new TestDevice(hub.localUrl);
    const strangerId = newDeviceId();
    await stranger.join({ device: strangerId, room: 'shed' as never });
    stranger.send({ type: 'remove-device', device: paired.id });
    paired.device.send({ type: 'remove-device', device: strangerId });
    for (const device of [stranger, paired.device])
      expect(await device.next('refusal')).toMatchObject({ code: 'unknown-device', of: { kind: 'device' } });
    const back: Credential = { kind: 'secret', secret: paired.secret };
    await fromNetwork(hub).join({ device: paired.id, credential: back });
  });
});

describe('a device that takes back what it gave', () => {
  it('leaves nothing of it in any file of the hub, and everything of others', async () => {
    let store: SampleStore | undefined;
    const hub = await startTestHub({
      createLearning: (options) => createStillLearning({ ...options, samples: (store = options.samples) }),
    });
    const [leaver, stayer] = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl)];
    await leaver.join();
    await stayer.join();
    const [given, kept] = await Promise.all([1, 2].map(async (seed) => newSample(await noiseJpeg(seed))));
    if (!given || !kept) throw new Error('Two samples were made.');
    leaver.send(given);
    stayer.send(kept);
    await leaver.next('ack');
    await stayer.next('ack');
    const [first, over] = [newLabel(kept.id, 'teapot'), newLabel(kept.id, 'grandmothersvase')];
    stayer.send(first);
    stayer.send(newLabel(given.id, 'herringtin'));
    await stayer.next('ack', ({ events }) => events.includes(first.id));
    leaver.send(over);
    await leaver.next('ack', ({ events }) => events.includes(over.id));
    stayer.send({ type: 'pictures-request', after: null });
    const { entries, cursor } = await stayer.next('pictures');
    expect(entries.map(({ sample }) => sample)).toContain(given.id);
    const picture = Buffer.from(store?.picture(given.id) ?? []).subarray(-200);
    const traces = [picture, 'grandmothersvase', 'herringtin', over.id, given.burst];
    for (const trace of traces) expect(await isIn(hub.dataDir, trace), String(trace)).toBe(true);

    // A picture that is still on its way belongs to what is taken back.
    const late = newSample(await noiseJpeg(3));
    leaver.send(late);
    leaver.send({ type: 'erase' });
    expect(await leaver.next('erased')).toEqual({ type: 'erased', pictures: 2, labels: 1 });
    for (const trace of traces) expect(await isIn(hub.dataDir, trace), String(trace)).toBe(false);
    expect(store?.count(homeRoom)).toBe(1);
    expect(store?.labelled(homeRoom)).toMatchObject([{ id: kept.id, label: 'teapot', event: first.id }]);
    await stayer.next('room-state', ({ samples, labels }) => samples === 1 && labels[0]?.label === 'teapot');
    stayer.send({ type: 'pictures-request', after: cursor });
    const news = await stayer.next('pictures', (message) => message.cursor !== cursor);
    expect(news).toMatchObject({ fresh: false, gone: expect.arrayContaining([given.id, late.id]) as unknown });
    leaver.send(given);
    expect(await leaver.next('refusal')).toMatchObject({ code: 'id-taken', of: { id: given.id } });

    await hub.stop();
    const database = openDatabase(join(hub.dataDir, 'hub.sqlite'));
    expect((await verifyData(hub.dataDir, database)).problems).toEqual([]);
    database.close();
  });

  it('is told of as many pictures and labels as the list of devices had of it', async () => {
    const hub = await startTestHub();
    const [leaver, stayer, id] = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl), newDeviceId()];
    await leaver.join({ device: id });
    await stayer.join();
    const [one, other] = [newSample(await noiseJpeg(1)), newSample(await noiseJpeg(2))];
    // Of one picture it changes its mind, of the other somebody else has the last word.
    const said = [newLabel(one.id, 'cup'), newLabel(one.id, 'mug'), newLabel(other.id, 'cup')];
    const last = newLabel(other.id, 'mug');
    for (const message of [one, other, ...said]) leaver.send(message);
    await Promise.all(said.map(({ id: event }) => leaver.next('ack', ({ events }) => events.includes(event))));
    stayer.send(last);
    await stayer.next('ack', ({ events }) => events.includes(last.id));
    leaver.send({ type: 'devices-request' });
    const { devices } = await leaver.next('devices');
    expect(devices.find(({ device }) => device === id)).toMatchObject({ pictures: 2, labels: 1 });
    leaver.send({ type: 'erase' });
    expect(await leaver.next('erased')).toEqual({ type: 'erased', pictures: 2, labels: 1 });
  });

  it('takes back no deletion: what it had erased of others stays erased', async () => {
    const hub = await startTestHub();
    const [leaver, stayer] = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl)];
    await leaver.join();
    await stayer.join();
    const sample = newSample(await noiseJpeg(1));
    const { label: _, ...said } = newLabel(sample.id, 'mug') as Extract<ReturnType<typeof newLabel>, { kind: 'label' }>;
    leaver.send({ ...said, kind: 'delete' });
    await leaver.next('ack');
    leaver.send({ type: 'erase' });
    await leaver.next('erased');
    stayer.send(sample);
    await stayer.next('ack');
    await hub.stop();
    const database = openDatabase(join(hub.dataDir, 'hub.sqlite'));
    expect(database.get('SELECT state, picture FROM samples')).toEqual({ state: 'deleted', picture: null });
    database.close();
  });
});

/** Whether any file below `folder` holds these bytes. */
async function isIn(folder: string, trace: string | Buffer): Promise<boolean> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
  return contents.some((content) => content.includes(trace));
}
