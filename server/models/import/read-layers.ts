/** Somebody else's layers as ours: one function a class of layer, one line in the table. */
import type { layers } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { batchNormEpsilon } from '../../../protocol/learning/fold-batch-norm.ts';
import type { Padding } from '../../../protocol/learning/model-spec.ts';
import { paddingAfter, paddingBefore } from '../../../protocol/learning/shapes.ts';
import type { Weight } from '../../../protocol/learning/weights.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { ForeignLayer } from './original.ts';
import { unsupported } from './unsupported.ts';

type Reader = (read: ForeignLayer, network: NetworkBuilder) => void;

/** By class of layer. */
const readers: Readonly<Record<string, Reader>> = {
  Activation: readActivation,
  Add: readAdd,
  BatchNormalization: readBatchNormalization,
  Conv2D: readConvolution,
  Dense: readDense,
  DepthwiseConv2D: readDepthwise,
  // At inference it changes nothing.
  Dropout: (read, network) => {
    network.pass(read);
  },
  Flatten: (read, network) => {
    network.add(read, { kind: 'flatten', ...placeOf(read, network) });
  },
  GlobalAveragePooling2D: (read, network) => {
    network.add(read, { kind: 'globalAveragePool', ...placeOf(read, network) });
  },
  MaxPooling2D: readMaxPooling,
  ReLU: readRelu,
  ZeroPadding2D: readZeroPadding,
};

/** Adds the layer to `network`. Throws BadInput that names it when our networks have nothing that computes the same. */
export function readLayer(read: ForeignLayer, network: NetworkBuilder): void {
  const reader = new Map(Object.entries(readers)).get(read.layer.getClassName());
  if (!reader) throw unsupported(read.layer, `Supported are ${Object.keys(readers).join(', ')}.`);
  reader(read, network);
}

function placeOf(read: ForeignLayer, network: NetworkBuilder): { readonly name: string; readonly from: string } {
  return { name: read.layer.name, from: network.feedOf(read) };
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const square = v.pipe(
  v.tuple([count, count]),
  v.check(([height, width]) => height === width, 'the same both ways'),
  v.transform(([side]) => side),
);
const activation = v.pipe(
  v.picklist(['linear', 'relu', 'relu6'], 'linear, relu or relu6'),
  v.transform((name) => (name === 'linear' ? 'none' : name)),
);
const window = {
  strides: square,
  padding: v.picklist(['same', 'valid'], 'same or valid'),
  dataFormat: v.literal('channelsLast', 'channels last'),
};
const convolution = {
  ...window,
  kernelSize: square,
  dilationRate: v.pipe(
    square,
    v.check((rate) => rate === 1, '1'),
  ),
  activation,
  useBias: v.boolean(),
};
const convolutionSchema = v.object({ ...convolution, filters: count });
const depthwiseSchema = v.object({ ...convolution, depthMultiplier: v.literal(1, '1') });
const poolingSchema = v.object({ ...window, poolSize: square });
const denseSchema = v.object({ units: count, activation, useBias: v.boolean() });
const normalizationSchema = v.object({
  epsilon: v.number(),
  center: v.boolean(),
  scale: v.boolean(),
  axis: v.picklist([-1, 3], 'the channels'),
});
const zero = v.nullish(v.literal(0, '0'));
const reluSchema = v.object({
  maxValue: v.nullish(v.literal(6, 'absent or 6')),
  negativeSlope: zero,
  threshold: zero,
});
const ends = v.tuple([v.number(), v.number()]);
const zeroPaddingSchema = v.object({ padding: v.tuple([ends, ends]), dataFormat: window.dataFormat });

function readConvolution(read: ForeignLayer, network: NetworkBuilder): void {
  const { filters, useBias, ...config } = configOf(read.layer, convolutionSchema);
  const weights = kernelAndBias(read.layer, useBias, filters);
  network.add(read, { kind: 'conv', filters, ...windowOf(read, config, network), batchNorm: false }, weights);
}

function readDepthwise(read: ForeignLayer, network: NetworkBuilder): void {
  const { useBias, ...config } = configOf(read.layer, depthwiseSchema);
  const weights = kernelAndBias(read.layer, useBias, network.paddedFeedOf(read).shape.at(-1) ?? NaN);
  network.add(read, { kind: 'depthwise', ...windowOf(read, config, network), batchNorm: false }, weights);
}

type Window<Activation> = {
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly activation: Activation;
};

/** Zero padding that stands in front of a convolution becomes its own, where it is what `same` pads. */
function windowOf<Activation>(
  read: ForeignLayer,
  { kernelSize: kernel, strides: stride, padding, activation }: Window<Activation>,
  network: NetworkBuilder,
): {
  readonly name: string;
  readonly from: string;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly activation: Activation;
} {
  const { from, shape, padding: zeros } = network.paddedFeedOf(read);
  const own = { name: read.layer.name, from, kernel, stride, activation };
  if (!zeros) return { ...own, padding };
  const isSame = zeros.every(([before, after], axis) => {
    const length = shape[axis] ?? NaN;
    return (
      before === paddingBefore(length, kernel, stride, 'same') && after === paddingAfter(length, kernel, stride, 'same')
    );
  });
  if (padding === 'same' || !isSame)
    throw unsupported(
      read.layer,
      `The zero padding in front of it has to be what "same" pads, with "valid" in its own.`,
    );
  return { ...own, padding: 'same' };
}

function readDense(read: ForeignLayer, network: NetworkBuilder): void {
  const { units, activation, useBias } = configOf(read.layer, denseSchema);
  const weights = kernelAndBias(read.layer, useBias, units);
  network.add(read, { kind: 'dense', ...placeOf(read, network), units, activation }, weights);
}

function readMaxPooling(read: ForeignLayer, network: NetworkBuilder): void {
  const { poolSize: kernel, strides: stride, padding } = configOf(read.layer, poolingSchema);
  network.add(read, { kind: 'maxPool', ...placeOf(read, network), kernel, stride, padding });
}

function readAdd(read: ForeignLayer, network: NetworkBuilder): void {
  if (read.feeds.length !== 2) throw unsupported(read.layer, 'It has to add two.');
  network.add(read, { kind: 'add', ...placeOf(read, network), with: network.feedOf(read, 1) });
}

/** `foldBatchNorm` makes it a part of the convolution: that knows one epsilon, and no bias beside. */
function readBatchNormalization(read: ForeignLayer, network: NetworkBuilder): void {
  const { layer } = read;
  const { epsilon, center, scale } = configOf(layer, normalizationSchema);
  const own = network.soleFeedOf(read);
  if (!own || !('batchNorm' in own) || own.batchNorm || own.activation !== 'none')
    throw unsupported(layer, 'It has to follow a convolution that nothing else follows.');
  const given = weightsOf(layer);
  const channels = given[0]?.values.length ?? 0;
  const gamma = scale ? given.shift() : filled(channels, 1);
  const beta = center ? given.shift() : filled(channels, 0);
  const [mean, variance] = given;
  const bias = network.weights.get(`${own.name}/bias`);
  if (!gamma || !beta || !mean || !variance || !bias) throw unsupported(layer, 'It lacks weights.');
  network.absorb(
    read,
    { ...own, batchNorm: true },
    {
      gamma,
      beta,
      movingMean: { ...mean, values: mean.values.map((value, i) => value - (bias.values[i] ?? 0)) },
      movingVariance: { ...variance, values: variance.values.map((value) => value + (epsilon - batchNormEpsilon)) },
    },
  );
}

function readRelu(read: ForeignLayer, network: NetworkBuilder): void {
  const { maxValue } = configOf(read.layer, reluSchema);
  activate(read, maxValue === 6 ? 'relu6' : 'relu', network);
}

function readActivation(read: ForeignLayer, network: NetworkBuilder): void {
  const config = configOf(read.layer, v.object({ activation }));
  if (config.activation === 'none') network.pass(read);
  else activate(read, config.activation, network);
}

function activate(read: ForeignLayer, activation: 'relu' | 'relu6', network: NetworkBuilder): void {
  const own = network.soleFeedOf(read);
  if (!own || !('activation' in own) || own.activation !== 'none')
    throw unsupported(read.layer, 'It has to follow a convolution or a dense layer that nothing else follows.');
  network.absorb(read, { ...own, activation });
}

function readZeroPadding(read: ForeignLayer, network: NetworkBuilder): void {
  // Padding of padding is padding in front of no convolution.
  network.feedOf(read);
  network.pass(read, configOf(read.layer, zeroPaddingSchema).padding);
}

function configOf<Schema extends v.GenericSchema>(layer: layers.Layer, schema: Schema): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, layer.getConfig(), { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw unsupported(
    layer,
    `Its ${v.getDotPath(issue) ?? 'configuration'} has to be ${issue.message}, and is ${JSON.stringify(issue.input)}.`,
  );
}

function kernelAndBias(layer: layers.Layer, useBias: boolean, outputs: number): Readonly<Record<string, Weight>> {
  const [kernel, bias = filled(outputs, 0)] = weightsOf(layer);
  if (!kernel || useBias !== (weightsOf(layer).length === 2)) throw unsupported(layer, 'It lacks weights.');
  return { kernel, bias };
}

/** A copy: tfjs frees its own. */
function weightsOf(layer: layers.Layer): Weight[] {
  return layer.getWeights().map((weight) => ({ shape: weight.shape, values: weight.dataSync<'float32'>().slice() }));
}

function filled(length: number, value: number): Weight {
  return { shape: [length], values: new Float32Array(length).fill(value) };
}
