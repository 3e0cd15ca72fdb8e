/** A model as one run of bytes: what is hashed, stored, fetched and put to work on a device. */
import * as v from 'valibot';
import { pack, unpack } from '../codec.ts';
import type { ModelHash } from '../ids.ts';
import { modelHashSchema } from '../ids.ts';
import { maxModelBytes } from '../limits.ts';
import { fromF16, toF16 } from './f16.ts';
import { fromF32, toF32 } from './f32.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { modelMetadataSchema } from './model-metadata.ts';
import type { ModelSpec } from './model-spec.ts';
import { placeLayers, sizeOf, weightShapes } from './shapes.ts';
import type { WeightShape } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

/** A question with a known answer: before a device lets a model label frames, it has to find these logits. */
export type Probe = {
  /** RGB bytes `[size, size, 3]`, exactly of the network's input size. */
  readonly input: Uint8Array;
  /** What the hub's engine computes for it, `[labels]`; while there are no labels, the embedding `[d]` (`probedLayer`). */
  readonly logits: Float32Array;
};

/** The layer whose output probes hold. */
export function probedLayer(spec: ModelSpec): string {
  const head = spec.layers.find(({ name }) => name === spec.head);
  return head?.kind === 'dense' && head.units === 0 ? spec.embedding : spec.head;
}

export type Model = ModelMetadata & {
  readonly weights: Weights;
  /** What embeddings have in common, `[d]`: their mean over many pictures. Taken off before embeddings are compared. */
  readonly meanEmbedding: Float32Array;
  /** Probabilities are softmax(logits / temperature). */
  readonly temperature: number;
  /** Below this largest probability the answer is "I do not know". */
  readonly threshold: number;
  readonly probes: readonly Probe[];
};

export type ModelFileErrorKind =
  /** Longer than any model may be. */
  | 'too-large'
  /** Not one MessagePack value. */
  | 'malformed'
  /** Of another format, or a field is missing, foreign or out of bounds. */
  | 'invalid'
  /** The parts do not fit each other: the spec is no network, or tensors, labels and probes are not of its sizes. */
  | 'misfit';

export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
  readonly kind: ModelFileErrorKind;
  constructor(kind: ModelFileErrorKind, text: string, options?: ErrorOptions) {
    super(text, options);
    this.kind = kind;
  }
}

const maxProbes = 8;

const bytesSchema: v.GenericSchema<unknown, Uint8Array> = v.instance(Uint8Array);

const fileSchema = v.strictObject({
  format: v.literal(1),
  spec: v.unknown(),
  labels: v.unknown(),
  /** Halves, in the order of `weightShapes(spec)`. */
  weights: bytesSchema,
  /** Halves. */
  meanEmbedding: v.pipe(
    bytesSchema,
    v.check((bytes) => bytes.length % 2 === 0),
  ),
  temperature: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)),
  threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  probes: v.pipe(v.array(v.strictObject({ input: bytesSchema, logits: bytesSchema })), v.maxLength(maxProbes)),
});

/**
 * The file of `model`; its weights are rounded to halves. The same model gives the same bytes.
 * Throws a ModelFileError when the parts do not fit each other, a RangeError when a weight is too large for a half.
 */
export function encodeModel(model: Model): Uint8Array {
  const { weights, meanEmbedding, temperature, threshold, probes } = model;
  // Parsed, so that the order in which someone wrote the fields of a layer does not change the bytes.
  const { spec, labels } = parse(modelMetadataSchema, { spec: model.spec, labels: model.labels });
  checkMean(spec, meanEmbedding);
  for (const probe of probes) checkProbe(spec, probe.input.length, probe.logits.length);
  const bytes = pack({
    format: 1,
    spec,
    labels,
    weights: packWeights(placed(spec), weights),
    meanEmbedding: toF16(meanEmbedding),
    temperature,
    threshold,
    probes: probes.map(({ input, logits }) => ({ input, logits: toF32(logits) })),
  });
  // A copy of its own: msgpackr's is a part of a larger buffer.
  return new Uint8Array(bytes);
}

/** The model of a file. Throws a ModelFileError for anything that `encodeModel` would not have written. */
export function decodeModel(bytes: Uint8Array): Model {
  if (bytes.byteLength > maxModelBytes)
    throw new ModelFileError('too-large', `A model has at most ${String(maxModelBytes)} bytes.`);
  const unpacked = unpack(bytes);
  if (!unpacked.ok) throw new ModelFileError('malformed', unpacked.failure.text);
  const file = parse(fileSchema, unpacked.message);
  const metadata = parse(modelMetadataSchema, { spec: file.spec, labels: file.labels });
  const weights = unpackWeights(placed(metadata.spec), file.weights);
  const probes = file.probes.map(({ input, logits }) => {
    checkProbe(metadata.spec, input.length, logits.length / 4);
    return { input: new Uint8Array(input), logits: fromF32(logits) };
  });
  const meanEmbedding = finite(fromF16(file.meanEmbedding));
  checkMean(metadata.spec, meanEmbedding);
  return { ...metadata, weights, meanEmbedding, temperature: file.temperature, threshold: file.threshold, probes };
}

/** SHA-256 of a model file: the version's identity. */
export async function hashModel(bytes: Uint8Array): Promise<ModelHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return v.parse(modelHashSchema, Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue)?.slice(0, 100) ?? '(the file)';
  throw new ModelFileError('invalid', `Field ${path} expects ${issue.expected ?? 'another form'}.`);
}

function placed(spec: ModelSpec): readonly WeightShape[] {
  try {
    return weightShapes(spec);
  } catch (cause) {
    throw new ModelFileError('misfit', 'The layers do not make a network.', { cause });
  }
}

function packWeights(shapes: readonly WeightShape[], weights: Weights): Uint8Array {
  const all = new Float32Array(shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  let at = 0;
  for (const { name, shape } of shapes) {
    const values = weights.get(name)?.values;
    if (values?.length !== sizeOf(shape))
      throw new ModelFileError('misfit', `Weight ${name} has to be of shape [${shape.join(', ')}].`);
    all.set(values, at);
    at += values.length;
  }
  return toF16(all);
}

function unpackWeights(shapes: readonly WeightShape[], bytes: Uint8Array): Weights {
  const expected = shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0) * 2;
  if (bytes.length !== expected)
    throw new ModelFileError('misfit', `The weights take ${String(expected)} bytes, came ${String(bytes.length)}.`);
  const all = finite(fromF16(bytes));
  let at = 0;
  return new Map(
    shapes.map(({ name, shape }): [string, Weight] => {
      const from = at;
      at += sizeOf(shape);
      return [name, { shape, values: all.slice(from, at) }];
    }),
  );
}

function finite(values: Float32Array): Float32Array {
  if (!values.every(Number.isFinite)) throw new ModelFileError('invalid', 'Expected finite numbers.');
  return values;
}

function checkMean(spec: ModelSpec, mean: Float32Array): void {
  const length = lengthOf(spec, spec.embedding);
  if (mean.length !== length)
    throw new ModelFileError('misfit', `The mean embedding has ${String(length)} values, came ${String(mean.length)}.`);
}

function checkProbe(spec: ModelSpec, inputBytes: number, logits: number): void {
  if (inputBytes !== sizeOf(spec.input) || logits !== lengthOf(spec, probedLayer(spec)))
    throw new ModelFileError(
      'misfit',
      'A probe has one byte for each value of the input and one logit for each label, or the embedding without labels.',
    );
}

function lengthOf(spec: ModelSpec, name: string): number {
  return sizeOf(placeLayers(spec).find(({ layer }) => layer.name === name)?.outputShape ?? []);
}
