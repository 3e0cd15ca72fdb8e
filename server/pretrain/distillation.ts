/** The network of pre-training and its targets: the head learns labels, two more dense layers learn from the teacher. */
import { mobile } from '../../protocol/learning/backbones/mobile.ts';
import type { DenseLayer, ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { LossTerm } from '../training/trainer.ts';
import { embeddingLength, teacherUnits } from './teacher.ts';
import type { Tiles } from './tiles.ts';

const teacherLayers = { embedding: 'teacherEmbedding', classes: 'teacherClasses' } as const;

/** What the losses on the labels, on the teacher's embedding and on its class probabilities count. */
export type LossWeights = {
  readonly labels: number;
  readonly teacherEmbedding: number;
  readonly teacherClasses: number;
};

export function distillationLosses(weights: LossWeights): readonly LossTerm[] {
  return [
    { layer: 'head', kind: 'softmaxCrossEntropy', weight: weights.labels },
    { layer: teacherLayers.embedding, kind: 'cosine', weight: weights.teacherEmbedding },
    { layer: teacherLayers.classes, kind: 'softmaxCrossEntropy', weight: weights.teacherClasses },
  ];
}

/** Probability that a target leaves to the other labels (Szegedy et al. 2016). */
const labelSmoothing = 0.1;

/** `mobile` with batch normalisation and the teacher's two layers on its embedding. */
export function distillationSpec(classes: number, size: number): ModelSpec {
  const spec = mobile({ classes, size, batchNorm: true });
  const onEmbedding = (name: string, units: number): DenseLayer => ({
    kind: 'dense',
    name,
    from: spec.embedding,
    units,
    activation: 'none',
  });
  const layers = [
    ...spec.layers,
    onEmbedding(teacherLayers.embedding, embeddingLength),
    onEmbedding(teacherLayers.classes, teacherUnits),
  ];
  return { ...spec, layers };
}

/** By loss layer `[indices.length, units]`: what the network should say of these tiles. */
export function distillationTargets(
  tiles: Tiles,
  indices: Uint32Array,
  classes: number,
): ReadonlyMap<string, Float32Array> {
  const head = new Float32Array(indices.length * classes).fill(labelSmoothing / classes);
  const embeddings = new Float32Array(indices.length * embeddingLength);
  const probabilities = new Float32Array(indices.length * teacherUnits);
  indices.forEach((tile, i) => {
    const right = i * classes + (tiles.labels[tile] ?? 0);
    head[right] = 1 - labelSmoothing + labelSmoothing / classes;
    tiles.teacher.writeEmbedding(tile, embeddings.subarray(i * embeddingLength, (i + 1) * embeddingLength));
    tiles.teacher.writeProbabilities(tile, probabilities.subarray(i * teacherUnits, (i + 1) * teacherUnits));
  });
  return new Map([
    ['head', head],
    [teacherLayers.embedding, embeddings],
    [teacherLayers.classes, probabilities],
  ]);
}
