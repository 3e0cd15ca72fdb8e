/** The rows of the bench: which network is trained, from which weights, with which settings. A new one is one line of `rows`. */
import { join } from 'node:path';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import { latentAt, readLatentBank, recordsOf } from '../../../server/models/latent-bank.ts';
import { shippedDir } from '../../../server/models/shipped-base.ts';
import { readTfjsModel } from '../../../server/models/tfjs-format.ts';
import { distillationLosses, distillationSpec } from '../../../server/pretrain/distillation.ts';
import { recipes } from '../../../server/training/fit/recipes.ts';
import { createInference, outputsOf } from '../../../server/training/inference.ts';
import type { Example } from './batches.ts';
import { batchesOf, drawnExamples } from './batches.ts';
import type { Task } from './task.ts';

/** Different batches of a row. */
const batchCount = 16;
const seed = 1;
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;

export const rows = {
  /** The talk's CNN as its script trains it. */
  talk: () => recipeTask('talk', 4),
  /** All layers of the shipped base, batch normalisation folded, on pictures of its size. */
  'mobile-full': () => recipeTask('mobile', 4),
  /** What a round on the hub trains: the layers after the cut, on the shipped latents. */
  'mobile-tail': tailTask,
  /** A step of `npm run pretrain`, with batch normalisation and the teacher's two losses. */
  'mobile-pretrain': () => pretrainTask(64),
  'mobile-pretrain-96': () => pretrainTask(96),
  /** The head alone on embeddings that are at hand. */
  head: headTask,
} satisfies Record<string, () => Task | Promise<Task>>;

export type RowName = keyof typeof rows;

async function recipeTask(name: keyof typeof recipes, classes: number): Promise<Task> {
  const { start, batchSize, rate, optimizer, augmentation } = recipes[name];
  const { spec, weights } = await start(classes, seed);
  const examples = drawnExamples({ count: batchCount * batchSize, size: spec.input[0], classes, augmentation, seed });
  return task({ spec, weights, batchSize, optimizer, losses: headLoss(spec) }, rate, examples);
}

function pretrainTask(size: number): Task {
  const batchSize = 64;
  const classes = 375;
  const spec = distillationSpec(classes, size);
  const weights = initialWeights(spec, seededRandom(seed));
  const optimizer = { ...adam, weightDecay: 0.02 };
  const examples = drawnExamples({ count: batchCount * batchSize, size, classes, augmentation: 'mobile', seed });
  return task(
    {
      spec,
      weights,
      batchSize,
      optimizer,
      losses: distillationLosses({ labels: 1, teacherEmbedding: 1, teacherClasses: 1 }),
    },
    0.001,
    examples,
  );
}

async function tailTask(): Promise<Task> {
  const { spec, weights, examples } = await latents();
  const batchSize = 32;
  return task({ spec, weights, batchSize, optimizer: adam, losses: headLoss(spec) }, 0.0003, examples);
}

async function headTask(): Promise<Task> {
  const tail = await latents();
  const inference = await createInference(tail.spec, tail.weights, 1);
  const inputs = tail.examples.map(({ input }) => input);
  const embeddings = await outputsOf(inference, inputs, tail.spec.embedding).finally(() => inference.dispose());
  const examples = tail.examples.map(({ label }, i) => ({ input: embeddings[i] ?? new Float32Array(), label }));
  const { embedding, head } = tail.spec;
  const spec: ModelSpec = {
    name: 'head',
    input: [1, 1, embeddings[0]?.length ?? 0],
    layers: [{ kind: 'flatten', name: embedding }, ...tail.spec.layers.filter(({ name }) => name === head)],
    embedding,
    head,
  };
  const weights = weightsOf(spec, tail.weights);
  return task({ spec, weights, batchSize: 64, optimizer: adam, losses: headLoss(spec) }, 0.001, examples);
}

/** The base after the shipped bank's cut, and the bank's latents spread over all labels. */
async function latents(): Promise<
  Pick<Task['options'], 'spec' | 'weights'> & { readonly examples: readonly Example[] }
> {
  const base = await readTfjsModel(shippedDir);
  const bank = await readLatentBank(join(shippedDir, 'latents.bin'));
  const spec = tailSpec(base.spec, bank.cut);
  const records = recordsOf(bank, 'replay');
  const count = batchCount * 64;
  const examples = Array.from({ length: count }, (_, i) => {
    const record = records[Math.floor((i * records.length) / count)] ?? 0;
    return { input: latentAt(bank, record), label: bank.labels[record] ?? 0 };
  });
  return { spec, weights: weightsOf(spec, base.weights), examples };
}

function headLoss(spec: ModelSpec): Task['options']['losses'] {
  return [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }];
}

function task(options: Task['options'], learningRate: number, examples: readonly Example[]): Task {
  return { options, learningRate, batches: batchesOf(options, examples, seededRandom(seed)) };
}
