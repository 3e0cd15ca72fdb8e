/**
 * A network of ours as an ONNX model. Our pictures have their channels last, the operators of ONNX have them first: the input is
 * turned once at the beginning, and a map once more where it is flattened.
 */
import { probedLayer } from '../../../protocol/learning/model-file.ts';
import type { Activation, Layer, ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../protocol/learning/shapes.ts';
import { paddingAfter, paddingBefore, placeLayers, sizeOf } from '../../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import type { OpenedModel } from '../open-model.ts';
import type { OnnxAttribute, OnnxConstant, OnnxModel, OnnxNode, OnnxValue } from './onnx-file.ts';
import { preprocessingText } from './usage-text.ts';

/** What the outputs are called. */
export const onnxOutput = { logits: 'logits', probabilities: 'probabilities', embedding: 'embedding' } as const;

/** Operators with their constants, in the order in which they run. */
type Part = { readonly nodes: readonly OnnxNode[]; readonly constants: readonly OnnxConstant[] };

/**
 * The outputs are the logits, their softmax at the model's temperature, and the embedding; the embedding alone while the model
 * has no labels. Throws an Error for a network with batch normalisation.
 */
export function onnxModel({ spec, weights, labels, temperature, calibration }: OpenedModel): OnnxModel {
  const placed = placeLayers(spec).filter(({ outputShape }) => sizeOf(outputShape) > 0);
  const parts = [turnedInput(spec), ...placed.map((layer) => layerPart(layer, spec, weights))];
  if (probedLayer(spec) === spec.head) parts.push(softmax(temperature));
  return {
    name: spec.name,
    doc: 'Recognises pictures. Exported by Occhio; the labels and how to make the input stand in the metadata.',
    nodes: parts.flatMap(({ nodes }) => nodes),
    constants: parts.flatMap(({ constants }) => constants),
    inputs: [{ name: inputName, shape: ['n', ...spec.input], doc: preprocessingText(spec) }],
    outputs: outputsOf(placed, spec),
    metadata: {
      labels: JSON.stringify(labels),
      preprocessing: preprocessingText(spec),
      temperature: String(temperature),
      ...(calibration && { threshold: String(calibration.threshold) }),
    },
  };
}

function outputsOf(placed: readonly PlacedLayer[], spec: ModelSpec): readonly OnnxValue[] {
  const shapeOf = (name: string): OnnxValue['shape'] | undefined => {
    const found = placed.find(({ layer }) => layer.name === name);
    return found && ['n', ...found.outputShape];
  };
  const [logits, embedding = []] = [shapeOf(spec.head), shapeOf(spec.embedding)];
  const vector = { name: onnxOutput.embedding, shape: embedding, doc: 'Alike for pictures that look alike.' };
  if (!logits) return [vector];
  const probabilities = 'softmax(logits / temperature), one for each label.';
  return [
    { name: onnxOutput.logits, shape: logits, doc: 'One for each label.' },
    { name: onnxOutput.probabilities, shape: logits, doc: probabilities },
    vector,
  ];
}

/** What an operator calls a layer's output. Colons keep our names apart: no layer has one in its own. */
function valueOf(layer: string, spec: ModelSpec): string {
  if (layer === spec.head) return onnxOutput.logits;
  return layer === spec.embedding ? onnxOutput.embedding : `${layer}:output`;
}

function turnedInput(spec: ModelSpec): Part {
  const perm = [0, 3, 1, 2];
  const output = valueOf(inputName, spec);
  return { nodes: [{ type: 'Transpose', inputs: [inputName], output, attributes: { perm } }], constants: [] };
}

function softmax(temperature: number): Part {
  return {
    nodes: [
      { type: 'Div', inputs: [onnxOutput.logits, ':temperature'], output: ':calibrated' },
      { type: 'Softmax', inputs: [':calibrated'], output: onnxOutput.probabilities, attributes: { axis: 1 } },
    ],
    constants: [scalar(':temperature', temperature)],
  };
}

function layerPart({ layer, feeds, inputShape }: PlacedLayer, spec: ModelSpec, weights: Weights): Part {
  if ('batchNorm' in layer && layer.batchNorm)
    throw new Error(`Layer ${layer.name} of ${spec.name} has batch normalisation; fold it before exporting.`);
  const inputs = feeds.map((feed) => valueOf(feed, spec));
  const output = valueOf(layer.name, spec);
  switch (layer.kind) {
    case 'conv':
      return weighted(
        'Conv',
        { layer, inputs, output, attributes: windowOf(layer, inputShape) },
        weights,
        [3, 2, 0, 1],
      );
    case 'depthwise': {
      const attributes = { ...windowOf(layer, inputShape), group: inputShape.at(-1) ?? 0 };
      return weighted('Conv', { layer, inputs, output, attributes }, weights, [2, 3, 0, 1]);
    }
    case 'dense':
      return weighted('Gemm', { layer, inputs, output }, weights, [0, 1]);
    case 'maxPool':
      return operators({ type: 'MaxPool', inputs, output, attributes: windowOf(layer, inputShape) });
    case 'globalAveragePool': {
      const means = `${layer.name}:means`;
      return operators(
        { type: 'GlobalAveragePool', inputs, output: means },
        { type: 'Flatten', inputs: [means], output },
      );
    }
    case 'flatten': {
      const turned = `${layer.name}:turned`;
      const perm = [0, 2, 3, 1];
      return operators(
        { type: 'Transpose', inputs, output: turned, attributes: { perm } },
        { type: 'Flatten', inputs: [turned], output },
      );
    }
    case 'add':
      return operators({ type: 'Add', inputs, output });
    default:
      return layer satisfies never;
  }
}

function operators(...nodes: readonly OnnxNode[]): Part {
  return { nodes, constants: [] };
}

type Weighted = {
  readonly layer: Extract<Layer, { readonly activation: Activation }>;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
};

/** A layer with a kernel and a bias; `order` says which axis of our kernel each axis of theirs is. */
function weighted(
  type: 'Conv' | 'Gemm',
  { layer: { name, activation }, inputs, output, attributes = {} }: Weighted,
  weights: Weights,
  order: readonly number[],
): Part {
  const [kernel, bias] = [`${name}:kernel`, `${name}:bias`];
  const sums = activation === 'none' ? output : `${name}:sums`;
  const active = activated(activation, name, output);
  return {
    nodes: [{ type, inputs: [...inputs, kernel, bias], output: sums, attributes }, ...active.nodes],
    constants: [
      { name: kernel, ...permuted(weightOf(weights, `${name}/kernel`), order) },
      { name: bias, ...weightOf(weights, `${name}/bias`) },
      ...active.constants,
    ],
  };
}

function activated(activation: Activation, name: string, output: string): Part {
  const sums = `${name}:sums`;
  switch (activation) {
    case 'none':
      return operators();
    case 'relu':
      return operators({ type: 'Relu', inputs: [sums], output });
    case 'relu6': {
      const [least, most] = [scalar(`${name}:least`, 0), scalar(`${name}:most`, 6)];
      return {
        nodes: [{ type: 'Clip', inputs: [sums, least.name, most.name], output }],
        constants: [least, most],
      };
    }
    default:
      return activation satisfies never;
  }
}

function windowOf(
  { kernel, stride, padding }: Extract<Layer, { readonly kernel: number }>,
  [height = NaN, width = NaN]: readonly number[],
): Readonly<Record<string, OnnxAttribute>> {
  const sides = [height, width];
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [paddingBefore, paddingAfter].flatMap((pad) => sides.map((length) => pad(length, kernel, stride, padding))),
  };
}

function scalar(name: string, value: number): OnnxConstant {
  return { name, shape: [], values: Float32Array.of(value) };
}

function weightOf(weights: Weights, name: string): Weight {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The weight ${name} is missing.`);
  return weight;
}

/** The tensor whose axis `i` is axis `order[i]` of `weight`. */
function permuted({ shape, values }: Weight, order: readonly number[]): Weight {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const turned = order.map((axis) => shape[axis] ?? 0);
  const steps = order.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  const place = turned.map(() => 0);
  for (let i = 0, from = 0; i < result.length; i++) {
    result[i] = values[from] ?? NaN;
    // The next place, as an odometer turns.
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      const [step = 0, length = 0] = [steps[axis], turned[axis]];
      place[axis] = (place[axis] ?? 0) + 1;
      from += step;
      if ((place[axis] ?? 0) < length) break;
      place[axis] = 0;
      from -= step * length;
    }
  }
  return { shape: turned, values: result };
}
