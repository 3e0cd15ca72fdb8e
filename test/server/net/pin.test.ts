/** Going back to an earlier version, as devices of a real hub see it. */
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { TrainStatus } from '../../../protocol/messages/train-status.ts';
import { hubWithVersions } from '../../support/hub-with-versions.ts';
import { TestDevice, newLabel, newSample } from '../../support/test-device.ts';
import type { TestHub } from '../../support/test-hub.ts';
import { noiseJpeg } from '../../support/test-picture.ts';

async function joinTwo(hub: TestHub): Promise<readonly [TestDevice, TestDevice]> {
  const devices = [new TestDevice(hub.localUrl), new TestDevice(hub.localUrl)] as const;
  for (const device of devices) {
    await device.join();
    await device.next('model-offer', ({ version }) => version === 2);
    device.received.length = 0;
  }
  return devices;
}

it('tells a device that asks of the newest versions, and how the current one did', async () => {
  const { hub, child, refused } = await hubWithVersions();
  const device = new TestDevice(hub.localUrl);
  await device.join();
  device.send({ type: 'history-request' });
  const history = await device.next('history');
  expect(history.current).toEqual({ version: 2, pinned: false });
  expect(history.versions.map(({ version, report }) => [version, report])).toEqual([
    [3, refused.report],
    [2, child.report],
    [1, null],
  ]);
  expect(history.versions[1]?.checked).toEqual({ n: 52, rightBefore: 33, rightAfter: 47 });
  expect(history.versions[2]?.checked).toBeNull();
  expect(history.figures).toEqual(child.figures);
});

it('takes every device of the room back to an earlier version, and on again', async () => {
  const { hub, base, child } = await hubWithVersions();
  const [one, other] = await joinTwo(hub);
  one.send({ type: 'pin', version: 1 });
  for (const device of [one, other]) {
    expect(await device.next('model-offer')).toMatchObject({ version: 1, model: base.model });
    await device.next('room-state', ({ current }) => current.version === 1);
    device.received.length = 0;
  }
  const late = new TestDevice(hub.localUrl);
  await late.join();
  expect(await late.next('model-offer')).toMatchObject({ version: 1 });
  late.send({ type: 'history-request' });
  expect(await late.next('history')).toMatchObject({ current: { version: 1, pinned: true }, figures: null });
  other.send({ type: 'pin', version: null });
  for (const device of [one, other])
    expect(await device.next('model-offer')).toMatchObject({ version: 2, model: child.model });
});

it('lets what is said wait while a version is pinned, and learns it when that is let go', async () => {
  const { hub } = await hubWithVersions();
  const [device] = await joinTwo(hub);
  device.send({ type: 'pin', version: 1 });
  await device.next('model-offer');
  const sample = newSample(await noiseJpeg(1));
  device.send(sample);
  device.send(newLabel(sample.id, 'mug'));
  await device.next('room-state', ({ pending }) => pending === 1);
  const isQueued = ({ status }: TrainStatus): boolean => status.kind === 'queued';
  expect(device.received.some((message) => message.type === 'train-status' && isQueued(message))).toBe(false);
  device.send({ type: 'pin', version: null });
  await device.next('train-status', isQueued);
});

it('refuses a version that is unknown, was refused, or has lost its file, and changes nothing', async () => {
  const { hub, folder, base } = await hubWithVersions();
  const [device] = await joinTwo(hub);
  const refusalOf = async (version: number): Promise<string> => {
    device.send({ type: 'pin', version });
    const refusal = await device.next('refusal', ({ of }) => of.kind === 'pin' && of.version === version);
    expect(refusal.code).toBe('unknown-model');
    return refusal.text;
  };
  expect(await refusalOf(7)).toContain('no version 7 that was promoted');
  expect(await refusalOf(3)).toContain('no version 3 that was promoted');
  await rm(folder.path(base.model) ?? '');
  expect(await refusalOf(1)).toContain('file of version 1 is missing');
  device.send({ type: 'history-request' });
  expect((await device.next('history')).current).toEqual({ version: 2, pinned: false });
});
