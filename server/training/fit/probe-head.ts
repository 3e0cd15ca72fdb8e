/**
 * Trains a new head on the frozen embeddings before the whole network is trained (linear probing, then fine-tuning:
 * Kumar et al. 2022), because a random head's first gradients spoil what the backbone knows.
 */
import type { Weights } from '../../../protocol/learning/weights.ts';
import { epochOrder } from '../epoch-order.ts';
import { createInference, meanOf } from '../inference.ts';
import { pictureOutputs } from '../picture-outputs.ts';
import type { TrainerOptions } from '../trainer.ts';
import { createWasmTrainer } from '../wasm/wasm-trainer.ts';
import { cosineRate } from './learning-rate.ts';
import type { StartingPoint } from './recipes.ts';
import type { TrainingData } from './training-data.ts';

const steps = 300;
const mostPerStep = 32;
const peakRate = 0.001;
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** The starting point with its head trained on the training pictures, unaugmented. Only the head's weights are new. */
export async function probeHead(
  start: StartingPoint,
  data: Pick<TrainingData, 'pictures' | 'train' | 'labelOf'>,
  options: { readonly seed: number; readonly threads: number; readonly signal?: AbortSignal },
): Promise<StartingPoint> {
  const { spec, weights } = start;
  const { pictures, train: indices } = data;
  const { signal } = options;
  const backbone = await createInference(spec, weights, options.threads);
  const embeddings = await pictureOutputs(backbone, spec, {
    layer: spec.embedding,
    pictures,
    indices,
    signal,
  }).finally(() => backbone.dispose());
  const scale = scaleOf(embeddings);
  const labels = Array.from(indices, (index) => data.labelOf[index] ?? NaN);
  const scaled = embeddings.map((embedding) => embedding.map((x, i) => (x - at(scale.mean, i)) / scale.deviation));
  const head = await trainHead(scaled, labels, headOnly(start), options);
  return { spec, weights: new Map([...weights, ...unscaled(head, scale, spec.head)]) };
}

type Scale = { readonly mean: Float32Array; readonly deviation: number };

/** The mean of each feature and the deviation of all, so that one learning rate suits every backbone. */
function scaleOf(embeddings: readonly Float32Array[]): Scale {
  const mean = meanOf(embeddings);
  const squares = embeddings.map((embedding) => embedding.reduce((sum, x, i) => sum + (x - at(mean, i)) ** 2, 0));
  const variance = squares.reduce((sum, square) => sum + square, 0) / (embeddings.length * mean.length);
  // All pictures may look the same to a poor backbone.
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/** A network of the head alone, fed with embeddings, at the start's weights. */
function headOnly({ spec, weights }: StartingPoint): StartingPoint {
  const names = [`${spec.head}/kernel`, `${spec.head}/bias`];
  const own = new Map([...weights].filter(([name]) => names.includes(name)));
  const head = spec.layers.find((layer) => layer.name === spec.head);
  const features = own.get(names[0] ?? '')?.shape[0] ?? 0;
  if (head?.kind !== 'dense') throw new Error(`The head of ${spec.name} is not a dense layer.`);
  const { name, units, activation } = head;
  return {
    spec: {
      name: 'head',
      input: [1, 1, features],
      layers: [
        { kind: 'flatten', name: spec.embedding },
        { kind: 'dense', name, units, activation },
      ],
      embedding: spec.embedding,
      head: name,
    },
    weights: own,
  };
}

async function trainHead(
  embeddings: readonly Float32Array[],
  labels: readonly number[],
  start: StartingPoint,
  options: { readonly seed: number; readonly threads: number; readonly signal?: AbortSignal },
): Promise<Weights> {
  const { spec } = start;
  const [, , features] = spec.input;
  const classes = start.weights.get(`${spec.head}/bias`)?.values.length ?? 0;
  const count = Math.min(mostPerStep, embeddings.length);
  const order = epochOrder(Uint32Array.from(embeddings.keys()), count, options.seed);
  const rate = cosineRate(peakRate);
  const trainer = await createWasmTrainer(trainerOptions(start), options);
  try {
    for (let step = 0; step < steps; step++) {
      options.signal?.throwIfAborted();
      const inputs = new Float32Array(count * features);
      const targets = new Float32Array(count * classes);
      order(step).forEach((index, place) => {
        inputs.set(embeddings[index] ?? [], place * features);
        targets[place * classes + (labels[index] ?? NaN)] = 1;
      });
      await trainer.step({ count, inputs, targets: new Map([[spec.head, targets]]) }, rate(step, steps));
    }
    return await trainer.weights();
  } finally {
    await trainer.dispose();
  }
}

/** The same head for embeddings as they are: kernel / deviation, and the mean's share taken off the bias. */
function unscaled(head: Weights, { mean, deviation }: Scale, name: string): Weights {
  const kernel = head.get(`${name}/kernel`);
  const bias = head.get(`${name}/bias`);
  if (!kernel || !bias) throw new Error(`The head ${name} was not trained.`);
  const classes = bias.values.length;
  const rows = kernel.values.map((weight) => weight / deviation);
  const shifted = bias.values.map((b, c) => mean.reduce((sum, m, i) => sum - m * at(rows, i * classes + c), b));
  return new Map([
    [`${name}/kernel`, { shape: kernel.shape, values: rows }],
    [`${name}/bias`, { shape: bias.shape, values: shifted }],
  ]);
}

function trainerOptions({ spec, weights }: StartingPoint): TrainerOptions {
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }] as const;
  return { spec, weights, batchSize: mostPerStep, losses, optimizer: { ...adam, weightDecay: 0.01 } };
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? NaN;
}
