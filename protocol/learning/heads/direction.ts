/** What embeddings are compared by. */
import { dot } from './linear-algebra.ts';

/** The embedding without `mean`, what all have in common, at length 1: `[d]`. */
export function direction(embedding: Float32Array, mean: Float32Array): Float64Array {
  const centred = new Float64Array(embedding);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) - (mean[i] ?? 0);
  const length = Math.sqrt(dot(centred, centred)) || 1;
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) / length;
  return centred;
}
