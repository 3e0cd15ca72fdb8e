/** Parts of a whole as people read them. */

/** `0.912` as `91.2 %`. */
export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
