/** A head with outputs for new labels, each begun from the mean of its examples. */
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import { meanOf } from '../inference.ts';

/** What a new output begins from: the embeddings `[d]` of its label's examples and their largest logits so far. */
export type NewOutput = { readonly embeddings: readonly Float32Array[]; readonly bestLogits: readonly number[] };

/** `spec` with so many outputs. */
export function withOutputs(spec: ModelSpec, units: number): ModelSpec {
  return { ...spec, layers: spec.layers.map((layer) => (layer.name === spec.head ? { ...layer, units } : layer)) };
}

/**
 * The weights with one more output for each of `added`: in the direction of its examples' mean (weight imprinting: Qi et
 * al. 2018), as long as the head's own columns (1 where it has none), its bias such that on that mean it equals what won there
 * so far.
 */
export function grownHead(
  spec: ModelSpec,
  weights: Weights,
  added: readonly NewOutput[],
  meanEmbedding: Float32Array,
): Weights {
  const kernel = weights.get(`${spec.head}/kernel`);
  const bias = weights.get(`${spec.head}/bias`);
  if (!kernel || !bias) throw new Error(`The weights of the head ${spec.head} are missing.`);
  const length = Math.sqrt(kernel.values.reduce((sum, value) => sum + value * value, 0) / bias.values.length) || 1;
  const columns = added.map(({ embeddings, bestLogits }) => {
    const mean = meanOf(embeddings);
    const direction = mean.map((value, i) => value - (meanEmbedding[i] ?? 0));
    const scale = length / (Math.hypot(...direction) || 1);
    const column = direction.map((value) => value * scale);
    const best = bestLogits.reduce((sum, logit) => sum + logit, 0) / bestLogits.length;
    return { column, bias: best - mean.reduce((sum, value, i) => sum + value * (column[i] ?? 0), 0) };
  });
  return new Map([
    ...weights,
    [`${spec.head}/kernel`, widened(kernel, (row, i) => columns[i]?.column[row] ?? 0, columns.length)],
    [`${spec.head}/bias`, widened(bias, (_, i) => columns[i]?.bias ?? 0, columns.length)],
  ]);
}

/** `weight` with `count` more values at the end of each row. */
function widened(weight: Weight, value: (row: number, i: number) => number, count: number): Weight {
  const before = weight.shape.at(-1) ?? 0;
  const after = before + count;
  const values = new Float32Array(sizeOf(weight.shape.slice(0, -1)) * after);
  for (let at = 0; at < values.length; at++) {
    const [row, column] = [Math.floor(at / after), at % after];
    values[at] = column < before ? (weight.values[row * before + column] ?? 0) : value(row, column - before);
  }
  return { shape: [...weight.shape.slice(0, -1), after], values };
}
