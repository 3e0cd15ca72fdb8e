/** How a run spends its time. Everything follows from the part of the time that is over, so that a slowed run ends well too. */
import type { AugmentationName } from '../training/augment.ts';
import type { LossWeights } from './distillation.ts';

export type Phase = {
  /** The part of the cycle's time at which the phase ends. */
  readonly until: number;
  /** Side of the inputs in pixels. */
  readonly size: number;
  readonly augmentation: AugmentationName;
};

/** From a warm start to the end of a cosine (Loshchilov & Hutter 2017, warm restarts): each begins with the averaged weights of the one before. */
export type Cycle = {
  /** Of a run of the usual length. */
  readonly minutes: number;
  /** At its peak. */
  readonly learningRate: number;
  readonly lossWeights: LossWeights;
  readonly phases: readonly Phase[];
};

/**
 * Small pictures first, which cost less (Howard 2018, progressive resizing). The second cycle listens to the teacher more than to the labels: a name is
 * learned soon, and what the teacher sees in a picture serves things that have no name here.
 */
export const cycles: readonly Cycle[] = [
  {
    minutes: 80,
    learningRate: 0.003,
    lossWeights: { labels: 1, teacherEmbedding: 1, teacherClasses: 1 },
    phases: [
      { until: 0.65, size: 64, augmentation: 'mobile' },
      { until: 0.82, size: 96, augmentation: 'mobile' },
      { until: 1, size: 128, augmentation: 'gentle' },
    ],
  },
  {
    minutes: 72,
    learningRate: 0.0015,
    lossWeights: { labels: 0.3, teacherEmbedding: 2, teacherClasses: 1 },
    phases: [
      { until: 0.5, size: 80, augmentation: 'mobile' },
      { until: 0.9, size: 96, augmentation: 'mobile' },
      { until: 1, size: 96, augmentation: 'gentle' },
    ],
  },
];

/** In minutes, of a run of the usual length. */
export const usualMinutes = cycles.reduce((sum, { minutes }) => sum + minutes, 0);

const warmUp = 0.02;
const lastPart = 0.01;

/** Linear warm-up (Goyal et al. 2017), then a cosine (Loshchilov & Hutter 2017) down to a hundredth of `peak`. */
export function learningRateAt(progress: number, peak: number): number {
  if (progress < warmUp) return (peak * progress) / warmUp;
  const falling = Math.min(1, (progress - warmUp) / (1 - warmUp));
  return peak * (lastPart + ((1 - lastPart) * (1 + Math.cos(Math.PI * falling))) / 2);
}
