/** How sure a fraction is that was counted. */

export type Interval = { readonly low: number; readonly high: number };

/** Of the normal distribution, 95 % lie within so many standard deviations. */
const z = 1.959964;

/** The 95 % interval of a fraction of which `right` of `n` were seen (Wilson 1927); fits small counts and the ends too. `n` is at least 1. */
export function wilsonInterval(right: number, n: number): Interval {
  const fraction = right / n;
  const shrink = 1 + z ** 2 / n;
  const middle = (fraction + z ** 2 / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((fraction * (1 - fraction)) / n + z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
