/** The refusal of a layer, by its name. */
import type { layers } from '@tensorflow/tfjs-layers';
import { BadInput } from '../../bad-input.ts';

/** `why`: what is supported instead. */
export function unsupported(layer: layers.Layer, why: string): BadInput {
  return new BadInput(`The layer ${layer.name} (${layer.getClassName()}) cannot be imported. ${why}`);
}
