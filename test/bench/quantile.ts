/** What benches say of many times. */

/** The value below which a share of `values` lies. Throws a RangeError when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
  if (value === undefined) throw new RangeError('Expected something measured, found nothing.');
  return value;
}
