/** Teachable Machine's recipe, trained on all its labels: the hold-out that it ships with would cost it much. */
import type { Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import { denseHeadOn } from './on-embeddings.ts';

/** It embeds a picture once, when it is added. */
export function teachableMachine(course: Course): Learner {
  return denseHeadOn(course, { hidden: 100, dropout: 0, epochs: 50, batchSize: 16, rate: 1e-3 }, () => 1);
}
