/** Makes a backbone of somebody else's model: read, folded, compared with the original, ready to be what a room begins with. */
import { fromF16, toF16 } from '../../../protocol/learning/f16.ts';
import type { ModelHash } from '../../../protocol/ids.ts';
import { encodeModel } from '../../../protocol/learning/model-file.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { maxModelBytes } from '../../../protocol/limits.ts';
import { BadInput } from '../../bad-input.ts';
import { createInference, meanOf, outputsOf } from '../../training/inference.ts';
import { writeLatentBank } from '../latent-bank.ts';
import type { LatentBank } from '../latent-bank.ts';
import type { ModelFolder } from '../model-folder.ts';
import { probeInputs } from '../probe-inputs.ts';
import type { ForeignFiles } from './foreign-files.ts';
import { importedNetwork } from './imported-network.ts';
import type { ImportedNetwork } from './imported-network.ts';
import { Original } from './original.ts';

/** Distance of two vectors of features, as a part of the original's length: what the order of sums may cost, and halves. */
const tolerance = { read: 1e-4, rounded: 0.05 };

/** Away from what was taught all labels are alike: with two of them, a half each. */
const threshold = 0.6;

/** Int8 steps of the largest feature of the probe pictures; photos may have twice as large ones. */
const stepsOfLargest = 64;

export type ImportedModel = {
  /** A model file. */
  readonly file: Uint8Array;
  /** Without records: the model was taught no label, so that none can be forgotten. */
  readonly bank: LatentBank;
  /** Side in pixels of the pictures that it looks at. */
  readonly size: number;
  /** Length of its embeddings. */
  readonly features: number;
  /** The largest distances from the original over the probe pictures: as read, and as the file has it. */
  readonly distance: { readonly read: number; readonly rounded: number };
};

export type ImportOptions = {
  /** What the backbone is called; absent, what its folder is called. */
  readonly name?: string;
  /** What the weights have to be (`ImportedNetwork.sha256`); absent, any. */
  readonly sha256?: string;
  /** Of the room: what their features have in common tells nothing. None: nothing is known of that yet. */
  readonly pictures: readonly Pixels[];
  readonly threads: number;
};

type Network = Pick<ImportedNetwork, 'spec' | 'weights'>;

/** Puts an imported model into `folder`, as `installBase` does with the shipped one. */
export async function installImported(folder: ModelFolder, { file, bank }: ImportedModel): Promise<ModelHash> {
  const base = await folder.write(file);
  await folder.keepLatents(base, (path) => writeLatentBank(path, bank));
  return base;
}

/** Rejects with BadInput that says why when it cannot be imported as it is. */
export async function importModel(files: ForeignFiles, options: ImportOptions): Promise<ImportedModel> {
  const { name = files.name, sha256 } = options;
  const original = await Original.load(files);
  try {
    const network = importedNetwork(name, original);
    if (sha256 !== undefined && network.sha256 !== sha256)
      throw new BadInput(
        `${name} should have weights with the SHA-256 ${sha256}, but has ${network.sha256}. It is another model: nothing was kept.`,
      );
    return await compared(network, original, options);
  } finally {
    original.dispose();
  }
}

async function compared(network: ImportedNetwork, original: Original, options: ImportOptions): Promise<ImportedModel> {
  const { spec } = network;
  const rounded = { spec, weights: halved(network.weights) };
  const [size] = spec.input;
  const pictures = probeInputs(size);
  const inputs = pictures.map((data) => toInput({ data, width: size, height: size, channels: 3 }, size));
  const expected = inputs.map((input) => original.features(network.features.layer, input));
  const found = await embeddingsOf(rounded, inputs, options);
  const distance = {
    read: largestDistance(expected, await embeddingsOf(network, inputs, options)),
    rounded: largestDistance(expected, found),
  };
  // Written so that NaN fails it.
  if (!(distance.read <= tolerance.read))
    throw new BadInput(
      `${spec.name} gives other features here than in tfjs: ${String(distance.read)} of their length apart, ${String(tolerance.read)} are allowed. It cannot be imported.`,
    );
  if (!(distance.rounded <= tolerance.rounded))
    throw new BadInput(
      `${spec.name} does not bear half precision: its features move by ${String(distance.rounded)} of their length, ${String(tolerance.rounded)} are allowed.`,
    );
  const common = options.pictures.map((picture) => toInput(picture, size));
  const features = expected[0]?.length ?? 0;
  const meanEmbedding =
    common.length > 0 ? meanOf(await embeddingsOf(rounded, common, options)) : new Float32Array(features);
  const file = encodeModel({
    ...rounded,
    labels: [],
    meanEmbedding,
    temperature: 1,
    threshold,
    probes: pictures.map((input, i) => ({ input, logits: found[i] ?? new Float32Array() })),
  });
  if (file.length > maxModelBytes)
    throw new BadInput(`${spec.name} takes ${String(file.length)} bytes; a model may have ${String(maxModelBytes)}.`);
  return { file, bank: bankWithoutRecords(spec.embedding, expected), size, features, distance };
}

async function embeddingsOf(
  { spec, weights }: Network,
  inputs: readonly Float32Array[],
  { threads }: ImportOptions,
): Promise<readonly Float32Array[]> {
  const inference = await createInference(spec, weights, threads);
  try {
    return await outputsOf(inference, inputs, spec.embedding);
  } finally {
    await inference.dispose();
  }
}

/** `seen`: features of some pictures, for the size of the steps. */
function bankWithoutRecords(cut: string, seen: readonly Float32Array[]): LatentBank {
  const features = seen[0]?.length ?? 0;
  const largest = seen.reduce((most, vector) => vector.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
  return {
    cut,
    shape: [1, 1, features],
    labels: new Uint16Array(),
    splits: [],
    scales: new Float32Array(features).fill(largest / stepsOfLargest || 1),
    values: new Int8Array(),
  };
}

function largestDistance(expected: readonly Float32Array[], found: readonly Float32Array[]): number {
  const distances = expected.map((vector, i) => {
    const difference = vector.map((value, at) => value - (found[i]?.[at] ?? NaN));
    return Math.hypot(...difference) / (Math.hypot(...vector) || 1);
  });
  return Math.max(...distances);
}

function halved(weights: Weights): Weights {
  return new Map(
    [...weights].map(([name, { shape, values }]) => {
      try {
        return [name, { shape, values: fromF16(toF16(values)) }];
      } catch (cause) {
        throw new BadInput(`The weight ${name} cannot be kept in half precision: ${String(cause)}`, { cause });
      }
    }),
  );
}
