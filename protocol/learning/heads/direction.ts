/** What embeddings are compared by. */
import { dot } from './linear-algebra.ts';

/** The embedding without `mean`, what all have in common, at length 1: `[d]`. */
export function direction(embedding: Float32Array, mean: Float32Array): Float64Array {
  const centred = Float64Array.from(embedding);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) - (mean[i] ?? 0);
  return atLengthOne(centred);
}

/** The direction between those of a picture and of its mirror image. */
export function directionOfBoth(embedding: Float32Array, mirrored: Float32Array, mean: Float32Array): Float64Array {
  const [one, other] = [direction(embedding, mean), direction(mirrored, mean)];
  return atLengthOne(one.map((value, i) => value + (other[i] ?? 0)));
}

function atLengthOne(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}
