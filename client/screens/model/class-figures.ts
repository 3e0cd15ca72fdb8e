/** What the answers of a version say of each class, with how sure one can be. Pure. */
import { wilsonInterval } from '../../../protocol/learning/wilson-interval.ts';
import type { Interval } from '../../../protocol/learning/wilson-interval.ts';
import type { Figures } from '../../../protocol/messages/history.ts';

export type ClassCounts = Figures['classes'][number];

export type ClassFigures = ClassCounts & {
  /** Of the part that is right, at 95 %; from 0 to 1 of a class that no picture judged. */
  readonly interval: Interval;
  /** Of the pictures called so, the part that are; null when none was. */
  readonly precision: number | null;
  /** Of the pictures of the class, the part called so; null when there are none. */
  readonly recall: number | null;
  /** Their harmonic mean; null when no picture is of the class or was called so. */
  readonly f1: number | null;
};

/** The weakest first: those of which the least can be promised. */
export function classFigures(classes: readonly ClassCounts[]): readonly ClassFigures[] {
  return classes.map(figuresOf).sort((a, b) => a.interval.low - b.interval.low || a.n - b.n);
}

function figuresOf(counts: ClassCounts): ClassFigures {
  const { n, rightAfter, claimed } = counts;
  return {
    ...counts,
    interval: intervalOf(rightAfter, n),
    precision: claimed > 0 ? rightAfter / claimed : null,
    recall: n > 0 ? rightAfter / n : null,
    f1: n + claimed > 0 ? (2 * rightAfter) / (n + claimed) : null,
  };
}

/** Of nothing seen, anything may be true. */
export function intervalOf(right: number, n: number): Interval {
  return n > 0 ? wilsonInterval(right, n) : { low: 0, high: 1 };
}
