import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullBucket, takeToken } from '../../../../protocol/learning/hardness/token-bucket.ts';

it('gives what it holds, then one for every refill', () => {
  const rule = { capacity: 2, refillMs: 1000 };
  let bucket = fullBucket(rule, 0);
  const taken = [0, 0, 0, 500, 999, 1000, 1001, 2000].map((nowMs) => {
    const next = takeToken(bucket, rule, nowMs);
    bucket = next ?? bucket;
    return next !== undefined;
  });
  expect(taken).toEqual([true, true, false, false, false, true, false, true]);
});

it('never gives more than its capacity and the refills of the time, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.integer({ min: -500, max: 3000 }), { maxLength: 200 }),
      (capacity, refillMs, steps) => {
        const rule = { capacity, refillMs };
        let nowMs = 10_000;
        let forwardMs = 0;
        let bucket = fullBucket(rule, nowMs);
        let taken = 0;
        for (const step of steps) {
          nowMs += step;
          forwardMs += Math.max(0, step);
          const next = takeToken(bucket, rule, nowMs);
          if (next) taken++;
          bucket = next ?? bucket;
        }
        expect(taken).toBeLessThanOrEqual(capacity + forwardMs / refillMs);
      },
    ),
  );
});
