/** Seeded randomness: repeatable, uniform enough, and different for every seed. */
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../../../protocol/learning/random.ts';

const draw = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('seededRandom', () => {
  it('repeats itself for the same seed and not for its neighbours', () => {
    expect(draw(7, 100)).toEqual(draw(7, 100));
    for (const other of [0, 6, 8, -7]) expect(draw(other, 100)).not.toEqual(draw(7, 100));
  });

  it('is uniform in [0, 1): mean, variance and ten bins as a fair draw of 100,000 has them', () => {
    const values = draw(1, 100_000);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    // Five standard errors: 5 * sqrt(1/12 / 1e5) for the mean, about the same for the others.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0046);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0013);
    const bins = new Array<number>(10).fill(0);
    for (const x of values) bins[Math.floor(x * 10)] = (bins[Math.floor(x * 10)] ?? NaN) + 1;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(5 * Math.sqrt(9_000));
  });
});

describe('shuffled', () => {
  it('keeps every item and leaves the original in order', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const order = shuffled(items, seededRandom(3));
    expect(order).not.toEqual(items);
    expect([...order].sort((a, b) => a - b)).toEqual(items);
  });

  it('gives each order of three items about equally often', () => {
    const random = seededRandom(5);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
