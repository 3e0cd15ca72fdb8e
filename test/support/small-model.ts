/** A model small enough to change at every byte. */
import { initialWeights } from '../../protocol/learning/initial-weights.ts';
import type { Label } from '../../protocol/learning/labels.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { Random } from '../../protocol/learning/random.ts';
import { seededRandom } from '../../protocol/learning/random.ts';

/** Every kind of layer that has weights. */
export function smallModelSpec(labels: number): ModelSpec {
  const layer = { kernel: 3, padding: 'same', activation: 'relu6', batchNorm: false } as const;
  return {
    name: 'small',
    input: [4, 4, 3],
    layers: [
      { ...layer, kind: 'conv', name: 'stem', filters: 6, stride: 2 },
      { ...layer, kind: 'depthwise', name: 'depthwise', stride: 1 },
      { kind: 'globalAveragePool', name: 'embedding' },
      { kind: 'dense', name: 'head', units: labels, activation: 'none' },
    ],
    embedding: 'embedding',
    head: 'head',
  };
}

export function smallModel(keys: readonly string[], seed: number): Model {
  const random = seededRandom(seed);
  const spec = smallModelSpec(keys.length);
  const label = (key: string): Label => ({ key, names: { en: key, it: `${key} (it)` } });
  return {
    spec,
    labels: keys.map(label),
    weights: initialWeights(spec, random),
    meanEmbedding: floats(6, random),
    temperature: 1.25,
    threshold: 0.3,
    probes: [{ input: Uint8Array.from({ length: 48 }, (_, i) => i * 5), logits: floats(keys.length, random) }],
  };
}

function floats(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => random.next() * 2 - 1);
}
