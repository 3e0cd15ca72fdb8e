/** The hub's back half with the shipped base, as `serve` puts it together. */
import { pino } from 'pino';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeRoom } from '../../../protocol/ids.ts';
import { decodeModel, hashModel } from '../../../protocol/learning/model-file.ts';
import { createLearning } from '../../../server/training/learning.ts';
import type { Learning } from '../../../server/training/learning-port.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import type { RoomOfSamples } from '../../support/room-of-samples.ts';

let room: RoomOfSamples;
let learning: Learning;

beforeEach(async () => {
  room = await roomOfSamples();
  learning = createLearning({
    dataDir: room.dir,
    samples: room.samples,
    latents: room.latents,
    versions: room.versions,
    broadcast: () => undefined,
    log: pino({ level: 'silent' }),
    trainer: { backend: 'wasm', threads: 1, budgetMs: 60_000 },
  });
  await learning.start();
});

afterEach(async () => {
  await learning.stop();
  await room.close();
});

it('offers a new device the shipped base, whole, under its hash', async () => {
  const offer = await learning.offerFor(homeRoom, []);
  expect(offer).toMatchObject({ version: 1, delta: null });
  const file = await readFile(learning.modelFile((await learning.current(homeRoom)).model) ?? '');
  expect(await hashModel(file)).toBe(offer?.model);
  expect(file.length).toBe(offer?.bytes);
  const model = decodeModel(file);
  expect(model.spec.name).toBe('mobile');
  expect(model.probes.length).toBeGreaterThan(0);
  expect(model.probes.every(({ logits }) => logits.some((logit) => logit !== 0))).toBe(true);
});

it('offers nothing to a device that has the current version live, and again what it holds but does not run', async () => {
  const { model } = await learning.current(homeRoom);
  expect(await learning.offerFor(homeRoom, [model])).toBeNull();
  expect(await learning.offerFor(homeRoom, ['0'.repeat(64) as typeof model, model])).toMatchObject({ model });
});

it('says what trains, and that nothing is to be trained', () => {
  expect(learning.backend).toMatch(/^wasm \(1 thread/);
  expect(learning.status(homeRoom)).toEqual({ type: 'train-status', status: { kind: 'idle' } });
});
