import { expect, it } from 'vitest';
import { maxCurvePoints } from '../../../protocol/limits.ts';
import { RoundCurve } from '../../../server/training/round-curve.ts';

function curveOf(steps: readonly number[]): readonly number[] {
  const curve = new RoundCurve();
  for (const step of steps)
    curve.add({ kind: 'training', step, steps: 500, loss: 1 / step, accuracy: 0.5, held: null, waiting: 0 });
  return curve.points().map((point) => point.step);
}

const upTo = (steps: number): readonly number[] => Array.from({ length: steps }, (_, i) => i + 1);

it('keeps every step of a short training', () => {
  expect(curveOf(upTo(20))).toEqual(upTo(20));
  expect(curveOf([])).toEqual([]);
});

it('keeps evenly spaced steps of a long training, the first and the last with them', () => {
  for (let steps = 1; steps <= 500; steps++) {
    const kept = curveOf(upTo(steps));
    expect(kept.length).toBeLessThanOrEqual(maxCurvePoints);
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(steps, maxCurvePoints / 2));
    expect([kept[0], kept.at(-1)]).toEqual([1, steps]);
    const gaps = kept.slice(1, -1).map((step, i) => step - (kept[i] ?? 0));
    expect(new Set(gaps).size).toBeLessThanOrEqual(1);
  }
});

it('begins again with a training that begins again', () => {
  expect(curveOf([...upTo(200), ...upTo(3)])).toEqual(upTo(3));
});
