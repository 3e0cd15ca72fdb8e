/** How the kernels know activations. */
import type { Activation } from '../../../../protocol/learning/model-spec.ts';

/** An activation as the interval to which it clamps. */
export const intervals: Readonly<Record<Activation, readonly [low: number, high: number]>> = {
  none: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};
