/** A plain interpreter of a ModelSpec on tfjs' `cpu` backend, whose gradients are tfjs' own: the oracle of the engines. */
import '@tensorflow/tfjs-backend-cpu';
// Registers the gradient of every operation; tfjs-core alone knows none.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { inputName, type Layer, type ModelSpec } from '../../protocol/learning/model-spec.ts';
import { placeLayers } from '../../protocol/learning/shapes.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import type { Batch, LossTerm } from '../../server/training/trainer.ts';

type Tensors = ReadonlyMap<string, tf.Tensor>;

/** What one batch should give: values row-major, gradients by weight name (moving statistics have none). */
export type OracleResult = {
  readonly loss: number;
  /** Of the loss layers. */
  readonly outputs: ReadonlyMap<string, Float32Array>;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** Batch mean and variance by layer with batch normalisation. */
  readonly moments: ReadonlyMap<string, { readonly mean: Float32Array; readonly variance: Float32Array }>;
};

export type OracleOptions = {
  readonly spec: ModelSpec;
  readonly weights: Weights;
  readonly losses: readonly LossTerm[];
  readonly frozen?: ReadonlySet<string>;
};

/** Loss, gradients and outputs of one batch. Frozen layers normalise with their moving statistics. */
export function oracleStep(options: OracleOptions, batch: Batch): OracleResult {
  return scoped(() => {
    const { spec, losses } = options;
    const weights = weightTensors(options.weights);
    const trained = [...weights.keys()].filter(
      (name) => !name.includes('/moving') && !options.frozen?.has(layerOf(name)),
    );
    const input = tf.tensor(batch.inputs, [batch.count, ...spec.input]);
    let outputs: ReadonlyMap<string, Float32Array> = new Map();
    const moments = new Map<string, { readonly mean: Float32Array; readonly variance: Float32Array }>();
    const total = (...values: tf.Tensor[]): tf.Scalar => {
      const current = new Map([...weights, ...trained.map((name, i) => [name, pick(values, i)] as const)]);
      const tensors = run({
        spec,
        weights: current,
        input,
        normalizesBatch: (name) => !options.frozen?.has(name),
        moments,
      });
      outputs = new Map(losses.map(({ layer }) => [layer, floats(get(tensors, layer))]));
      const terms = losses.map((term) => tf.mul<tf.Scalar>(termLoss(term, tensors, batch), term.weight));
      return tf.sum<tf.Scalar>(tf.stack(terms));
    };
    const { value, grads } = tf.valueAndGrads(total)(trained.map((name) => get(weights, name)));
    return {
      loss: pick([...value.dataSync()], 0),
      outputs,
      gradients: new Map(trained.map((name, i) => [name, floats(pick(grads, i))])),
      moments,
    };
  });
}

/** Outputs of every layer with the moving statistics, as `Trainer.forward` gives them. */
export function oracleForward(
  spec: ModelSpec,
  weights: Weights,
  inputs: Float32Array,
  count: number,
): ReadonlyMap<string, Float32Array> {
  return scoped(() => {
    const input = tf.tensor(inputs, [count, ...spec.input]);
    const outputs = run({
      spec,
      weights: weightTensors(weights),
      input,
      normalizesBatch: () => false,
      moments: new Map(),
    });
    return new Map([...outputs].map(([name, tensor]) => [name, floats(tensor)]));
  });
}

/** As tf.tidy, for results that are no tensors; on `cpu`, whatever backend is being tested. */
function scoped<T>(work: () => T): T {
  void tf.setBackend('cpu'); // At once: it needs nothing to start.
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}

type Interpretation = {
  readonly spec: ModelSpec;
  readonly weights: Tensors;
  readonly input: tf.Tensor;
  readonly normalizesBatch: (layer: string) => boolean;
  readonly moments: Map<string, { readonly mean: Float32Array; readonly variance: Float32Array }>;
};

function run(interpretation: Interpretation): Tensors {
  const tensors = new Map<string, tf.Tensor>([[inputName, interpretation.input]]);
  for (const { layer, feeds } of placeLayers(interpretation.spec))
    tensors.set(
      layer.name,
      apply(
        layer,
        feeds.map((feed) => get(tensors, feed)),
        interpretation,
      ),
    );
  return tensors;
}

function apply(layer: Layer, feeds: readonly tf.Tensor[], interpretation: Interpretation): tf.Tensor {
  const x = pick(feeds, 0);
  const weight = (suffix: string): tf.Tensor => get(interpretation.weights, `${layer.name}/${suffix}`);
  switch (layer.kind) {
    case 'conv':
      return finish(layer, tf.conv2d(x as tf.Tensor4D, weight('kernel') as tf.Tensor4D, layer.stride, layer.padding));
    case 'depthwise': {
      const kernel = weight('kernel') as tf.Tensor4D;
      return finish(layer, tf.depthwiseConv2d(x as tf.Tensor4D, kernel, layer.stride, layer.padding));
    }
    case 'dense':
      return activate(tf.add(tf.matMul(x as tf.Tensor2D, weight('kernel') as tf.Tensor2D), weight('bias')), layer);
    case 'maxPool':
      return tf.maxPool(x as tf.Tensor4D, layer.kernel, layer.stride, layer.padding);
    case 'globalAveragePool':
      return tf.mean(x, [1, 2]);
    case 'flatten':
      return tf.reshape(x, [pick(x.shape, 0), -1]);
    case 'add':
      return tf.add(x, pick(feeds, 1));
    default:
      return layer satisfies never;
  }

  function finish(normed: { name: string; batchNorm: boolean; activation: string }, sums: tf.Tensor): tf.Tensor {
    if (!normed.batchNorm) return activate(tf.add(sums, weight('bias')), normed);
    const batch = interpretation.normalizesBatch(normed.name);
    const mean = batch ? tf.mean(sums, [0, 1, 2]) : weight('movingMean');
    const variance = batch ? tf.mean(tf.square(tf.sub(sums, mean)), [0, 1, 2]) : weight('movingVariance');
    if (batch) interpretation.moments.set(normed.name, { mean: floats(mean), variance: floats(variance) });
    const unit = tf.div(tf.sub(sums, mean), tf.sqrt(tf.add(variance, 1e-3)));
    return activate(tf.add(tf.mul(unit, weight('gamma')), weight('beta')), normed);
  }
}

function activate(x: tf.Tensor, { activation }: { activation: string }): tf.Tensor {
  if (activation === 'relu') return tf.relu(x);
  return activation === 'relu6' ? tf.relu6(x) : x;
}

function termLoss(term: LossTerm, outputs: Tensors, batch: Batch): tf.Scalar {
  const output = get(outputs, term.layer);
  const values = batch.targets.get(term.layer);
  if (!values) throw new Error(`No targets for ${term.layer}.`);
  const targets = tf.tensor(values, output.shape);
  const weights = tf.tensor1d(batch.exampleWeights ?? new Float32Array(batch.count).fill(1));
  const length = (x: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(x), 1));
  const each =
    term.kind === 'cosine'
      ? tf.sub(1, tf.div(tf.sum(tf.mul(output, targets), 1), tf.mul(length(output), length(targets))))
      : tf.neg(tf.sum(tf.mul(tf.logSoftmax(output), targets), 1));
  return tf.div(tf.sum(tf.mul(each, weights)), batch.count);
}

function weightTensors(weights: Weights): Tensors {
  return new Map([...weights].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]));
}

function layerOf(weight: string): string {
  return weight.slice(0, weight.lastIndexOf('/'));
}

function floats(tensor: tf.Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync());
}

function get<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`There is no ${name}.`);
  return value;
}

function pick<T>(list: readonly T[], i: number): T {
  const value = list[i];
  if (value === undefined) throw new Error(`There is no element ${String(i)}.`);
  return value;
}
