/** One weight that an optimizer moves downhill: the smallest training that there is. */

/** The weight with the smallest loss. */
const best = 0.7;

export const startWeight = -0.85;

/** Of a weight from -1 to 1. */
export function lossAt(weight: number): number {
  return (weight - best) ** 2;
}

/** The weight after one step against the slope. A rate above 1 jumps over the valley, further each time. */
export function stepFrom(weight: number, rate: number): number {
  return weight - rate * 2 * (weight - best);
}
