/** Which of the recent frames is asked about, on embeddings that the test makes. */
import { expect, it } from 'vitest';
import type { Embedded } from '../../../client/recognition/fast-learning.ts';
import { Lookout } from '../../../client/recognition/lookout.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { seenOnce } from '../../../protocol/learning/glances.ts';

const d = 8;
const mean = new Float32Array(d);
const captured = { jpeg: new Uint8Array(), checksum: new Uint8Array(32), prediction: null };
const unsure = () => ({ answers: [{ key: 'mug', probability: 0.7 }], known: true, family: null });

/** Frames with the same `axis` have a cosine of 0.95, others next to none. */
const along = (axis: number, aside = 0) =>
  seenOnce(Float32Array.from({ length: d }, (_, i) => (i === axis ? 1 : i === d - 1 ? aside : 0)));

const learned = (axis: number, unsaid?: true): Embedded => ({
  record: {
    sample: newSampleId(),
    event: newEventId(),
    label: 'mug',
    jpeg: new Uint8Array(),
    ...(unsaid && { unsaid }),
  },
  seen: along(axis, 1 / 3),
});

it('asks nothing about what somebody has said of nearly the same picture, however unsure it is', async () => {
  const lookout = new Lookout(mean, []);
  lookout.add(along(0), captured);
  expect(await lookout.take([learned(0)], unsure)).toBeNull();
  // It is not kept for later either.
  expect(await lookout.take([], unsure)).toBeNull();
  // What was only left uncorrected, and what is something else, is worth asking about.
  for (const other of [learned(0, true), learned(1)]) {
    const another = new Lookout(mean, []);
    another.add(along(0), captured);
    expect(await another.take([other], unsure)).toMatchObject({ reason: 'unsure' });
  }
});
