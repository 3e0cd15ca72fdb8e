import { expect, test } from 'vitest';
import { epochOrder } from '../../../server/training/epoch-order.ts';

const members = Uint32Array.of(3, 5, 8, 13, 21, 34, 55);

test('shows every picture at most once a pass, in full batches', () => {
  const order = epochOrder(members, 2, 1);
  for (const epoch of [0, 1]) {
    const shown = [0, 1, 2].flatMap((batch) => [...order(epoch * 3 + batch)]);
    expect(shown).toHaveLength(6);
    expect(new Set(shown).size).toBe(6);
    expect(shown.every((picture) => members.includes(picture))).toBe(true);
  }
});

test('gives every pass another order', () => {
  const order = epochOrder(members, 7, 1);
  expect(order(0)).not.toEqual(order(1));
  expect(order(0).toSorted()).toEqual(order(1).toSorted());
});

test('gives the same batch for its number, whatever was asked before', () => {
  const forwards = epochOrder(members, 2, 1);
  const batches = Array.from({ length: 9 }, (_, batch) => forwards(batch));
  const backwards = epochOrder(members, 2, 1);
  for (const batch of [8, 2, 5, 0]) expect(backwards(batch)).toEqual(batches[batch]);
  expect(epochOrder(members, 2, 2)(0)).not.toEqual(batches[0]);
});

test('refuses fewer pictures than a batch', () => {
  expect(() => epochOrder(members, 8, 1)).toThrow(RangeError);
});
