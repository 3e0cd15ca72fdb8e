/** Which bursts train and which judge. */
import { createHash } from 'node:crypto';
import type { Split, SplitQuestion } from '../store/sample-store.ts';

/** So many bursts of a class train before any may judge: what a person teaches has to be learned at all. */
const firstBursts = 2;

/** Of the bursts after those, the part that judges. */
const validationPart = 0.2;

/**
 * The split of a burst that has just got a label. A burst is split as one, because neighbouring frames are the same
 * picture; by hash, so that it does not depend on what else there is. What trained once never judges later; the
 * reverse (a judging burst is relabelled to a class that has nothing to learn from) does no harm.
 */
export function splitOf({ device, burst, current, trainingBursts }: SplitQuestion): Split {
  if (current === 'train' || trainingBursts < firstBursts) return 'train';
  return current ?? (unit(`${device}/${burst}`) < validationPart ? 'validation' : 'train');
}

/** A text as a number from 0 up to 1, evenly spread. */
function unit(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0) / 2 ** 32;
}
