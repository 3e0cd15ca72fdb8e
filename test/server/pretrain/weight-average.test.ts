import { expect, test } from 'vitest';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { averaged } from '../../../server/pretrain/weight-average.ts';

const weights = (...values: number[]): Weights =>
  new Map([['head/bias', { shape: [2], values: Float32Array.from(values) }]]);

test('moves the given part of the way and changes neither side', () => {
  const [average, latest] = [weights(0, 8), weights(4, 0)];
  expect(averaged(average, latest, 0.25)).toEqual(weights(1, 6));
  expect([average, latest]).toEqual([weights(0, 8), weights(4, 0)]);
});

test('arrives at weights that no longer change', () => {
  let average = weights(0, 8);
  for (let i = 0; i < 200; i++) average = averaged(average, weights(4, 2), 0.1);
  expect(average.get('head/bias')?.values[0]).toBeCloseTo(4, 4);
  expect(average.get('head/bias')?.values[1]).toBeCloseTo(2, 4);
});

test('refuses weights of another network', () => {
  expect(() => averaged(weights(0, 8), new Map(), 0.5)).toThrow('head/bias');
});
