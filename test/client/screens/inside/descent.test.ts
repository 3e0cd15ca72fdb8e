import { expect, it } from 'vitest';
import { lossAt, startWeight, stepFrom } from '../../../../client/screens/inside/descent.ts';

function lossesWith(rate: number): readonly number[] {
  let weight = startWeight;
  return Array.from({ length: 6 }, () => lossAt((weight = stepFrom(weight, rate))));
}

it('gets down with small steps, and away with steps that are too large', () => {
  const small = lossesWith(0.2);
  expect([...small].sort((a, b) => b - a)).toEqual(small);
  const large = lossesWith(1.05);
  expect([...large].sort((a, b) => a - b)).toEqual(large);
});

it('steps against the slope of its loss', () => {
  const slope = (lossAt(startWeight + 1e-6) - lossAt(startWeight - 1e-6)) / 2e-6;
  expect(stepFrom(startWeight, 0.1)).toBeCloseTo(startWeight - 0.1 * slope, 6);
});
