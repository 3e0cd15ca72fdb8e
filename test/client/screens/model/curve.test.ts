import { expect, it } from 'vitest';
import type { Point } from '../../../../client/screens/model/curve.ts';
import { curveOf, plot } from '../../../../client/screens/model/curve.ts';

const numbersOf = (path: string): readonly number[] => [...path.matchAll(/-?[\d.]+/g)].map(([text]) => Number(text));
const point = (step: number, loss: number, accuracy: number, more: Partial<Point> = {}): Point => ({
  ...{ step, loss, accuracy, held: null, waiting: 0 },
  ...more,
});
const middle = [(plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2];

it('draws the highest loss at the top, none at the bottom, and accuracies from 0 to 1', () => {
  const { learned, highestLoss } = curveOf([point(1, 3, 0), point(5, 1.5, 0.5), point(9, 0, 1)]);
  expect(highestLoss).toBe(3);
  expect(numbersOf(learned.loss)).toEqual([plot.left, plot.top, ...middle, plot.right, plot.bottom]);
  expect(numbersOf(learned.accuracy)).toEqual([plot.left, plot.bottom, ...middle, plot.right, plot.top]);
});

it('stays inside the drawing when nothing was lost and no step was made', () => {
  const { learned } = curveOf([point(4, 0, 1), point(4, 0, 1)]);
  expect(numbersOf(learned.loss)).toEqual([plot.left, plot.bottom, plot.left, plot.bottom]);
});

it('draws what is kept apart at the steps at which it was asked, on the scale of both', () => {
  const [early, late] = [
    { step: 5, loss: 4, accuracy: 0.5 },
    { step: 9, loss: 0, accuracy: 1 },
  ];
  const { held, highestLoss } = curveOf([
    point(1, 2, 0),
    point(5, 2, 0, { held: early }),
    point(7, 2, 0, { held: early }),
    point(9, 2, 0, { held: late }),
  ]);
  expect(highestLoss).toBe(4);
  expect(numbersOf(held.loss)).toEqual([middle[0], plot.top, plot.right, plot.bottom]);
  expect(numbersOf(held.accuracy)).toEqual([...middle, plot.right, plot.top]);
});

it('marks where corrections came in, and how many', () => {
  const waiting = [0, 0, 2, 2, 5].map((came, i) => point(i, 1, 0, { waiting: came }));
  const quarter = (plot.right - plot.left) / 4;
  expect(curveOf(waiting).marks).toEqual([
    { x: plot.left + 2 * quarter, more: 2 },
    { x: plot.right, more: 3 },
  ]);
});
