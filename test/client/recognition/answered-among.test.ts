/** Which questions a person's words about other pictures answer, on embeddings of two numbers. */
import { expect, it } from 'vitest';
import { answeredAmong } from '../../../client/recognition/answered-among.ts';
import type { Embedded } from '../../../client/recognition/fast-learning.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { seenOnce } from '../../../protocol/learning/glances.ts';

/** What all pictures have in common. */
const mean = Float32Array.of(5, 5);

const seenAt = (degrees: number) => {
  const angle = (degrees / 180) * Math.PI;
  return seenOnce(Float32Array.of(5 + Math.cos(angle), 5 + Math.sin(angle)));
};

const learnedAt = (degrees: number, more: { unsaid?: true } = {}): Embedded => ({
  record: { sample: newSampleId(), event: newEventId(), label: 'cup', jpeg: new Uint8Array(), ...more },
  seen: seenAt(degrees),
});

const questions = [0, 20, 40].map((degrees) => ({ record: degrees, seen: seenAt(degrees) }));

it('are those of nearly the same picture', () => {
  expect(answeredAmong(questions, [learnedAt(-10)], mean)).toEqual([0]);
  expect(answeredAmong(questions, [learnedAt(10), learnedAt(200)], mean)).toEqual([0, 20]);
  expect(answeredAmong(questions, [], mean)).toEqual([]);
});

it('are none when nobody has said what was learned', () => {
  expect(answeredAmong(questions, [learnedAt(0, { unsaid: true })], mean)).toEqual([]);
});
