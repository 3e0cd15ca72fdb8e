/** Runs a network on the current tfjs backend as training sees it: what devices run, with batch normalisation. */
import { conv2d, depthwiseConv2d, relu, relu6, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { applyLayer } from '../../../protocol/learning/forward.ts';
import { inputName, type ConvLayer, type DepthwiseLayer } from '../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../protocol/learning/shapes.ts';
import { normalizeBatch, normalizeWith, type Moments } from './batch-norm.ts';

export type Pass = {
  /** `[n, ...spec.input]`. */
  readonly input: Tensor;
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Whether a layer normalises with the moments of its batch, not with the moving statistics. */
  readonly usesBatch: (layer: string) => boolean;
  readonly onMoments?: (layer: string, moments: Moments) => void;
};

/** Outputs `[n, ...shape]` of the input and of every layer in `placed`, differentiable. The caller owns them. */
export function runLayers(placed: readonly PlacedLayer[], pass: Pass): ReadonlyMap<string, Tensor> {
  const outputs = new Map([[inputName, pass.input]]);
  for (const { layer, feeds } of placed) {
    const [x, second] = feeds.map((feed) => required(outputs, feed));
    if (!x) throw new Error(`Layer ${layer.name} has no feed.`);
    outputs.set(
      layer.name,
      'batchNorm' in layer && layer.batchNorm
        ? normedConvolution(layer, x as Tensor4D, pass) // placeLayers has checked the rank.
        : applyLayer(layer, { x, second, ...kernelAndBias(layer.name, pass.weights) }),
    );
  }
  return outputs;
}

/** The layers of `placed` that are named, and all that lead to them, in order. */
export function leadingTo(placed: readonly PlacedLayer[], names: readonly string[]): readonly PlacedLayer[] {
  const needed = new Set(names);
  for (const { layer, feeds } of placed.toReversed())
    if (needed.has(layer.name)) for (const feed of feeds) needed.add(feed);
  return placed.filter(({ layer }) => needed.has(layer.name));
}

function normedConvolution(layer: ConvLayer | DepthwiseLayer, x: Tensor4D, pass: Pass): Tensor {
  const weight = (suffix: string): Tensor => required(pass.weights, `${layer.name}/${suffix}`);
  const convolve = layer.kind === 'conv' ? conv2d : depthwiseConv2d;
  const sums = convolve(x, weight('kernel') as Tensor4D, layer.stride, layer.padding);
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const normed = pass.usesBatch(layer.name)
    ? normalizeBatch(sums, gamma, beta, (moments) => pass.onMoments?.(layer.name, moments))
    : normalizeWith({ mean: weight('movingMean'), variance: weight('movingVariance') }, sums, gamma, beta);
  switch (layer.activation) {
    case 'none':
      return normed;
    case 'relu':
      return relu(normed);
    case 'relu6':
      return relu6(normed);
    default:
      return layer.activation satisfies never;
  }
}

function kernelAndBias(
  layer: string,
  weights: Pass['weights'],
): { readonly kernel: Tensor | undefined; readonly bias: Tensor | undefined } {
  return { kernel: weights.get(`${layer}/kernel`), bias: weights.get(`${layer}/bias`) };
}

function required(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`There is no tensor ${name}.`);
  return tensor;
}
