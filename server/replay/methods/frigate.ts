/** The recipe by which Frigate trains its classifiers. */
import type { Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import { denseHeadOn } from './on-embeddings.ts';

const epochs = 50;

/** It runs every picture through the frozen backbone again in every epoch. */
export function frigate(course: Course): Learner {
  return denseHeadOn(
    course,
    { hidden: 128, dropout: 0.3, epochs, batchSize: 16, rate: 1e-3 },
    (labels) => labels * epochs,
  );
}
