import { expect, test } from 'vitest';
import { cycles, learningRateAt } from '../../../server/pretrain/schedule.ts';

test('warms up, peaks once, and falls to a hundredth', () => {
  const rates = Array.from({ length: 1001 }, (_, i) => learningRateAt(i / 1000, 0.003));
  const peak = rates.indexOf(Math.max(...rates));
  expect(rates[0]).toBe(0);
  expect(peak / 1000).toBeCloseTo(0.02, 5);
  expect(rates[peak]).toBeCloseTo(0.003, 9);
  expect(rates.slice(1).every((rate, i) => (i < peak ? rate > (rates[i] ?? 0) : rate < (rates[i] ?? 0)))).toBe(true);
  expect(rates.at(-1)).toBeCloseTo(0.00003, 9);
});

test('stays at the end when the time is over', () => {
  expect(learningRateAt(1.3, 0.003)).toBe(learningRateAt(1, 0.003));
});

test('goes through the phases of each cycle in order, up to its end', () => {
  for (const { phases } of cycles) {
    expect(phases.every((phase, i) => phase.until > (phases[i - 1]?.until ?? 0))).toBe(true);
    expect(phases.at(-1)?.until).toBe(1);
  }
});
