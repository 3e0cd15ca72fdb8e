/** The nearest labelled pictures vote, by cosine of the embeddings: what tfjs' kNN classifier does. */
import type { Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import { RetrainedLearner, guessOf, taughtClasses } from './retrained.ts';

const voters = 3;

export function knn({ base, material }: Course): Learner {
  return new RetrainedLearner(async (corrections) => {
    const classes = taughtClasses(corrections);
    const examples = (await base.embeddings(corrections.map(({ picture }) => picture))).map((embedding, i) => ({
      direction: atLength1(embedding),
      place: classes.indexOf(corrections[i]?.label ?? NaN),
    }));
    const votes = (embedding: Float32Array): { readonly shares: Float32Array; readonly nearest: number } => {
      const direction = atLength1(embedding);
      const nearest = examples
        .map(({ direction: other, place }) => ({ place, cosine: cosineOf(direction, other) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, voters);
      const shares = new Float32Array(classes.length);
      // A vote counts a little more the nearer it is, so that the nearest decides between equals.
      nearest.forEach(({ place }, rank) => {
        shares[place] = (shares[place] ?? 0) + (1 - rank * 0.01) / nearest.length;
      });
      return { shares, nearest: nearest[0]?.cosine ?? -1 };
    };
    return {
      seconds: material.secondsPerGlance,
      guess: async (pictures) =>
        (await base.embeddings(pictures)).map((embedding) => {
          const { shares, nearest } = votes(embedding);
          return { ...guessOf(shares, classes), strangeness: -nearest };
        }),
      dispose: () => Promise.resolve(),
    };
  }, 1);
}

function atLength1(embedding: Float32Array): Float32Array {
  const length = Math.sqrt(cosineOf(embedding, embedding)) || 1;
  return embedding.map((x) => x / length);
}

/** Of two vectors of length 1. */
function cosineOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
