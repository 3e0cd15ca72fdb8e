/** The kernels that the lesson slides over pictures: the talk's three features, and two that find edges. */
import type { Grid } from './convolution.ts';

const of = (...values: readonly number[]): Grid => ({ height: 3, width: 3, values });

export const features = {
  falling: of(1, -1, -1, -1, 1, -1, -1, -1, 1),
  cross: of(1, -1, 1, -1, 1, -1, 1, -1, 1),
  rising: of(-1, -1, 1, -1, 1, -1, 1, -1, -1),
} as const;

export const kernels = {
  upright: of(-1, 0, 1, -1, 0, 1, -1, 0, 1),
  level: of(-1, -1, -1, 0, 0, 0, 1, 1, 1),
  ...features,
} as const;

export type FeatureName = keyof typeof features;
export type KernelName = keyof typeof kernels;
