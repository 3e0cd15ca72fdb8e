/** Which questions need no answer any more: a person has said what nearly the same picture shows. */
import { direction } from '../../protocol/learning/heads/direction.ts';
import { dot } from '../../protocol/learning/heads/linear-algebra.ts';
import type { Embedded } from './fast-learning.ts';
import { sameCosine } from './lookout.ts';

/** Of `questions`. `mean`, `[d]`: the model's `meanEmbedding`. What nobody said answers nothing. */
export function answeredAmong<T>(
  questions: readonly Embedded<T>[],
  learned: readonly Embedded[],
  mean: Float32Array,
): readonly T[] {
  const said = learned
    .filter(({ record }) => !record.unsaid)
    .map(({ seen: { averaged } }) => direction(averaged, mean));
  return questions
    .filter(({ seen: { averaged } }) => {
      const own = direction(averaged, mean);
      return said.some((other) => dot(own, other) >= sameCosine);
    })
    .map(({ record }) => record);
}
