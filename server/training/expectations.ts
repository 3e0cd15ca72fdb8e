/** What every engine checks before it computes: mistakes of the caller, told before anything has changed. */
import { sizeOf, type WeightShape } from '../../protocol/learning/shapes.ts';
import type { Weights } from '../../protocol/learning/weights.ts';

/** Throws a RangeError unless a batch of `count` examples fits. */
export function expectCount(count: number, batchSize: number): void {
  if (!Number.isInteger(count) || count < 1 || count > batchSize)
    throw new RangeError(`Expected 1 to ${String(batchSize)} examples, got ${String(count)}.`);
}

/** The first `length` of `values`. Throws a RangeError that names them when there are fewer. */
export function expectFloats(values: Float32Array, length: number, what: string): Float32Array {
  if (values.length < length) throw new RangeError(`Expected ${String(length)} ${what}, got ${String(values.length)}.`);
  return values.length === length ? values : values.subarray(0, length);
}

/** The values of one weight. Throws an Error that names it when it is missing or has another size. */
export function expectWeight(weights: Weights, { name, shape }: WeightShape): Float32Array {
  const values = weights.get(name)?.values;
  if (values?.length !== sizeOf(shape))
    throw new Error(`Expected ${String(sizeOf(shape))} weights for ${name}, got ${String(values?.length ?? 'none')}.`);
  return values;
}
