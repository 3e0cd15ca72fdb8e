/** Which learned examples a person should be asked about again. */
import { direction } from '../../protocol/learning/heads/direction.ts';
import { doubtsOf, leastDoubtAfter } from '../../protocol/learning/heads/doubtful.ts';
import { newest } from '../../protocol/learning/heads/examples.ts';
import { dot } from '../../protocol/learning/heads/linear-algebra.ts';
import type { DoubtfulExample } from './api.ts';
import type { Embedded } from './fast-learning.ts';

/** Nobody wants to be doubted all the time. */
const most = 3;

/** The most doubtful first. What nobody said, what was said on another device, and what was asked about before is never doubted; `mean`: see `doubtsOf`. */
export function doubtfulAmong(learned: readonly Embedded[], mean: Float32Array): readonly DoubtfulExample[] {
  const examples = learned.map(({ record, seen: { averaged } }) => {
    return { record, averaged, label: record.label, unsaid: record.unsaid ?? false };
  });
  const made = newest(examples);
  const answers = learned
    .flatMap(({ record }) => record.askedAgain ?? [])
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ changed }) => changed);
  const doubts = doubtsOf(made, mean, leastDoubtAfter(answers)).filter(({ place }) => {
    const record = made[place]?.record;
    return record && !record.askedAgain && !record.ofRoom;
  });
  const directionOf = ({ averaged }: (typeof made)[number]): Float64Array => direction(averaged, mean);
  return doubts.slice(0, most).flatMap(({ place, rival }) => {
    const doubted = made[place];
    if (!doubted) return [];
    const own = directionOf(doubted);
    const [witness] = made
      .filter(({ label }) => label === rival)
      .map((one) => ({ record: one.record, cosine: dot(own, directionOf(one)) }))
      .sort((a, b) => b.cosine - a.cosine);
    return witness ? [{ example: doubted.record, rival, witness: witness.record }] : [];
  });
}
