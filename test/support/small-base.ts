/** A base model like the shipped one, only small: pre-trained within a second on patterns that the test draws, with its latent bank. */
import { join } from 'node:path';
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { toInput } from '../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import { writeCalibration } from '../../server/models/calibration.ts';
import { makeLatentBank, writeLatentBank } from '../../server/models/latent-bank.ts';
import { writeTfjsModel } from '../../server/models/tfjs-format.ts';
import { createInference, joined, meanOf, outputsOf } from '../../server/training/inference.ts';
import { createWasmTrainer } from '../../server/training/wasm/wasm-trainer.ts';
import type { Pattern } from './drawn-patterns.ts';
import { allPatterns, drawPattern } from './drawn-patterns.ts';

/** What the small base knows. */
export const knownPatterns: readonly Pattern[] = ['red bars', 'green rows', 'blue checks', 'grey dots'];

const size = 32;
const batchSize = 32;
const steps = 160;
const replayPerLabel = 8;
const gatePerLabel = 6;
const conv = { kind: 'conv', padding: 'same', activation: 'relu6', batchNorm: false } as const;
const depthwise = { kind: 'depthwise', kernel: 3, padding: 'same', activation: 'relu6', batchNorm: false } as const;

export const smallSpec: ModelSpec = {
  name: 'small',
  input: [size, size, 3],
  layers: [
    { ...conv, name: 'stem', filters: 16, kernel: 3, stride: 2 },
    { ...depthwise, name: 'block1/depthwise', stride: 2 },
    { ...conv, name: 'block1/project', filters: 24, kernel: 1, stride: 1 },
    { ...depthwise, name: 'block2/depthwise', stride: 1 },
    { ...conv, name: 'features', filters: 48, kernel: 1, stride: 1 },
    { kind: 'globalAveragePool', name: 'embedding' },
    { kind: 'dense', name: 'head', units: knownPatterns.length, activation: 'none' },
  ],
  embedding: 'embedding',
  head: 'head',
};

/** It learns more than it names, as a base's features must serve things that it has no label for. */
const learnt: readonly Pattern[] = [...knownPatterns, ...allPatterns.filter((one) => !knownPatterns.includes(one))];
const wideSpec: ModelSpec = {
  ...smallSpec,
  layers: smallSpec.layers.map((layer) => (layer.kind === 'dense' ? { ...layer, units: learnt.length } : layer)),
};

/** Writes it into `dir` in the form of `server/models/base`. */
export async function writeSmallBase(dir: string): Promise<void> {
  const random = seededRandom(7);
  const inputOf = (pattern: Pattern): Float32Array => toInput(drawPattern(pattern, random), size);
  const trainer = await createWasmTrainer(
    {
      spec: wideSpec,
      weights: initialWeights(wideSpec, seededRandom(3)),
      batchSize,
      losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
    },
    { threads: 1 },
  );
  for (let step = 0; step < steps; step++) {
    const patterns = Array.from({ length: batchSize }, (_, i) => learnt[i % learnt.length] ?? 'red bars');
    const targets = joined(patterns.map((pattern) => Float32Array.from(learnt, (one) => (one === pattern ? 1 : 0))));
    const inputs = joined(patterns.map(inputOf));
    await trainer.step({ count: batchSize, inputs, targets: new Map([['head', targets]]) }, 0.005 * (1 - step / steps));
  }
  const weights = firstUnits(await trainer.weights(), knownPatterns.length);
  await trainer.dispose();

  const labels = knownPatterns.flatMap((_, label) => new Array<number>(replayPerLabel + gatePerLabel).fill(label));
  const inference = await createInference(smallSpec, weights, 1);
  const inputs = labels.map((label) => inputOf(knownPatterns[label] ?? 'red bars'));
  const latents = await outputsOf(inference, inputs, 'block1/project');
  const meanEmbedding = [...meanOf(await outputsOf(inference, inputs, 'embedding'))];
  await inference.dispose();
  await writeTfjsModel(dir, {
    spec: smallSpec,
    weights,
    labels: knownPatterns.map((key) => ({ key, names: { en: key, it: key } })),
  });
  await writeCalibration(dir, { temperature: 1, threshold: 0.3, meanEmbedding });
  await writeLatentBank(
    join(dir, 'latents.bin'),
    makeLatentBank(joined(latents), {
      cut: 'block1/project',
      shape: [8, 8, 24],
      labels: Uint16Array.from(labels),
      splits: labels.map((_, i) => (i % (replayPerLabel + gatePerLabel) < replayPerLabel ? 'replay' : 'gate')),
    }),
  );
}

/** With a head that has only the first `units` of its classes. */
function firstUnits(weights: Weights, units: number): Weights {
  return new Map(
    [...weights].map(([name, { shape, values }]) => {
      const all = shape.at(-1) ?? 0;
      return name.startsWith('head/')
        ? [name, { shape: [...shape.slice(0, -1), units], values: values.filter((_, i) => i % all < units) }]
        : [name, { shape, values }];
    }),
  );
}
