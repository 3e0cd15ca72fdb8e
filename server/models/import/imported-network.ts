/** Somebody else's network as one of ours that gives features and knows no label yet. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { foldBatchNorm } from '../../../protocol/learning/fold-batch-norm.ts';
import { modelSpecSchema } from '../../../protocol/learning/model-metadata.ts';
import type { Layer, ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { weightShapes } from '../../../protocol/learning/shapes.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { BadInput } from '../../bad-input.ts';
import { featuresOf } from './features.ts';
import { NetworkBuilder } from './network-builder.ts';
import type { ForeignLayer, Original } from './original.ts';
import { readLayer } from './read-layers.ts';

export type ImportedNetwork = {
  readonly spec: ModelSpec;
  readonly weights: Weights;
  /** SHA-256 of the weights before folding, in the order of the layers: the same in whatever files they come. */
  readonly sha256: string;
  /** Theirs, whose output ours has to equal. */
  readonly features: ForeignLayer;
};

/** `name`: what the network is called here. Throws BadInput that names what cannot be imported. */
export function importedNetwork(name: string, original: Original): ImportedNetwork {
  const { layer: features, leading } = featuresOf(name, original.layers);
  const builder = new NetworkBuilder(original.input, leading);
  for (const layer of leading) readLayer(layer, builder);
  const { from, shape } = builder.outputOf(features);
  const isMap = shape.length === 3;
  const pooled: readonly Layer[] = isMap ? [{ kind: 'globalAveragePool', name: 'embedding', from }] : [];
  const spec = checked({
    name: modelName(name),
    input: original.input,
    layers: [...builder.layers, ...pooled, { kind: 'dense', name: 'head', units: 0, activation: 'none' }],
    embedding: isMap ? 'embedding' : from,
    head: 'head',
  });
  const empty = { shape: [0], values: new Float32Array() };
  const weights = new Map([
    ...builder.weights,
    ['head/kernel', { ...empty, shape: [shape.at(-1) ?? 0, 0] }],
    ['head/bias', empty],
  ]);
  const folded = foldBatchNorm(spec, weights);
  return { spec: folded.spec, weights: folded.weights, sha256: digest(spec, weights), features };
}

/** What may stand in a spec of what a person or a folder calls it. */
function modelName(name: string): string {
  return (
    name
      .replace(/[^-A-Za-z0-9._]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 60) || 'imported'
  );
}

function checked(spec: ModelSpec): ModelSpec {
  const parsed = v.safeParse(modelSpecSchema, spec, { abortEarly: true });
  if (!parsed.success)
    throw new BadInput(
      `${spec.name} is beyond what a model may be: ${v.getDotPath(parsed.issues[0]) ?? 'its network'}: ${parsed.issues[0].message}.`,
    );
  try {
    weightShapes(spec);
  } catch (cause) {
    throw new BadInput(`${spec.name} cannot be imported. ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
  return parsed.output;
}

function digest(spec: ModelSpec, weights: Weights): string {
  const hash = createHash('sha256');
  for (const { name } of weightShapes(spec))
    hash.update(new Uint8Array(weights.get(name)?.values.slice().buffer ?? []));
  return hash.digest('hex');
}
