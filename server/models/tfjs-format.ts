/**
 * Models on disk in the tfjs layers format: `model.json` (topology, weights manifest, our metadata) beside `weights.bin`
 * (half-precision, in the order of `weightShapes`). `tf.loadLayersModel` reads what is written here.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { fromF16, toF16 } from '../../protocol/learning/f16.ts';
import type { ModelMetadata } from '../../protocol/learning/model-metadata.ts';
import { modelMetadataSchema } from '../../protocol/learning/model-metadata.ts';
import { placeLayers, sizeOf } from '../../protocol/learning/shapes.ts';
import type { WeightShape } from '../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../protocol/learning/weights.ts';
import { replaceFile } from './replace-file.ts';
import { tfjsTopology, tfjsWeightName } from './tfjs-topology.ts';

/** A network with its weights and the labels of its outputs: all that it takes to recognise. */
export type TrainedModel = ModelMetadata & { readonly weights: Weights };

/** Why a folder is not a model that we can read. */
export class ModelFormatError extends Error {
  override readonly name = 'ModelFormatError';
  readonly kind: 'missing' | 'foreign' | 'corrupt';

  constructor(kind: ModelFormatError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

const modelFile = 'model.json';
const weightsFile = 'weights.bin';

/**
 * Writes `model` into the folder `dir`, which is made when absent; other files in it stay. Each file replaces its
 * predecessor at once, the weights first: a reader sees the old model, the new one, or a checksum that does not fit.
 * Throws an Error when a weight is missing, has another shape, or is beyond half precision.
 */
export async function writeTfjsModel(dir: string, model: TrainedModel): Promise<void> {
  const stored = storedWeights(model);
  const bytes = Buffer.concat(stored.map(({ name, shape }) => halves(model.weights, name, shape)));
  const manifest = stored
    .filter(({ shape }) => sizeOf(shape) > 0)
    .map(({ tfjsName, shape }) => ({
      name: tfjsName,
      shape,
      dtype: 'float32',
      quantization: { dtype: 'float16', original_dtype: 'float32' },
    }));
  const json = {
    format: 'layers-model',
    generatedBy: 'Occhio',
    convertedBy: null,
    modelTopology: tfjsTopology(model.spec),
    weightsManifest: [{ paths: [weightsFile], weights: manifest }],
    userDefinedMetadata: { occhio: { spec: model.spec, labels: model.labels, weightsSha256: sha256(bytes) } },
  };
  await mkdir(dir, { recursive: true });
  await replaceFile(join(dir, weightsFile), bytes);
  await replaceFile(join(dir, modelFile), JSON.stringify(json));
}

/** Reads what `writeTfjsModel` wrote. Rejects with ModelFormatError for anything else. */
export async function readTfjsModel(dir: string): Promise<TrainedModel> {
  const path = join(dir, modelFile);
  const { spec, labels, weightsSha256 } = parseMetadata(path, (await contents(path)).toString());
  const stored = storedWeights({ spec });
  const bytes = await contents(join(dir, weightsFile));
  const expectedBytes = stored.reduce((sum, { shape }) => sum + sizeOf(shape) * 2, 0);
  if (bytes.length !== expectedBytes)
    throw new ModelFormatError(
      'corrupt',
      `${join(dir, weightsFile)} should have ${String(expectedBytes)} bytes for this network but has ${String(bytes.length)}; copy or train the model again.`,
    );
  if (sha256(bytes) !== weightsSha256)
    throw new ModelFormatError(
      'corrupt',
      `${join(dir, weightsFile)} is not the file that ${path} was written with (its SHA-256 differs); copy or train the model again.`,
    );
  const values = fromF16(bytes);
  let start = 0;
  const weights = new Map<string, Weight>();
  for (const { name, shape } of stored) {
    weights.set(name, { shape, values: values.slice(start, start + sizeOf(shape)) });
    start += sizeOf(shape);
  }
  return { spec, labels, weights };
}

type StoredWeight = WeightShape & { readonly tfjsName: string };

/** The weights in the order of the file; the spec comes from outside when reading, so what does not fit is `corrupt`. */
function storedWeights({ spec }: Pick<TrainedModel, 'spec'>): readonly StoredWeight[] {
  try {
    return placeLayers(spec).flatMap(({ layer, weights }) =>
      weights.map((weight) => ({ ...weight, tfjsName: tfjsWeightName(layer, weight.name) })),
    );
  } catch (cause) {
    throw new ModelFormatError('corrupt', `The model's network is not one that can run: ${String(cause)}`, cause);
  }
}

function halves(weights: Weights, name: string, shape: readonly number[]): Uint8Array {
  const weight = weights.get(name);
  if (!weight || String(weight.shape) !== String(shape) || weight.values.length !== sizeOf(shape))
    throw new Error(
      `Expected weight ${name} of shape [${shape.join(', ')}], got [${weight?.shape.join(', ') ?? 'none'}].`,
    );
  try {
    return toF16(weight.values);
  } catch (cause) {
    throw new Error(`Weight ${name} cannot be stored: ${String(cause)}`, { cause });
  }
}

const envelopeSchema = v.object({
  userDefinedMetadata: v.object({ occhio: v.looseObject({ weightsSha256: v.string() }) }),
});

function parseMetadata(path: string, text: string): ModelMetadata & { readonly weightsSha256: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelFormatError(
      'corrupt',
      `${path} is not JSON, perhaps cut short; copy or train the model again.`,
      cause,
    );
  }
  const envelope = v.safeParse(envelopeSchema, json);
  if (!envelope.success)
    throw new ModelFormatError(
      'foreign',
      `${path} does not say which network and labels it holds (userDefinedMetadata.occhio); only models that Occhio saved can be read.`,
    );
  const { weightsSha256, ...metadata } = envelope.output.userDefinedMetadata.occhio;
  const parsed = v.safeParse(modelMetadataSchema, metadata);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new ModelFormatError(
      'corrupt',
      `${path} has unusable metadata at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}.`,
    );
  }
  return { ...parsed.output, weightsSha256 };
}

async function contents(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ModelFormatError(
      'missing',
      `Expected a model's file at ${path}, but it cannot be read: ${String(cause)}`,
      cause,
    );
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
