import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextAtMs, stillCounting } from '../../../../protocol/learning/hardness/caps.ts';

const caps = [
  { most: 2, withinMs: 100 },
  { most: 3, withinMs: 1000 },
];

/** Tries at each of these moments, and gives those at which it was allowed. */
function allowedAt(triesMs: readonly number[], within = caps): readonly number[] {
  let countingMs: readonly number[] = [];
  return triesMs.filter((nowMs) => {
    countingMs = stillCounting(countingMs, within, nowMs);
    if (nextAtMs(countingMs, within, nowMs) > nowMs) return false;
    countingMs = [...countingMs, nowMs];
    return true;
  });
}

it('lets it happen as often as every cap says', () => {
  expect(allowedAt([0, 0, 0, 99, 100, 100, 500, 999, 1000, 1000, 1000, 1100])).toEqual([0, 0, 100, 1000, 1000, 1100]);
});

it('says when it may happen next', () => {
  expect(nextAtMs([], caps, 7)).toBe(7);
  expect(nextAtMs([0, 50], caps, 60)).toBe(100);
  expect(nextAtMs([0, 50, 300], caps, 300)).toBe(1000);
  expect(nextAtMs([], [{ most: 0, withinMs: 100 }], 7)).toBe(Infinity);
});

it('lets it happen again as long after a clock went back far as after any other time', () => {
  const forwardMs = 1_000_000;
  expect(allowedAt([forwardMs, forwardMs, 0, 99, 100, 100, 999, 1000])).toEqual([forwardMs, forwardMs, 100, 1000]);
});

it('never lets it happen more often than a cap says, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.integer({ min: -500, max: 600 }), { maxLength: 200 }),
      (most, withinMs, steps) => {
        // How far the clock has gone forward in all, at each try that was allowed.
        const forwardMs: number[] = [];
        let [nowMs, wentMs] = [10_000, 0];
        let countingMs: readonly number[] = [];
        const cap = [{ most, withinMs }];
        for (const step of steps) {
          nowMs += step;
          wentMs += Math.max(0, step);
          countingMs = stillCounting(countingMs, cap, nowMs);
          if (nextAtMs(countingMs, cap, nowMs) > nowMs) continue;
          countingMs = [...countingMs, nowMs];
          forwardMs.push(wentMs);
        }
        for (const [i, wentMs] of forwardMs.entries()) {
          const inOneStretch = forwardMs.slice(i).filter((later) => later - wentMs < withinMs);
          expect(inOneStretch.length).toBeLessThanOrEqual(most);
        }
      },
    ),
  );
});
