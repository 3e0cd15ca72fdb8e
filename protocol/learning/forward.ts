/** Runs a network with tfjs-core, on whichever backend is set: what a device does with every frame. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, concat, fused, maxPool, mean, reshape, slice, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Activation, Layer, ModelSpec, Shape } from './model-spec.ts';
import { inputName } from './model-spec.ts';
import type { PlacedLayer } from './shapes.ts';
import { placeLayers, sizeOf } from './shapes.ts';
import type { Weights } from './weights.ts';

/** What one picture gives: `logits` `[classes]` and `embedding` `[d]`. */
export type Outputs = { readonly logits: Float32Array; readonly embedding: Float32Array };

/** One step of the way through a network: a layer's weighted sums before its activation, or its output. */
export type Step = {
  readonly layer: Layer;
  readonly part: 'sums' | 'output';
  /** Of the whole, for one picture. */
  readonly shape: Shape;
  /** Its first channels (of a vector, its first values), as many as were asked for: `[h, w, channels]` or `[channels]`. */
  readonly values: Float32Array;
};

/** A network whose weights lie on the backend until `dispose`. */
export interface Network {
  /** Runs one input `[h, w, 3]`; reads back from the backend once. */
  run(input: Float32Array): Promise<Outputs>;
  /** Runs one input and says what every layer makes of it, in order; reads back once. `channels` says how much of each. */
  steps(input: Float32Array, channels: (layer: Layer) => number): Promise<readonly Step[]>;
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
      const values = await readBack(() => {
        const outputs = forward({ spec, placed, tensors }, input);
        return [spec.head, spec.embedding].map((name) => outputs.get(name)).filter((vector) => vector !== undefined);
      });
      return { logits: values.slice(0, classes), embedding: values.slice(classes) };
    },
    async steps(input, channels) {
      const steps: Omit<Step, 'values'>[] = [];
      const lengths: number[] = [];
      const values = await readBack(() => {
        const parts = stepsOf({ spec, placed, tensors }, input);
        return parts.map(({ layer, part, output }) => {
          const shown = firstChannels(output, channels(layer));
          steps.push({ layer, part, shape: output.shape.slice(1) });
          lengths.push(shown.size);
          return shown;
        });
      });
      let at = 0;
      return steps.map((step, i) => ({ ...step, values: values.slice(at, (at += lengths[i] ?? 0)) }));
    },
  };
}

type Loaded = {
  readonly spec: ModelSpec;
  readonly placed: readonly PlacedLayer[];
  readonly tensors: ReadonlyMap<string, Tensor>;
};

/** The values of the tensors that `make` returns, one after the other; all others that it makes are freed. */
async function readBack(make: () => readonly Tensor[]): Promise<Float32Array> {
  const joined = tidy(() => concat(make().map((part): Tensor1D => reshape(part, [part.size]))));
  try {
    return await joined.data<'float32'>();
  } finally {
    joined.dispose();
  }
}

/** Every layer's output for one input, by name, and the input itself. The caller owns them. */
function forward({ spec, placed, tensors }: Loaded, input: Float32Array): ReadonlyMap<string, Tensor> {
  const outputs = new Map<string, Tensor>([[inputName, tensor(input, [1, ...spec.input])]]);
  for (const { layer, feeds, outputShape } of placed) {
    // A head without labels: backends do not compute nothing.
    if (sizeOf(outputShape) === 0) continue;
    const operands = operandsOf(layer, feeds, { outputs, tensors });
    if (operands) outputs.set(layer.name, applyLayer(layer, operands));
  }
  return outputs;
}

/** The outputs, and before each that has an activation its weighted sums. The caller owns them. */
function stepsOf(loaded: Loaded, input: Float32Array): (Pick<Step, 'layer' | 'part'> & { readonly output: Tensor })[] {
  const outputs = forward(loaded, input);
  return loaded.placed.flatMap(({ layer, feeds }) => {
    const output = outputs.get(layer.name);
    const operands = operandsOf(layer, feeds, { outputs, tensors: loaded.tensors });
    if (!output || !operands) return [];
    const step = { layer, part: 'output', output } as const;
    if (!('activation' in layer) || layer.activation === 'none') return [step];
    return [{ layer, part: 'sums', output: applyLayer({ ...layer, activation: 'none' }, operands) } as const, step];
  });
}

function operandsOf(
  { name }: Layer,
  feeds: readonly string[],
  {
    outputs,
    tensors,
  }: { readonly outputs: ReadonlyMap<string, Tensor>; readonly tensors: ReadonlyMap<string, Tensor> },
): Operands | undefined {
  const [x, second] = feeds.map((feed) => outputs.get(feed));
  return x && { x, second, kernel: tensors.get(`${name}/kernel`), bias: tensors.get(`${name}/bias`) };
}

function firstChannels(output: Tensor, channels: number): Tensor {
  const shown = Math.min(channels, output.shape.at(-1) ?? 0);
  return slice(
    output,
    output.shape.map(() => 0),
    [...output.shape.slice(0, -1), shown],
  );
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
