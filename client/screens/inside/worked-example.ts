/** The talk's worked example (Gabriele Baldi, 2018), step by step: an X, a feature, ReLU, max-pooling. */
import type { Grid, Place } from './convolution.ts';
import { convolve, gridOf, maxPool, relu } from './convolution.ts';
import type { FeatureName } from './kernels.ts';
import { features } from './kernels.ts';

const side = 9;
const last = side - 1;

/** All -1, and 1 on the two diagonals inside the border. */
export const crossPicture: Grid = gridOf(side, side, ({ row, column }) => {
  const inside = row > 0 && row < last && column > 0 && column < last;
  return inside && (row === column || row + column === last) ? 1 : -1;
});

export const poolSide = 2;

export type Worked = { readonly convolved: Grid; readonly rectified: Grid; readonly pooled: Grid };

export function workedExample(feature: FeatureName): Worked {
  const convolved = convolve(crossPicture, features[feature]);
  const rectified = relu(convolved);
  return { convolved, rectified, pooled: maxPool(rectified, poolSide) };
}

/** What a step shows: a window of the convolution, all of ReLU at once, or a window of the pooling. */
export type ExampleStep =
  | { readonly phase: 'convolution'; readonly place: Place }
  | { readonly phase: 'relu' }
  | { readonly phase: 'pooling'; readonly place: Place };

export type Phase = ExampleStep['phase'];

/** Every step, in order: 49, 1 and 16. */
export const exampleSteps: readonly ExampleStep[] = [
  ...placesOf(7).map((place): ExampleStep => ({ phase: 'convolution', place })),
  { phase: 'relu' },
  ...placesOf(4).map((place): ExampleStep => ({ phase: 'pooling', place })),
];

function placesOf(length: number): readonly Place[] {
  return Array.from({ length: length ** 2 }, (_, i) => ({ row: Math.floor(i / length), column: i % length }));
}

/** Two decimals, the rest cut off, as the talk prints them: 0.777… is 0.77. */
export function cut(value: number): number {
  return Math.trunc(value * 100) / 100;
}
