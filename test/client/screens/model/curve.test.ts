import { expect, it } from 'vitest';
import { curveOf, plot } from '../../../../client/screens/model/curve.ts';

const numbersOf = (path: string): readonly number[] => [...path.matchAll(/-?[\d.]+/g)].map(([text]) => Number(text));

it('draws the highest loss at the top, none at the bottom, and accuracies from 0 to 1', () => {
  const { loss, accuracy, highestLoss } = curveOf([
    { step: 1, loss: 3, accuracy: 0 },
    { step: 5, loss: 1.5, accuracy: 0.5 },
    { step: 9, loss: 0, accuracy: 1 },
  ]);
  const middle = [(plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2];
  expect(highestLoss).toBe(3);
  expect(numbersOf(loss)).toEqual([plot.left, plot.top, ...middle, plot.right, plot.bottom]);
  expect(numbersOf(accuracy)).toEqual([plot.left, plot.bottom, ...middle, plot.right, plot.top]);
});

it('stays inside the drawing when nothing was lost and no step was made', () => {
  const { loss } = curveOf([
    { step: 4, loss: 0, accuracy: 1 },
    { step: 4, loss: 0, accuracy: 1 },
  ]);
  expect(numbersOf(loss)).toEqual([plot.left, plot.bottom, plot.left, plot.bottom]);
});
