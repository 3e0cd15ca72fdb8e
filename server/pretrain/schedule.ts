/** How a run spends its time. Everything follows from the part of the time that is over, so that a slowed run ends well too. */
import type { AugmentationName } from '../training/augment.ts';

export type Phase = {
  /** The part of the time at which the phase ends. */
  readonly until: number;
  /** Side of the inputs in pixels. */
  readonly size: number;
  readonly augmentation: AugmentationName;
};

/** Side of the base's input in pixels. */
export const baseSize = 96;

/** Small pictures first, which cost less than half; the size of the camera's at the end (Howard 2018, progressive resizing). */
export const phases: readonly Phase[] = [
  { until: 0.8, size: 64, augmentation: 'mobile' },
  { until: 1, size: baseSize, augmentation: 'gentle' },
];

const warmUp = 0.02;
const lastPart = 0.01;

/** Linear warm-up (Goyal et al. 2017), then a cosine (Loshchilov & Hutter 2017) down to a hundredth of `peak`. */
export function learningRateAt(progress: number, peak: number): number {
  if (progress < warmUp) return (peak * progress) / warmUp;
  const falling = Math.min(1, (progress - warmUp) / (1 - warmUp));
  return peak * (lastPart + ((1 - lastPart) * (1 + Math.cos(Math.PI * falling))) / 2);
}
