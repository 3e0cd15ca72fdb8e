/** What is kept of pictures that were looked at: a real database, and a network that counts how often it looks. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { cropSide } from '../../../client/recognition/api.ts';
import { embedUnknown } from '../../../client/recognition/embed-pictures.ts';
import { KeptEmbeddings } from '../../../client/recognition/kept-embeddings.ts';
import type { LiveModel } from '../../../client/recognition/live-model.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import type { ModelHash } from '../../../protocol/ids.ts';
import { newSampleId } from '../../../protocol/ids.ts';
import { glanceCount } from '../../../protocol/learning/glances.ts';

const one = 'a'.repeat(64) as ModelHash;
const other = 'b'.repeat(64) as ModelHash;

it('looks only at pictures that the same model has not looked at before', async () => {
  const kept = new KeptEmbeddings(await openDatabase('embeddings'));
  let looks = 0;
  const live = {
    network: { run: () => Promise.resolve({ embedding: Float32Array.of(looks++, 1) }) },
    model: { spec: { input: [32, 32, 3] } },
  } as unknown as LiveModel;
  const codec = {
    encode: () => Promise.reject(new Error('Nothing is encoded here.')),
    decode: () => Promise.resolve(new Uint8ClampedArray(cropSide * cropSide * 4)),
  };
  const records = [1, 2, 3].map((byte) => ({ sample: newSampleId(), jpeg: Uint8Array.of(byte) }));
  const look = async (model: ModelHash, upTo: number) =>
    embedUnknown(live, codec, records.slice(0, upTo), await kept.of(model));

  const first = await look(one, 2);
  expect(looks).toBe(2 * glanceCount);
  await kept.replace(one, first);
  expect(await look(one, 2)).toEqual(first);
  expect(looks).toBe(2 * glanceCount);
  // One more is looked at alone, and keeps its place.
  const more = await look(one, 3);
  expect(looks).toBe(3 * glanceCount);
  expect(more.map(({ record }) => record)).toEqual(records);
  await kept.add(one, more.slice(2));
  expect([...(await kept.of(one)).keys()].sort()).toEqual(records.map(({ sample }) => sample).sort());

  // Another model sees something else.
  expect((await kept.of(other)).size).toBe(0);
  await kept.replace(other, (await look(other, 1)).slice(0, 1));
  expect([(await kept.of(one)).size, (await kept.of(other)).size]).toEqual([0, 1]);
});
