import { expect, it } from 'vitest';
import { classFigures } from '../../../../client/screens/model/class-figures.ts';
import { confusionTable } from '../../../../client/screens/model/confusion-table.ts';
import { confusionMatrix, perClass } from '../../../../protocol/learning/metrics.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { figuresOf } from '../../../../server/gate/figures.ts';
import { figuresWith } from './figures.ts';

it('finds the precision, recall and F1 that the confusion matrix of the same answers has', () => {
  const random = seededRandom(3);
  const draw = (): number => Math.floor(random.next() * 6);
  const drawn = Array.from({ length: 200 }, () => ({ truth: draw(), answer: draw() }));
  const expected = perClass(
    confusionMatrix(
      drawn.map(({ truth }) => truth),
      drawn.map(({ answer }) => answer),
      6,
    ),
  );
  const { classes } = figuresOf(
    drawn.map(({ truth, answer }) => ({
      use: 'check',
      sample: null,
      label: String(truth),
      before: '0',
      after: String(answer),
    })),
    [],
  );
  const found = classFigures(classes);
  expect(found).toHaveLength(6);
  for (const { label, n, precision, recall, f1 } of found)
    expect({ n, precision, recall, f1 }).toEqual(expected[Number(label)]);
});

it('puts the class first of which the least can be promised', () => {
  const { classes } = figuresWith({
    sure: { n: 40, rightAfter: 40 },
    few: { n: 2, rightAfter: 2 },
    wrong: { n: 30, rightAfter: 5 },
    unseen: {},
  });
  expect(classFigures(classes).map(({ label }) => label)).toEqual(['unseen', 'wrong', 'few', 'sure']);
  expect(classFigures(classes)[0]).toMatchObject({ precision: null, recall: null, f1: null });
});

it('shows only what was confused, and counts the rest', () => {
  const table = confusionTable(
    figuresWith({ cup: { n: 5, rightAfter: 3 }, mug: { n: 4, rightAfter: 4 }, pen: { n: 4, rightAfter: 4 }, ink: {} }, [
      { label: 'cup', as: 'mug', n: 2, samples: [] },
    ]),
  );
  expect(table.labels).toEqual(['cup', 'mug']);
  expect(table.counts).toEqual([
    [3, 2],
    [0, 4],
  ]);
  expect([table.elsewhere, table.clean]).toEqual([0, 1]);
});

it('keeps the table small, with what people taught in it, and counts the wrong answers that do not fit', () => {
  const names = Array.from({ length: 30 }, (_, i) => `label ${String(i)}`);
  const confusions = names.map((label, i) => ({ label, as: names[(i + 1) % 30] ?? '', n: 30 - i, samples: [] }));
  const table = confusionTable(
    figuresWith(
      Object.fromEntries(names.map((name) => [name, { n: 40, taught: name === 'label 25' ? 8 : 0 }])),
      confusions,
    ),
  );
  expect(table.labels).toHaveLength(10);
  expect(table.labels.slice(0, 3).sort()).toEqual(['label 24', 'label 25', 'label 26']);
  const inTable = table.counts.flatMap((row, i) => row.filter((_, j) => i !== j)).reduce((sum, n) => sum + n, 0);
  expect(inTable + table.elsewhere).toBe(confusions.reduce((sum, { n }) => sum + n, 0));
});
