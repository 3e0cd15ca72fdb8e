/** Weights to begin training from. */
import type { ModelSpec } from './model-spec.ts';
import type { Random } from './random.ts';
import { placeLayers, sizeOf } from './shapes.ts';
import type { PlacedLayer, WeightShape } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

/**
 * Every weight of `spec`: kernels drawn uniformly within ±sqrt(6 / (fan in + fan out)) (Glorot & Bengio 2010, as in
 * Keras), biases, `beta` and `movingMean` 0, `gamma` and `movingVariance` 1.
 */
export function initialWeights(spec: ModelSpec, random: Random): Weights {
  return new Map(
    placeLayers(spec).flatMap((placed) =>
      placed.weights.map((weight): [string, Weight] => [
        weight.name,
        { shape: weight.shape, values: initialValues(placed, weight, random) },
      ]),
    ),
  );
}

function initialValues({ layer }: PlacedLayer, { name, shape }: WeightShape, random: Random): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  const role = name.slice(name.lastIndexOf('/') + 1);
  if (role === 'gamma' || role === 'movingVariance') return values.fill(1);
  if (role !== 'kernel') return values;
  const [inputs = 1, outputs = 1] = shape.slice(-2);
  const window = sizeOf(shape.slice(0, -2));
  // Each channel of a depthwise layer sees and feeds only its own window. Keras counts all channels and starts far too small.
  const fans = layer.kind === 'depthwise' ? window * 2 : window * (inputs + outputs);
  const limit = Math.sqrt(6 / fans);
  return values.map(() => (random.next() * 2 - 1) * limit);
}
