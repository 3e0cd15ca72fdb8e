import { expect, it } from 'vitest';
import { maxConfusionSamples } from '../../../protocol/limits.ts';
import { newSampleId } from '../../../protocol/ids.ts';
import { figuresSchema } from '../../../protocol/messages/history.ts';
import * as v from 'valibot';
import type { Answer } from '../../../server/gate/answer.ts';
import { figuresOf } from '../../../server/gate/figures.ts';

const answer = (label: string, before: string, after: string, use: Answer['use'] = 'check'): Answer => ({
  use,
  sample: newSampleId(),
  label,
  before,
  after,
});

it('counts by label what was right before and after, what was claimed, and what was taken for what', () => {
  const answers = [
    answer('cup', 'cup', 'cup'),
    answer('cup', 'cup', 'milk'),
    answer('cup', 'pen', 'milk'),
    answer('pen', 'cup', 'pen'),
    answer('pen', 'pen', 'cup'),
    answer('pen', 'pen', 'cup', 'taught'),
  ];
  expect(figuresOf(answers, ['milk', 'tea'])).toEqual({
    classes: [
      { label: 'milk', taught: 0, n: 0, rightBefore: 0, rightAfter: 0, claimed: 2 },
      { label: 'tea', taught: 0, n: 0, rightBefore: 0, rightAfter: 0, claimed: 0 },
      { label: 'pen', taught: 1, n: 2, rightBefore: 1, rightAfter: 1, claimed: 1 },
      { label: 'cup', taught: 0, n: 3, rightBefore: 2, rightAfter: 1, claimed: 2 },
    ],
    confusions: [
      { label: 'cup', as: 'milk', n: 2, samples: [answers[1]?.sample, answers[2]?.sample] },
      { label: 'pen', as: 'cup', n: 1, samples: [answers[4]?.sample] },
    ],
  });
});

it('names the room’s own pictures of a mistake, and no more than fit', () => {
  const many = Array.from({ length: maxConfusionSamples + 3 }, () => answer('cup', 'cup', 'milk'));
  const ofBase = { ...answer('cup', 'cup', 'milk'), sample: null };
  const [milk] = figuresOf([ofBase, ...many], []).confusions;
  expect(milk).toMatchObject({
    n: maxConfusionSamples + 4,
    samples: many.slice(0, maxConfusionSamples).map(({ sample }) => sample),
  });
});

it('fits the wire when every answer is wrong, and when the model knows no label at all', () => {
  const wrong = Array.from({ length: 3000 }, (_, i) => answer(`label ${String(i)}`, 'cup', `other ${String(i)}`));
  const nameless = [answer('cup', 'cup', '')];
  for (const answers of [wrong, nameless])
    expect(v.is(figuresSchema, { ...figuresOf(answers, []), curve: [] })).toBe(true);
  expect(figuresOf(nameless, []).classes).toEqual([
    { label: 'cup', taught: 0, n: 1, rightBefore: 1, rightAfter: 0, claimed: 0 },
  ]);
});

it('reads figures that were kept before they named pictures', () => {
  const kept = { classes: [], confusions: [{ label: 'cup', as: 'milk', n: 1 }], curve: [] };
  expect(v.parse(figuresSchema, kept).confusions).toEqual([{ label: 'cup', as: 'milk', n: 1, samples: [] }]);
});
