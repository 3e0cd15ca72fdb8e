/** The statistics of a replay, against values worked out by hand. */
import { describe, expect, it } from 'vitest';
import { auroc, estimate, labelsFor, quantile } from '../../../server/replay/statistics.ts';

describe('estimate', () => {
  it("gives the mean and half of Student's interval", () => {
    // Standard deviation 1 of three: 4.303 / sqrt(3).
    const [mean, half] = estimate([1, 2, 3]);
    expect(mean).toBe(2);
    expect(half).toBeCloseTo(2.4843, 4);
  });

  it('knows no interval of a single value', () => {
    expect(estimate([0.5])).toEqual([0.5, null]);
  });
});

describe('quantile', () => {
  it('is one of the values', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([3, 1, 2], 0.95)).toBe(3);
    expect(quantile([], 0.5)).toBe(null);
  });
});

describe('auroc', () => {
  it('is 1 when every strange one scores higher, 0 when every one scores lower', () => {
    expect(auroc([1, 2], [3, 4])).toBe(1);
    expect(auroc([3, 4], [1, 2])).toBe(0);
  });

  it('counts pairs, and ties as half', () => {
    // Of four pairs 2 > 1, 2 = 2, 3 > 1, 3 > 2.
    expect(auroc([1, 2], [2, 3])).toBe(3.5 / 4);
  });

  it('is unknown when one of the two is missing', () => {
    expect(auroc([], [1])).toBe(null);
    expect(auroc([1], [])).toBe(null);
  });
});

describe('labelsFor', () => {
  const curve = [
    { labels: 10, value: 0.2 },
    { labels: 20, value: 0.4 },
    { labels: 40, value: 0.3 },
  ];

  it('finds the place between two points, and before the first', () => {
    expect(labelsFor(0.3, curve)).toBeCloseTo(15);
    expect(labelsFor(0.1, curve)).toBeCloseTo(5);
  });

  it('finds nothing above the curve', () => {
    expect(labelsFor(0.5, curve)).toBe(null);
  });
});
