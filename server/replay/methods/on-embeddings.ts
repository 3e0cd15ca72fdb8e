/** Methods that train a dense head on the frozen embedding, from nothing each time. */
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import type { DenseHeadRecipe } from './dense-head.ts';
import { trainDenseHead } from './dense-head.ts';
import { RetrainedLearner, guessOf, taughtClasses } from './retrained.ts';

/** A person who presses "train" at every label would wait minutes for the same curve. */
const growth = 1.1;

/**
 * `embeddingsPerTraining`: how many pictures go through the backbone for a training on so many labels. Embeddings are
 * remembered here, so that time is added, not spent.
 */
export function denseHeadOn(
  { base, material, seed }: Course,
  recipe: DenseHeadRecipe,
  embeddingsPerTraining: (labels: number) => number,
): Learner {
  return new RetrainedLearner(async (corrections) => {
    const classes = taughtClasses(corrections);
    const embeddings = await base.embeddings(corrections.map(({ picture }) => picture));
    const beganMs = performance.now();
    const head = trainDenseHead(
      embeddings.map((input, i) => ({ input, label: classes.indexOf(corrections[i]?.label ?? NaN) })),
      classes.length,
      recipe,
      seededRandom(seed),
    );
    const embeddingSeconds = embeddingsPerTraining(corrections.length) * material.secondsPerGlance;
    return {
      seconds: (performance.now() - beganMs) / 1000 + embeddingSeconds,
      guess: async (pictures) =>
        (await base.embeddings(pictures)).map((embedding) => guessOf(head(embedding), classes)),
      dispose: () => Promise.resolve(),
    };
  }, growth);
}
