/**
 * What turns the parent's model file into its child's, bit for bit: per output channel the differences of the weights in
 * 255 steps, deflated. A tensor that did not change costs one byte.
 */
import * as v from 'valibot';
import { pack, unpack } from '../codec.ts';
import { maxDeltaBytes } from '../limits.ts';
import { sameBytes } from '../same-bytes.ts';
import { deflate, inflate } from './deflate.ts';
import { fromF16, toF16 } from './f16.ts';
import { fromF32, toF32 } from './f32.ts';
import type { Label } from './labels.ts';
import type { Model } from './model-file.ts';
import { decodeModel, encodeModel, hashModel, ModelFileError } from './model-file.ts';
import { labelSchema, modelSpecSchema } from './model-metadata.ts';
import type { ModelSpec, Shape } from './model-spec.ts';
import { sizeOf, weightShapes } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

export type ModelDeltaErrorKind =
  /** The networks differ in more than the head's number of outputs. */
  | 'unrelated'
  /** Longer than any delta may be, or inflating to more than this parent's child can need. */
  | 'too-large'
  /** No delta: broken, cut off, or a field is foreign or does not fit the parent. */
  | 'malformed'
  /** Made for another parent. */
  | 'other-parent'
  /** What came out is not the child that was meant. */
  | 'checksum';

export class ModelDeltaError extends Error {
  override readonly name = 'ModelDeltaError';
  readonly kind: ModelDeltaErrorKind;
  constructor(kind: ModelDeltaErrorKind, text: string, options?: ErrorOptions) {
    super(text, options);
    this.kind = kind;
  }
}

const bytesSchema: v.GenericSchema<unknown, Uint8Array> = v.instance(Uint8Array);
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const deltaSchema = v.strictObject({
  format: v.literal(1),
  parent: hashSchema,
  child: hashSchema,
  /** A `bodySchema`, packed and deflated. */
  body: bytesSchema,
});

/** An index stands for what the parent has at that place. */
const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const changeSchema = v.union([
  /** As in the parent; outputs of the head that the parent lacks are 0. */
  v.null(),
  /** Added to the parent's: for each output channel a scale (singles), for each value a signed byte that it multiplies. */
  v.strictObject({ scales: bytesSchema, steps: bytesSchema }),
  /** Instead of the parent's: halves. */
  v.strictObject({ halves: bytesSchema }),
]);
type Change = v.InferOutput<typeof changeSchema>;

const networkSchema = v.object({
  /** The head has one output for each, in this order. */
  labels: v.array(v.union([indexSchema, labelSchema])),
  temperature: v.number(),
  threshold: v.number(),
  /** In the order of the child's `weightShapes`. */
  changes: v.array(changeSchema),
});
type NetworkChange = v.InferOutput<typeof networkSchema>;

const measuredSchema = v.object({
  /** Halves. */
  meanEmbedding: bytesSchema,
  probes: v.array(v.object({ input: v.union([indexSchema, bytesSchema]), logits: bytesSchema })),
});

const bodySchema = v.strictObject({ ...networkSchema.entries, ...measuredSchema.entries });
type Body = v.InferOutput<typeof bodySchema>;

/** A trained network that is to become a version. */
export type Candidate = Omit<Model, 'meanEmbedding' | 'probes'>;

/** What depends on the exact weights, and so is measured on those that devices will have. */
export type Measured = Pick<Model, 'meanEmbedding' | 'probes'>;
export type Measure = (rounded: Candidate) => Promise<Measured>;

/**
 * The delta from a parent's file to `candidate`, and the child's file: the candidate as every holder of the parent will
 * compute it, its weights rounded to the delta's steps. Only that child may be judged and promoted.
 * Throws a ModelDeltaError `unrelated` or `too-large`, a ModelFileError when `parent` or `candidate` is no model.
 */
export async function makeDelta(
  parent: Uint8Array,
  candidate: Candidate,
  measure: Measure,
): Promise<{ readonly delta: Uint8Array; readonly child: Uint8Array }> {
  const old = decodeModel(parent);
  const spec = withOutputs(old.spec, candidate.labels.length);
  if (JSON.stringify(spec) !== JSON.stringify(v.parse(modelSpecSchema, candidate.spec)))
    throw new ModelDeltaError('unrelated', 'A delta joins networks that differ in the number of labels only.');
  const change = changeOfNetwork(old, candidate);
  const measured = await measure(changedNetwork(old, change));
  const body: Body = { ...change, ...changeOfMeasured(old, measured) };
  const child = encodeModel(changedModel(old, body));
  const delta = new Uint8Array(
    pack({
      format: 1,
      parent: await hashModel(parent),
      child: await hashModel(child),
      body: await deflate(pack(body)),
    }),
  );
  if (delta.length > maxDeltaBytes)
    throw new ModelDeltaError('too-large', `A delta has at most ${String(maxDeltaBytes)} bytes.`);
  return { delta, child };
}

/** The child's file. Throws a ModelDeltaError for anything that does not lead to exactly the child that was meant. */
export async function applyDelta(parent: Uint8Array, delta: Uint8Array): Promise<Uint8Array> {
  if (delta.length > maxDeltaBytes)
    throw new ModelDeltaError('too-large', `A delta has at most ${String(maxDeltaBytes)} bytes.`);
  const file = parse(deltaSchema, delta);
  if (file.parent !== (await hashModel(parent)))
    throw new ModelDeltaError('other-parent', `This delta needs the model ${file.parent}.`);
  const old = decodeModel(parent);
  const body = parse(bodySchema, await inflated(file.body, parent));
  const child = checked(() => encodeModel(changedModel(old, body)));
  if ((await hashModel(child)) !== file.child) throw new ModelDeltaError('checksum', 'The result is not the child.');
  return child;
}

function changeOfNetwork(old: Model, candidate: Candidate): NetworkChange {
  const places = new Map(old.labels.map((label, i) => [JSON.stringify(label), i]));
  const labels = candidate.labels.map((label) => places.get(JSON.stringify(v.parse(labelSchema, label))) ?? label);
  const aligned = alignHead(old, labels);
  return {
    labels,
    temperature: candidate.temperature,
    threshold: candidate.threshold,
    changes: weightShapes(candidate.spec).map(({ name, shape }) =>
      changeOf(shape, valuesOf(aligned, name), valuesOf(candidate.weights, name)),
    ),
  };
}

function changedNetwork(old: Model, { labels, temperature, threshold, changes }: NetworkChange): Candidate {
  const spec = withOutputs(old.spec, labels.length);
  const aligned = alignHead(old, labels);
  const weights = new Map(
    sized(weightShapes(spec), changes.length).map(({ name, shape }, i): [string, Weight] => [
      name,
      { shape, values: changed(shape, valuesOf(aligned, name), at(changes, i)) },
    ]),
  );
  const inWords = labels.map((label) => (typeof label === 'number' ? at(old.labels, label) : label));
  return { spec, labels: inWords, weights, temperature, threshold };
}

function changeOfMeasured(old: Model, { meanEmbedding, probes }: Measured): v.InferOutput<typeof measuredSchema> {
  return {
    meanEmbedding: toF16(meanEmbedding),
    probes: probes.map(({ input, logits }) => {
      const known = old.probes.findIndex((probe) => sameBytes(probe.input, input));
      return { input: known < 0 ? input : known, logits: toF32(logits) };
    }),
  };
}

function changedModel(old: Model, body: Body): Model {
  return {
    ...changedNetwork(old, body),
    meanEmbedding: fromF16(body.meanEmbedding),
    probes: body.probes.map(({ input, logits }) => ({
      input: typeof input === 'number' ? at(old.probes, input).input : input,
      logits: fromF32(logits),
    })),
  };
}

/** Finer steps than this share of a channel's largest weight would cost bytes and be lost among halves, whose own step is 2^-11. */
const finestStep = 2 ** -10;

function changeOf(shape: Shape, before: Float32Array, after: Float32Array): Change {
  if (after.every((value, i) => value === before[i])) return null;
  // A bias is small, and each of its values a channel of its own.
  if (shape.length === 1) return { halves: toF16(after) };
  const channelOf = channels(shape);
  const difference = new Float32Array(channelOf.count);
  const weight = new Float32Array(channelOf.count);
  for (let i = 0; i < after.length; i++) {
    const channel = channelOf.at(i);
    difference[channel] = Math.max(difference[channel] ?? 0, Math.abs((after[i] ?? 0) - (before[i] ?? 0)));
    weight[channel] = Math.max(weight[channel] ?? 0, Math.abs(before[i] ?? 0));
  }
  const scales = difference.map((largest, channel) => Math.max(largest / 127, (weight[channel] ?? 0) * finestStep));
  const steps = new Uint8Array(after.length);
  for (let i = 0; i < after.length; i++)
    steps[i] = Math.round(((after[i] ?? 0) - (before[i] ?? 0)) / (scales[channelOf.at(i)] || 1));
  return steps.some((step) => step !== 0) ? { scales: toF32(scales), steps } : null;
}

function changed(shape: Shape, before: Float32Array, change: Change): Float32Array {
  if (change === null) return before;
  const size = sizeOf(shape);
  if ('halves' in change) return sized(fromF16(change.halves), size);
  const channelOf = channels(shape);
  const scales = sized(fromF32(change.scales), channelOf.count);
  const steps = sized(new Int8Array(change.steps), size);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = (before[i] ?? 0) + (steps[i] ?? 0) * (scales[channelOf.at(i)] ?? 0);
  // As the file holds them, so that what is measured on them is true of what devices load.
  return fromF16(toF16(values));
}

/** Which output channel the value at flat index `i` feeds: the last axis, but for depthwise kernels `[kh, kw, c, 1]` the one before. */
function channels(shape: Shape): { readonly count: number; at(i: number): number } {
  const count = (shape.length === 4 && shape[3] === 1 ? shape[2] : shape.at(-1)) ?? 1;
  return { count, at: (i) => i % count };
}

function withOutputs(spec: ModelSpec, units: number): ModelSpec {
  return { ...spec, layers: spec.layers.map((layer) => (layer.name === spec.head ? { ...layer, units } : layer)) };
}

/** The parent's weights with the head's outputs in the child's order; 0 where the child has a new label. */
function alignHead({ spec, weights }: Model, labels: readonly (number | Label)[]): Weights {
  const aligned = new Map(weights);
  for (const name of [`${spec.head}/kernel`, `${spec.head}/bias`]) {
    const { shape, values } = weights.get(name) ?? { shape: [0], values: new Float32Array() };
    const before = shape.at(-1) ?? 0;
    const rows = sizeOf(shape.slice(0, -1));
    const moved = new Float32Array(rows * labels.length);
    for (const [column, from] of labels.entries()) {
      if (typeof from !== 'number') continue;
      for (let row = 0; row < rows; row++) moved[row * labels.length + column] = values[row * before + from] ?? 0;
    }
    aligned.set(name, { shape: [...shape.slice(0, -1), labels.length], values: moved });
  }
  return aligned;
}

async function inflated(body: Uint8Array, parent: Uint8Array): Promise<Uint8Array> {
  // The changes of a child take at most a byte a weight where the parent has two, and what new labels add is small beside.
  const maxBytes = parent.length + 2 ** 20;
  try {
    return await inflate(body, maxBytes);
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new ModelDeltaError('too-large', `Expected a body of at most ${String(maxBytes)} bytes.`, { cause });
    throw new ModelDeltaError('malformed', 'The body does not inflate.', { cause });
  }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, bytes: Uint8Array): v.InferOutput<Schema> {
  const unpacked = unpack(bytes);
  if (!unpacked.ok) throw new ModelDeltaError('malformed', unpacked.failure.text);
  const parsed = v.safeParse(schema, unpacked.message, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new ModelDeltaError(
    'malformed',
    `Field ${v.getDotPath(issue)?.slice(0, 100) ?? '(the delta)'} expects ${issue.expected ?? 'another form'}.`,
  );
}

/** A body of the right form can still not fit its parent: a malformed delta, too. */
function checked<T>(build: () => T): T {
  try {
    return build();
  } catch (cause) {
    if (cause instanceof ModelFileError || cause instanceof RangeError)
      throw new ModelDeltaError('malformed', 'The delta does not fit its parent.', { cause });
    throw cause;
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`Expected an index below ${String(items.length)}.`);
  return item;
}

function sized<T extends { readonly length: number }>(values: T, length: number): T {
  if (values.length !== length) throw new RangeError(`Expected ${String(length)} values.`);
  return values;
}

function valuesOf(weights: Weights, name: string): Float32Array {
  const weight = weights.get(name);
  if (!weight) throw new ModelFileError('misfit', `The model lacks the weight ${name}.`);
  return weight.values;
}
