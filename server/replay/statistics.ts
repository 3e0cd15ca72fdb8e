/** The few statistics that a replay is told in. */

/** A mean over seeds and half of its 95 % interval (Student's t); null of a single seed. */
export type Estimate = readonly [mean: number, halfInterval: number | null];

/** Of Student's t distribution with 1, 2, ... degrees of freedom, 95 % lie within so many standard errors. */
const t95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093,
];

/** The largest number of values that `estimate` takes. */
export const mostValues = t95.length + 1;

/** `values`: from 1 to `mostValues`. */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  if (n < 2) return [mean, null];
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return [mean, (t95[n - 2] ?? NaN) * Math.sqrt(variance / n)];
}

/** The smallest of `values` that is not below the part `part` of them; null of none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/**
 * Area under the curve of true against false alarms: the chance that a strange one scores higher than a known one, ties
 * counted half (Mann & Whitney 1947); null when either is missing.
 */
export function auroc(known: readonly number[], strange: readonly number[]): number | null {
  if (known.length === 0 || strange.length === 0) return null;
  const all = [
    ...known.map((score) => ({ score, isStrange: false })),
    ...strange.map((score) => ({ score, isStrange: true })),
  ].sort((a, b) => a.score - b.score);
  let wins = 0;
  let below = 0;
  for (let first = 0; first < all.length;) {
    let end = first;
    while (end < all.length && all[end]?.score === all[first]?.score) end++;
    const strangers = all.slice(first, end).filter(({ isStrange }) => isStrange).length;
    const alike = end - first - strangers;
    wins += strangers * (below + alike / 2);
    below += alike;
    first = end;
  }
  return wins / (known.length * strange.length);
}

/** A curve's point: after `labels` labels a mean of `value`. */
export type Point = { readonly labels: number; readonly value: number };

/** Labels at which the curve, straight between its points and from (0, 0), first reaches `value`; null when it never does. */
export function labelsFor(value: number, curve: readonly Point[]): number | null {
  let before: Point = { labels: 0, value: 0 };
  for (const point of curve) {
    if (point.value >= value) {
      const part = point.value === before.value ? 0 : (value - before.value) / (point.value - before.value);
      return before.labels + part * (point.labels - before.labels);
    }
    before = point;
  }
  return null;
}
