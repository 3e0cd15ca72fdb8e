/** How long to wait before the next attempt to connect. */

const firstMs = 500;
const longestMs = 30_000;

/** Doubles with each attempt (0 is the first) up to half a minute; `random` in [0, 1) spreads the devices over its second half. */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random / 2);
}
