/** What needs no answer any more: a person has said what nearly the same picture shows. */
import type { Seen } from '../../protocol/learning/glances.ts';
import { direction } from '../../protocol/learning/heads/direction.ts';
import { dot } from '../../protocol/learning/heads/linear-algebra.ts';
import type { Embedded } from './fast-learning.ts';

/** Pictures whose directions are nearer than this are the same again. */
export const sameCosine = 0.9;

/** Whether `learned` answers a picture. `mean`, `[d]`: the model's `meanEmbedding`. What nobody said answers nothing. */
export function answeredBy(learned: readonly Embedded[], mean: Float32Array): (seen: Seen) => boolean {
  const said = learned
    .filter(({ record }) => !record.unsaid)
    .map(({ seen: { averaged } }) => direction(averaged, mean));
  return ({ averaged }) => {
    const own = direction(averaged, mean);
    return said.some((other) => dot(own, other) >= sameCosine);
  };
}

/** Those of `questions` that are answered. */
export function answeredAmong<T>(
  questions: readonly Embedded<T>[],
  learned: readonly Embedded[],
  mean: Float32Array,
): readonly T[] {
  const isAnswered = answeredBy(learned, mean);
  return questions.filter(({ seen }) => isAnswered(seen)).map(({ record }) => record);
}
