/** How well the embedding serves objects that the base model never learned: a linear head on frozen features. */
import { join } from 'node:path';
import sharp from 'sharp';
import { argMax } from '../../protocol/learning/metrics.ts';
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { toInput } from '../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { epochOrder } from '../training/epoch-order.ts';
import type { Trainer } from '../training/trainer.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { fileOf, readZip } from './read-zip.ts';

/** A picture of objects.zip: its embedding, and the class it is to be told by. */
type Embedded = {
  readonly set: string;
  readonly split: string;
  readonly label: string;
  readonly embedding: Float32Array;
};

export type ProbeResult = {
  readonly set: string;
  readonly classes: number;
  readonly trained: number;
  readonly n: number;
  readonly right: number;
};

/** Probes the sets of objects.zip in folder `data` with a trainer of the base model, whose inputs are `size` wide. */
export async function probeObjects(
  data: string,
  trainer: Trainer,
  spec: ModelSpec,
  threads: number,
): Promise<readonly ProbeResult[]> {
  const files = await readZip(join(data, 'objects.zip'));
  const [, ...lines] = fileOf(files, 'labels.csv').toString('utf8').trim().split('\n');
  const pictures: Embedded[] = [];
  for (const line of lines) {
    const [file = '', label = '', group = ''] = line.trim().split(',');
    const [set = '', split = ''] = file.split('/');
    const embedding = await embed(fileOf(files, file), trainer, spec);
    pictures.push({ set, split, label: set === 'grocery' ? group : label, embedding });
  }
  const sets = [
    { set: 'grocery', test: 'val' },
    { set: 'trashnet', test: 'test' },
  ];
  const results: ProbeResult[] = [];
  for (const { set, test } of sets) {
    const own = pictures.filter((picture) => picture.set === set);
    const [train, shown] = ['train', test].map((split) => own.filter((picture) => picture.split === split));
    results.push({ set, ...(await linearProbe(train ?? [], shown ?? [], threads)) });
  }
  return results;
}

async function embed(jpeg: Buffer, trainer: Trainer, spec: ModelSpec): Promise<Float32Array> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const input = toInput({ data, width: info.width, height: info.height, channels: 3 }, spec.input[0]);
  const outputs = await trainer.forward(input, 1, [spec.embedding]);
  return outputs.get(spec.embedding)?.slice() ?? new Float32Array();
}

const epochs = 60;
const batchSize = 64;

/** A linear head trained on standardised embeddings of `train`; the part of `shown` that it tells right. */
async function linearProbe(
  train: readonly Embedded[],
  shown: readonly Embedded[],
  threads: number,
): Promise<Omit<ProbeResult, 'set'>> {
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const standardise = standardiser(train.map(({ embedding }) => embedding));
  const length = train[0]?.embedding.length ?? 0;
  const spec: ModelSpec = {
    name: 'probe',
    input: [1, 1, length],
    layers: [
      { kind: 'flatten', name: 'features' },
      { kind: 'dense', name: 'head', units: labels.length, activation: 'none' },
    ],
    embedding: 'features',
    head: 'head',
  };
  const trainer = await createWasmTrainer(
    {
      ...{ spec, batchSize, weights: initialWeights(spec, seededRandom(1)) },
      losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.1 },
    },
    { threads },
  );
  try {
    const inputs = train.map(({ embedding }) => standardise(embedding));
    const order = epochOrder(Uint32Array.from(train.keys()), batchSize, 1);
    const steps = Math.floor(train.length / batchSize) * epochs;
    for (let step = 0; step < steps; step++) {
      const batch = [...order(step)];
      const targets = new Float32Array(batch.length * labels.length);
      batch.forEach((picture, i) => (targets[i * labels.length + labels.indexOf(train[picture]?.label ?? '')] = 1));
      const joined = Float32Array.from(batch.flatMap((picture) => [...(inputs[picture] ?? [])]));
      await trainer.step(
        { count: batch.length, inputs: joined, targets: new Map([['head', targets]]) },
        1e-3 * (1 - step / steps),
      );
    }
    let right = 0;
    for (const { embedding, label } of shown) {
      const outputs = await trainer.forward(standardise(embedding), 1, ['head']);
      if (labels[argMax(outputs.get('head') ?? new Float32Array())] === label) right += 1;
    }
    return { classes: labels.length, trained: train.length, n: shown.length, right: right / shown.length };
  } finally {
    await trainer.dispose();
  }
}

/** Takes the mean of `vectors` away and divides by their deviation, number by number. */
function standardiser(vectors: readonly Float32Array[]): (vector: Float32Array) => Float32Array {
  const length = vectors[0]?.length ?? 0;
  const mean = new Float64Array(length);
  const square = new Float64Array(length);
  for (const vector of vectors) {
    vector.forEach((x, i) => {
      mean[i] = (mean[i] ?? 0) + x / vectors.length;
      square[i] = (square[i] ?? 0) + (x * x) / vectors.length;
    });
  }
  return (vector) =>
    vector.map((x, i) => (x - (mean[i] ?? 0)) / Math.sqrt(Math.max(0, (square[i] ?? 0) - (mean[i] ?? 0) ** 2) + 1e-4));
}
