/** When a room's next round is due. Pure. */

/** After the last change so long, because corrections come in bursts; after the first at most so long. */
const quietMs = 1_500;
const longestMs = 10_000;

/** After a failed round: a pause that doubles with each failure. */
const firstPauseMs = 5_000;
const longestPauseMs = 600_000;

export type Change = {
  /** When the first and the last change came that no round has learned from. */
  readonly firstMs: number;
  readonly lastMs: number;
};

/** Failed rounds without a good one since. */
export type Failures = { readonly count: number; readonly lastMs: number };

/** Milliseconds until the round is due; 0 when it is. */
export function dueInMs(change: Change, failures: Failures, nowMs: number): number {
  const settledMs = Math.min(change.lastMs + quietMs, change.firstMs + longestMs);
  const pausedMs = failures.count > 0 ? failures.lastMs + pauseMs(failures.count) : -Infinity;
  return Math.max(0, settledMs - nowMs, pausedMs - nowMs);
}

function pauseMs(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
}
