/** Makes up for the caution that training with replayed classes leaves in new labels. */
import type { Weight } from '../../../protocol/learning/weights.ts';

/** Of the base's replayed pictures, the part that may go over to new labels. */
const mostTaken = 0.002;

/** In logits. More than this, and things that are no label at all would be taken for a new one. */
const mostRaise = 2;

/**
 * By how much all logits from `shipped` on can be raised so that next to none of the base's pictures, whose `logits`
 * these are, goes over to a new label. Between 0 and `mostRaise`.
 */
export function raiseOf(logits: readonly Float32Array[], shipped: number): number {
  const gaps = logits.map((row) => largest(row.subarray(0, shipped)) - largest(row.subarray(shipped)));
  const gap = gaps.sort((a, b) => a - b)[Math.floor(mostTaken * gaps.length)] ?? 0;
  return Math.max(0, Math.min(mostRaise, gap));
}

/** The head's bias with the values from `shipped` on raised. */
export function raisedBias({ shape, values }: Weight, shipped: number, raise: number): Weight {
  return { shape, values: values.map((value, label) => (label < shipped ? value : value + raise)) };
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}
