/** Runs a network with tfjs-core, on whichever backend is set: what a device does with every frame. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, concat, fused, maxPool, mean, reshape, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Activation, Layer, ModelSpec } from './model-spec.ts';
import { inputName } from './model-spec.ts';
import type { PlacedLayer } from './shapes.ts';
import { placeLayers } from './shapes.ts';
import type { Weights } from './weights.ts';

/** What one picture gives: `logits` `[classes]` and `embedding` `[d]`. */
export type Outputs = { readonly logits: Float32Array; readonly embedding: Float32Array };

/** A network whose weights lie on the backend until `dispose`. */
export interface Network {
  /** Runs one input `[h, w, 3]`; reads back from the backend once. */
  run(input: Float32Array): Promise<Outputs>;
  /** Frees every tensor of the network. */
  dispose(): void;
}

/**
 * Puts `weights` on the current tfjs backend. Throws an Error when a weight is missing or the network has BatchNorm
 * (only folded networks are deployed).
 */
export function loadNetwork(spec: ModelSpec, weights: Weights): Network {
  const placed = placeLayers(spec);
  const tensors = new Map<string, Tensor>();
  const dispose = (): void => {
    for (const held of tensors.values()) held.dispose();
    tensors.clear();
  };
  try {
    for (const { name } of placed.flatMap((layer) => layer.weights)) tensors.set(name, upload(name, weights));
  } catch (cause) {
    dispose();
    throw cause;
  }
  const classes = placed.find(({ layer }) => layer.name === spec.head)?.outputShape[0] ?? 0;
  return {
    dispose,
    async run(input) {
      const both = tidy(() => forward(spec, placed, tensors, input));
      try {
        const values = await both.data<'float32'>();
        return { logits: values.slice(0, classes), embedding: values.slice(classes) };
      } finally {
        both.dispose();
      }
    },
  };
}

/** `[classes + d]`: logits and embedding in one tensor, so that one read-back brings both. The caller owns it. */
function forward(
  spec: ModelSpec,
  placed: readonly PlacedLayer[],
  tensors: ReadonlyMap<string, Tensor>,
  input: Float32Array,
): Tensor1D {
  const outputs = new Map<string, Tensor>([[inputName, tensor(input, [1, ...spec.input])]]);
  for (const { layer, feeds } of placed) {
    const [x, second] = feeds.map((feed) => outputs.get(feed));
    const weight = (suffix: string): Tensor | undefined => tensors.get(`${layer.name}/${suffix}`);
    if (x) outputs.set(layer.name, applyLayer(layer, { x, second, kernel: weight('kernel'), bias: weight('bias') }));
  }
  const vectors = [spec.head, spec.embedding].map((name) => outputs.get(name)).filter((vector) => vector !== undefined);
  return concat(vectors.map((vector): Tensor1D => reshape(vector, [vector.size])));
}

export type Operands = {
  readonly x: Tensor;
  readonly second: Tensor | undefined;
  readonly kernel: Tensor | undefined;
  readonly bias: Tensor | undefined;
};

/**
 * The output `[n, ...shape]` of one layer without BatchNorm for an input `x` of `n` pictures, differentiable. The caller
 * owns it.
 */
// The casts below are safe: `placeLayers` has checked every rank, and the callers that every weight is there.
export function applyLayer(layer: Layer, { x, second, kernel, bias }: Operands): Tensor {
  switch (layer.kind) {
    case 'conv':
    case 'depthwise': {
      const run = layer.kind === 'conv' ? fused.conv2d : fused.depthwiseConv2d;
      return run({
        x: x as Tensor4D,
        filter: kernel as Tensor4D,
        strides: layer.stride,
        pad: layer.padding,
        bias: bias as Tensor1D,
        activation: activations[layer.activation],
      });
    }
    case 'dense':
      return fused.matMul({
        a: x,
        b: kernel as Tensor2D,
        bias: bias as Tensor1D,
        activation: activations[layer.activation],
      });
    case 'maxPool':
      return maxPool(x as Tensor4D, layer.kernel, layer.stride, layer.padding);
    case 'globalAveragePool':
      return mean(x, [1, 2]);
    case 'flatten':
      return reshape(x, [x.shape[0], -1]);
    case 'add':
      return add(x, second as Tensor);
    default:
      return layer satisfies never;
  }
}

const activations = { none: 'linear', relu: 'relu', relu6: 'relu6' } as const satisfies Record<Activation, string>;

function upload(name: string, weights: Weights): Tensor {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The weight ${name} is missing; a deployed network has no BatchNorm and every weight.`);
  return tensor(weight.values, [...weight.shape]);
}
