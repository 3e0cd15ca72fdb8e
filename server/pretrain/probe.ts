/** How well the embedding serves objects that the base model never learned: a linear head on frozen features. */
import { join } from 'node:path';
import sharp from 'sharp';
import { argMax } from '../../protocol/learning/metrics.ts';
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';
import { parseCsv } from '../training/dataset/csv.ts';
import { epochOrder } from '../training/epoch-order.ts';
import { joined, outputsOf } from '../training/inference.ts';
import { pictureOutputs } from '../training/picture-outputs.ts';
import { blankPictures, pictureAt } from '../training/pictures.ts';
import type { Pictures } from '../training/pictures.ts';
import type { Trainer } from '../training/trainer.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { fileOf, readZip } from './read-zip.ts';

export type ProbeResult = {
  readonly set: string;
  readonly classes: number;
  readonly trained: number;
  readonly n: number;
  readonly right: number;
};

/** What one picture of a set shows, and its embedding. */
type Embedded = { readonly label: string; readonly embedding: Float32Array };

/** The split on which each set of objects.zip is judged; both are trained on `train`. */
const testSplits = { grocery: 'val', trashnet: 'test' };
const batchSize = 50;

/** Probes the sets of objects.zip in the folder `data` with a trainer of the base model `spec`. */
export async function probeObjects(
  data: string,
  trainer: Trainer,
  spec: ModelSpec,
  threads: number,
): Promise<readonly ProbeResult[]> {
  const files = await readZip(join(data, 'objects.zip'));
  const [, ...rows] = parseCsv(fileOf(files, 'labels.csv').toString());
  const listed = rows.map(([file = '', label = '', group = '']) => {
    const [set = '', split = ''] = file.split('/');
    return { file, set, split, label: set === 'grocery' ? group : label };
  });
  const pictures = await decodeAll(listed.map(({ file }) => fileOf(files, file)));
  const indices = Uint32Array.from(listed.keys());
  const embeddings = await pictureOutputs(trainer, spec, { layer: spec.embedding, pictures, indices });
  const embedded = listed.map((entry, i) => ({ ...entry, embedding: embeddings[i] ?? new Float32Array() }));

  const results: ProbeResult[] = [];
  for (const [set, testSplit] of Object.entries(testSplits)) {
    const train = embedded.filter((picture) => picture.set === set && picture.split === 'train');
    const shown = embedded.filter((picture) => picture.set === set && picture.split === testSplit);
    results.push({ set, ...(await linearProbe(train, shown, threads)) });
  }
  return results;
}

async function decodeAll(jpegs: readonly Buffer[]): Promise<Pictures> {
  const decoded = await Promise.all(
    jpegs.map((jpeg) => sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const pictures = blankPictures(decoded.map(({ info }) => info));
  decoded.forEach(({ data }, i) => {
    pictureAt(pictures, i).data.set(data);
  });
  return pictures;
}

const epochs = 60;
const peakLearningRate = 1e-3;
/** Strengths to choose from, per unit of the learning rate. */
const weightDecays = [0.1, 0.3, 1, 3, 10];
/** One training picture in so many is held out to choose the strength. */
const heldOut = 4;

/** A linear head trained on standardised embeddings of `train`; the part of `shown` that it tells right. */
async function linearProbe(
  train: readonly Embedded[],
  shown: readonly Embedded[],
  threads: number,
): Promise<Omit<ProbeResult, 'set'>> {
  const order = shuffled(train, seededRandom(1));
  const [held, kept] = [order.filter((_, i) => i % heldOut === 0), order.filter((_, i) => i % heldOut > 0)];
  let best = { weightDecay: 0, right: -1 };
  for (const weightDecay of weightDecays) {
    const right = await rightAfter(kept, held, weightDecay, threads);
    if (right > best.right) best = { weightDecay, right };
  }
  const classes = new Set(train.map(({ label }) => label)).size;
  const right = await rightAfter(train, shown, best.weightDecay, threads);
  return { classes, trained: train.length, n: shown.length, right };
}

/** The part of `shown` that a head trained on `train` tells right; a small `train` is one batch. */
async function rightAfter(
  train: readonly Embedded[],
  shown: readonly Embedded[],
  weightDecay: number,
  threads: number,
): Promise<number> {
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const standardise = standardiser(train.map(({ embedding }) => embedding));
  const spec = linearSpec(train[0]?.embedding.length ?? 0, labels.length);
  const size = Math.min(batchSize, train.length);
  const trainer = await createWasmTrainer(
    {
      spec,
      weights: initialWeights(spec, seededRandom(1)),
      batchSize: size,
      losses: [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay },
    },
    { threads },
  );
  try {
    const order = epochOrder(Uint32Array.from(train.keys()), size, 1);
    const steps = Math.floor(train.length / size) * epochs;
    for (let step = 0; step < steps; step++) {
      const batch = [...order(step)].flatMap((picture) => train[picture] ?? []);
      const inputs = joined(batch.map(({ embedding }) => standardise(embedding)));
      const targets = joined(batch.map(({ label }) => Float32Array.from(labels, (own) => Number(own === label))));
      const learningRate = peakLearningRate * (1 - step / steps);
      await trainer.step({ count: batch.length, inputs, targets: new Map([[spec.head, targets]]) }, learningRate);
    }
    const inputs = shown.map(({ embedding }) => standardise(embedding));
    const answers = (await outputsOf(trainer, inputs, spec.head)).map(argMax);
    return shown.filter(({ label }, i) => labels[answers[i] ?? NaN] === label).length / shown.length;
  } finally {
    await trainer.dispose();
  }
}

function linearSpec(length: number, classes: number): ModelSpec {
  return {
    name: 'probe',
    input: [1, 1, length],
    layers: [
      { kind: 'flatten', name: 'features' },
      { kind: 'dense', name: 'head', units: classes, activation: 'none' },
    ],
    embedding: 'features',
    head: 'head',
  };
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
  const deviation = square.map((x, i) => Math.sqrt(Math.max(0, x - (mean[i] ?? 0) ** 2) + 1e-4));
  return (vector) => vector.map((x, i) => (x - (mean[i] ?? 0)) / (deviation[i] ?? 1));
}
