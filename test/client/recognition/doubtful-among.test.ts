/** Which learned examples are asked about again, on embeddings that the test draws around centres. */
import { expect, it } from 'vitest';
import { doubtfulAmong } from '../../../client/recognition/doubtful-among.ts';
import type { Embedded } from '../../../client/recognition/fast-learning.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { doubtsOf, leastDoubtAfter } from '../../../protocol/learning/heads/doubtful.ts';
import { seenOnce } from '../../../protocol/learning/glances.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';

const d = 32;
const mean = new Float32Array(d);

/** Two things that look alike, so that some right labels are a little doubtful and none is very. */
function learnedThings(): Embedded[] {
  const random = seededRandom(2);
  const vector = (): Float32Array => Float32Array.from({ length: d }, () => random.next() * 2 - 1);
  const common = vector();
  return ['cup', 'mug'].flatMap((label) => {
    const own = vector();
    return Array.from({ length: 6 }, () => {
      const noise = vector();
      const embedding = common.map((x, i) => x + 0.15 * (own[i] ?? 0) + 0.6 * (noise[i] ?? 0));
      const record = { sample: newSampleId(), event: newEventId(), label, jpeg: new Uint8Array() };
      return { record, seen: seenOnce(embedding) };
    });
  });
}

const eventsOf = (learned: readonly Embedded[]): readonly string[] =>
  doubtfulAmong(learned, mean).map(({ example }) => example.event);

it('are more once a doubt has turned out right, and never those that were asked about before or said elsewhere', () => {
  const learned = learnedThings();
  const examples = learned.map(({ record, seen }) => ({ averaged: seen.averaged, label: record.label }));
  const slight = doubtsOf(examples, mean, 0).filter(({ size }) => size < leastDoubtAfter([]));
  const [first] = slight.map(({ place }) => learned[place]?.record.event ?? '');
  expect(first).toBeTruthy();
  expect(eventsOf(learned)).toEqual([]);
  // Another example, about which there is no doubt, was asked about, and its label had been wrong.
  const other = learned.findIndex((_, place) => !slight.some((doubt) => doubt.place === place));
  const after = (changed: boolean): Embedded[] =>
    learned.map((one, i) =>
      i === other ? { ...one, record: { ...one.record, askedAgain: { changed, atMs: 1 } } } : one,
    );
  expect(eventsOf(after(false))).toEqual([]);
  expect(eventsOf(after(true))[0]).toBe(first);
  // Shown beside the one that speaks most against it.
  const [doubt] = doubtfulAmong(after(true), mean);
  expect(doubt?.witness.label).toBe(doubt?.rival);
  expect(doubt?.rival).not.toBe(doubt?.example.label);
  const answered = after(true).map((one) =>
    one.record.event === first ? { ...one, record: { ...one.record, askedAgain: { changed: false, atMs: 2 } } } : one,
  );
  expect(eventsOf(answered)).not.toContain(first);
  const told = after(true).map((one): Embedded =>
    one.record.event === first ? { ...one, record: { ...one.record, ofRoom: true } } : one,
  );
  expect(eventsOf(told)).not.toContain(first);
});
