/** How the learning rate goes over a run. */

/** The rate of step `step` (from 0) of `steps`. */
export type LearningRate = (step: number, steps: number) => number;

/** Up to `peak` in a straight line over the first twentieth, then down to 0 along a cosine (Loshchilov & Hutter 2017). */
export function cosineRate(peak: number): LearningRate {
  return (step, steps) => {
    const warmUp = Math.ceil(steps / 20);
    if (step < warmUp) return (peak * (step + 1)) / warmUp;
    return (peak * (1 + Math.cos((Math.PI * (step - warmUp)) / (steps - warmUp)))) / 2;
  };
}
