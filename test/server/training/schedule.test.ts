/** When a round is due. */
import { describe, expect, it } from 'vitest';
import { dueInMs } from '../../../server/training/schedule.ts';

const none = { count: 0, lastMs: 0 };

describe('the next round', () => {
  it('waits until corrections have paused', () => {
    expect(dueInMs({ firstMs: 1000, lastMs: 1000 }, none, 1000)).toBe(1500);
    expect(dueInMs({ firstMs: 1000, lastMs: 2000 }, none, 2400)).toBe(1100);
    expect(dueInMs({ firstMs: 1000, lastMs: 2000 }, none, 3500)).toBe(0);
  });

  it('comes at last however steadily corrections come', () => {
    expect(dueInMs({ firstMs: 1000, lastMs: 10_900 }, none, 10_950)).toBe(50);
    expect(dueInMs({ firstMs: 1000, lastMs: 11_000 }, none, 11_000)).toBe(0);
  });

  it('pauses after failures, each time twice as long, up to ten minutes', () => {
    const change = { firstMs: 0, lastMs: 0 };
    expect(dueInMs(change, { count: 1, lastMs: 100_000 }, 100_000)).toBe(5000);
    expect(dueInMs(change, { count: 3, lastMs: 100_000 }, 100_000)).toBe(20_000);
    expect(dueInMs(change, { count: 60, lastMs: 100_000 }, 100_000)).toBe(600_000);
    expect(dueInMs(change, { count: 1, lastMs: 100_000 }, 105_000)).toBe(0);
  });
});
