/** Turns a pre-trained network into the one that is deployed: batch normalisation becomes part of the convolutions. */
import type { Layer, ModelSpec } from './model-spec.ts';
import { placeLayers } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

/** Added to the variance, as in Keras. */
export const batchNormEpsilon = 1e-3;

/**
 * The same network without batch normalisation, for inference: the moving statistics, `gamma` and `beta` go into the
 * kernels and into new biases. Outputs are equal up to rounding. Throws an Error that names a missing weight.
 */
export function foldBatchNorm(
  spec: ModelSpec,
  weights: Weights,
): { readonly spec: ModelSpec; readonly weights: Weights } {
  const entries = placeLayers(spec).flatMap((placed): readonly (readonly [string, Weight])[] =>
    isNormed(placed.layer)
      ? foldLayer(placed.layer, weights)
      : placed.weights.map(({ name }) => [name, required(weights, name)]),
  );
  const layers = spec.layers.map((layer) => (isNormed(layer) ? { ...layer, batchNorm: false } : layer));
  return { spec: { ...spec, layers }, weights: new Map(entries) };
}

type NormedLayer = Extract<Layer, { readonly batchNorm: boolean }>;

function isNormed(layer: Layer): layer is NormedLayer {
  return 'batchNorm' in layer && layer.batchNorm;
}

/** normalise(k * x) = gamma * (k * x - mean) / deviation + beta = (k * scale) * x + (beta - mean * scale) */
function foldLayer({ name }: NormedLayer, weights: Weights): readonly (readonly [string, Weight])[] {
  const kernel = required(weights, `${name}/kernel`);
  const gamma = required(weights, `${name}/gamma`);
  const beta = required(weights, `${name}/beta`);
  const mean = required(weights, `${name}/movingMean`);
  const variance = required(weights, `${name}/movingVariance`);
  const scale = gamma.values.map((g, c) => g / Math.sqrt((variance.values[c] ?? 0) + batchNormEpsilon));
  const bias = beta.values.map((b, c) => b - (mean.values[c] ?? 0) * (scale[c] ?? 0));
  // Output channels vary fastest in both kinds of kernel: conv [kh, kw, in, out], depthwise [kh, kw, c, 1].
  const values = kernel.values.map((value, i) => value * (scale[i % scale.length] ?? 0));
  return [
    [`${name}/kernel`, { shape: kernel.shape, values }],
    [`${name}/bias`, { shape: beta.shape, values: bias }],
  ];
}

function required(weights: Weights, name: string): Weight {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The weight ${name} is missing.`);
  return weight;
}
