/** How densely lessons lie, from cosines that the test chooses. */
import { expect, it } from 'vitest';
import { fitTaughtClasses } from '../../../../protocol/learning/heads/taught-classes.ts';

/** So many lessons of each class, in a direction that nothing depends on here. */
const lessonsOf = (counts: readonly number[]) =>
  counts.flatMap((count, taught) =>
    Array.from({ length: count }, () => ({ direction: Float64Array.of(1), taught, trust: 1 })),
  );

/** `[n, n]`: 1 to itself, `cosine` to every other. */
const cosinesOf = (n: number, cosine: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : cosine));

it('says how densely the others lie around most lessons, without the lesson itself', () => {
  for (const cosine of [0.3, 0.5, 0.8])
    expect(fitTaughtClasses(lessonsOf([40, 40]), 2, cosinesOf(80, cosine)).leastDensity).toBeCloseTo(10 * cosine);
});

it('takes it as known how densely they lie while there are few, or each class has one only', () => {
  const expected = fitTaughtClasses(lessonsOf([1]), 1, cosinesOf(1, 0)).leastDensity;
  expect(expected).toBeGreaterThan(0);
  expect(fitTaughtClasses(lessonsOf([3, 2]), 2, cosinesOf(5, 0.9)).leastDensity).toBe(expected);
  expect(fitTaughtClasses(lessonsOf(Array.from({ length: 80 }, () => 1)), 80, cosinesOf(80, 0.9)).leastDensity).toBe(
    expected,
  );
});
