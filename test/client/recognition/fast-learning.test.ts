import { expect, it } from 'vitest';
import { FastLearning } from '../../../client/recognition/fast-learning.ts';
import type { Embedded } from '../../../client/recognition/fast-learning.ts';
import { mostUnsaid } from '../../../protocol/learning/heads/examples.ts';
import { seenOnce } from '../../../protocol/learning/glances.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';

const base = { labels: [], kernel: new Float32Array(), bias: new Float32Array(), grown: new Set<string>() };
const options = { mean: new Float32Array(2), temperature: 1 };

let made = 0;

function example(label: string, unsaid: boolean): Embedded {
  const seen = seenOnce(Float32Array.of(1, made++));
  const record = { sample: newSampleId(), event: newEventId(), label, jpeg: new Uint8Array() };
  return { record: unsaid ? { ...record, unsaid } : record, seen };
}

it('keeps what nobody said only as long as somebody says its label', () => {
  const [mug, unsaid, cup] = [example('mug', false), example('mug', true), example('cup', false)];
  const learning = new FastLearning(base, options, [mug, unsaid, cup]);
  expect(learning.spent).toEqual([]);
  learning.forget(new Set([mug.record.event]));
  expect(learning.spent).toEqual([unsaid.record.event]);
});

it('keeps of what nobody said the newest, up to a number', () => {
  const unsaid = Array.from({ length: mostUnsaid + 3 }, () => example('mug', true));
  const learning = new FastLearning(base, options, [...unsaid, example('mug', false)]);
  expect(learning.spent).toEqual(unsaid.slice(0, 3).map(({ record }) => record.event));
});
