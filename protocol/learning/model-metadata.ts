/** What a stored model says of itself beside its weights: its network and what its outputs are called. */
import * as v from 'valibot';
import type { Label } from './labels.ts';
import { labelKey, maxLabelLength } from './labels.ts';
import type { Layer, ModelSpec } from './model-spec.ts';

export type ModelMetadata = {
  readonly spec: ModelSpec;
  /** One per output of the head, in order. */
  readonly labels: readonly Label[];
};

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][-A-Za-z0-9._/]{0,59}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
/** A head has no outputs while nobody has taught it a label. */
const countOrNone = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_536));
const activation = v.picklist(['none', 'relu', 'relu6']);
const fed = { name, from: v.exactOptional(name) };
const windowed = {
  kernel: v.pipe(count, v.maxValue(64)),
  stride: v.pipe(count, v.maxValue(64)),
  padding: v.picklist(['same', 'valid']),
};
const normed = { activation, batchNorm: v.boolean() };

const layerSchema: v.GenericSchema<unknown, Layer> = v.variant('kind', [
  v.strictObject({ ...fed, ...windowed, ...normed, kind: v.literal('conv'), filters: count }),
  v.strictObject({ ...fed, ...windowed, ...normed, kind: v.literal('depthwise') }),
  v.strictObject({ ...fed, kind: v.literal('dense'), units: countOrNone, activation }),
  v.strictObject({ ...fed, ...windowed, kind: v.literal('maxPool') }),
  v.strictObject({ ...fed, kind: v.literal('globalAveragePool') }),
  v.strictObject({ ...fed, kind: v.literal('flatten') }),
  v.strictObject({ ...fed, kind: v.literal('add'), with: name }),
]);

const side = v.pipe(count, v.maxValue(1024));

/** A network from outside. The layers' fit is checked by `placeLayers`, not here. */
export const modelSpecSchema: v.GenericSchema<unknown, ModelSpec> = v.strictObject({
  name,
  input: v.strictTuple([side, side, v.pipe(count, v.maxValue(4096))]),
  layers: v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(500)),
  embedding: name,
  head: name,
});

const shown = v.pipe(v.string(), v.minLength(1), v.maxLength(maxLabelLength * 2));
const names = v.strictObject({ en: shown, it: shown });

/** A label from outside. */
export const labelSchema: v.GenericSchema<unknown, Label> = v.strictObject({
  key: v.pipe(
    v.string(),
    v.maxLength(maxLabelLength * 2),
    v.check((key) => labelKey(key) === key),
  ),
  names,
  family: v.exactOptional(names),
  grown: v.exactOptional(v.literal(true)),
});

/** The metadata of a model from outside: one label for each output of the head, no two the same. */
export const modelMetadataSchema: v.GenericSchema<unknown, ModelMetadata> = v.pipe(
  v.strictObject({
    spec: modelSpecSchema,
    labels: v.pipe(v.array(labelSchema), v.maxLength(65_536)),
  }),
  v.check(({ spec, labels }) => {
    const head = spec.layers.find((layer) => layer.name === spec.head);
    return head?.kind === 'dense' && head.units === labels.length;
  }, 'Expected one label for each output of the head'),
  v.check(({ labels }) => new Set(labels.map((label) => label.key)).size === labels.length, 'Expected distinct labels'),
);
