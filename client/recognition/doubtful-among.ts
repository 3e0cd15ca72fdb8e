/** Which learned examples a person should be asked about again. */
import { doubtsOf, leastDoubtAfter } from '../../protocol/learning/heads/doubtful.ts';
import { newest } from '../../protocol/learning/heads/examples.ts';
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
  return doubtsOf(made, mean, leastDoubtAfter(answers))
    .flatMap(({ place, rival }) => {
      const record = made[place]?.record;
      return record && !record.askedAgain && !record.ofRoom ? [{ example: record, rival }] : [];
    })
    .slice(0, most);
}
