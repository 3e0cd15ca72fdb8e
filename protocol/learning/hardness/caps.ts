/** Caps on how often something may happen, as values: when it did, and when it may again. Times are milliseconds since 1970. */

/** At most `most` times in any `withinMs`. */
export type Cap = { readonly most: number; readonly withinMs: number };

/**
 * Of the times at which it happened, oldest first, those that still count. Where the clock has gone back, what would lie in the
 * future counts as of now and ages from here on, as long as what this gives is kept.
 */
export function stillCounting(timesMs: readonly number[], caps: readonly Cap[], nowMs: number): readonly number[] {
  const longestMs = Math.max(...caps.map(({ withinMs }) => withinMs));
  return timesMs.map((atMs) => Math.min(atMs, nowMs)).filter((atMs) => nowMs - atMs < longestMs);
}

/** The first moment from now on at which once more keeps all caps, given what still counts; Infinity if there is none. */
export function nextAtMs(countingMs: readonly number[], caps: readonly Cap[], nowMs: number): number {
  const freeAtMs = caps.map(({ most, withinMs }) => {
    if (most === 0) return Infinity;
    const leavesFirst = countingMs.at(-most);
    return leavesFirst === undefined ? nowMs : leavesFirst + withinMs;
  });
  return Math.max(nowMs, ...freeAtMs);
}
