/** Output and weight shapes of every layer of a spec, and the check that the spec makes sense. */
import type { Layer, ModelSpec, Padding, Shape } from './model-spec.ts';
import { inputName } from './model-spec.ts';

export type WeightShape = { readonly name: string; readonly shape: Shape };

/** One layer with everything that follows from its place in the network. */
export type PlacedLayer = {
  readonly layer: Layer;
  /** Names of the layers (or `input`) that feed it; two for `add`. */
  readonly feeds: readonly string[];
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly WeightShape[];
};

/** Length of a windowed layer's output along one axis. */
export function windowedLength(length: number, kernel: number, stride: number, padding: Padding): number {
  return padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;
}

/** Cells of padding before the first along one axis, as TensorFlow places them. */
export function paddingBefore(length: number, kernel: number, stride: number, padding: Padding): number {
  return Math.floor(allPadding(length, kernel, stride, padding) / 2);
}

/** Cells of padding after the last along one axis, as TensorFlow places them. */
export function paddingAfter(length: number, kernel: number, stride: number, padding: Padding): number {
  return Math.ceil(allPadding(length, kernel, stride, padding) / 2);
}

function allPadding(length: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === 'valid') return 0;
  return Math.max(0, (windowedLength(length, kernel, stride, padding) - 1) * stride + kernel - length);
}

/** Places every layer of `spec`, in order. Throws an Error that names the layer when the spec is not a network. */
export function placeLayers(spec: ModelSpec): readonly PlacedLayer[] {
  const shapes = new Map<string, Shape>([[inputName, spec.input]]);
  let previous = inputName;
  const placed = spec.layers.map((layer) => {
    const feeds = [layer.from ?? previous, ...(layer.kind === 'add' ? [layer.with] : [])];
    const feedShapes = feeds.map((feed) => {
      const shape = shapes.get(feed);
      if (!shape)
        throw new Error(`Layer ${layer.name} of ${spec.name} is fed by ${feed}, which does not come before it.`);
      return shape;
    });
    if (shapes.has(layer.name)) throw new Error(`Two layers of ${spec.name} are named ${layer.name}.`);
    const inputShape = feedShapes[0] ?? [];
    const outputShape = outputOf(layer, inputShape, feedShapes[1]);
    // A head has no outputs while nobody has taught it a label.
    const least = layer.name === spec.head ? 0 : 1;
    if (!outputShape.every((n) => Number.isInteger(n) && n >= least))
      throw new Error(`Layer ${layer.name} of ${spec.name} cannot take an input of shape [${inputShape.join(', ')}].`);
    shapes.set(layer.name, outputShape);
    previous = layer.name;
    return { layer, feeds, inputShape, outputShape, weights: weightsOf(layer, inputShape) };
  });
  if (shapes.get(spec.embedding)?.length !== 1) throw new Error(`${spec.name} has no vector named ${spec.embedding}.`);
  if (spec.layers.find((layer) => layer.name === spec.head)?.kind !== 'dense')
    throw new Error(`${spec.name} has no dense layer named ${spec.head}.`);
  return placed;
}

/** Every weight of `spec` in the order in which they are stored. */
export function weightShapes(spec: ModelSpec): readonly WeightShape[] {
  return placeLayers(spec).flatMap((placed) => placed.weights);
}

/** Number of values in a tensor of `shape`. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

function outputOf(layer: Layer, input: Shape, second: Shape | undefined): Shape {
  const [h = NaN, w = NaN, c = NaN] = input.length === 3 ? input : [];
  const windowed = (l: { kernel: number; stride: number; padding: Padding }, channels: number): Shape => [
    windowedLength(h, l.kernel, l.stride, l.padding),
    windowedLength(w, l.kernel, l.stride, l.padding),
    channels,
  ];
  switch (layer.kind) {
    case 'conv':
      return windowed(layer, layer.filters);
    case 'depthwise':
    case 'maxPool':
      return windowed(layer, c);
    case 'globalAveragePool':
      return [c];
    case 'flatten':
      return [h * w * c];
    case 'dense':
      return [input.length === 1 ? layer.units : NaN];
    case 'add':
      return String(input) === String(second) ? input : [NaN];
    default:
      return layer satisfies never;
  }
}

function weightsOf(layer: Layer, input: Shape): readonly WeightShape[] {
  const [, , c = 0] = input;
  const weight = (suffix: string, shape: Shape): WeightShape => ({ name: `${layer.name}/${suffix}`, shape });
  const normed = (kernel: Shape, channels: number, batchNorm: boolean): readonly WeightShape[] => [
    weight('kernel', kernel),
    ...(batchNorm ? ['gamma', 'beta', 'movingMean', 'movingVariance'] : ['bias']).map((s) => weight(s, [channels])),
  ];
  switch (layer.kind) {
    case 'conv':
      return normed([layer.kernel, layer.kernel, c, layer.filters], layer.filters, layer.batchNorm);
    case 'depthwise':
      return normed([layer.kernel, layer.kernel, c, 1], c, layer.batchNorm);
    case 'dense':
      return normed([input[0] ?? 0, layer.units], layer.units, false);
    case 'maxPool':
    case 'globalAveragePool':
    case 'flatten':
    case 'add':
      return [];
    default:
      return layer satisfies never;
  }
}
