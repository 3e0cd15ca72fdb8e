/** Tells apart the classes that a person taught, by kernel ridge regression (Saunders et al. 1998) on their examples. */
import { cholesky, dot, solveCholesky } from './linear-algebra.ts';

export type Lesson = {
  /** What the lesson is compared by, `[d]`, of length 1. */
  readonly direction: Float64Array;
  /** The index of its class. */
  readonly taught: number;
};

export type Likeness = {
  /** Cosine to the nearest lesson. */
  readonly nearest: number;
  /** By class: near 1 at its lessons, near 0 at the others' and far from all, `[classes]`. */
  readonly scores: Float64Array;
};

/** Attempts to get every lesson right, each with a tenth of the ridge. */
const maxRidges = 4;
const firstRidge = 0.05;

/**
 * Gives the likeness of a direction. `lessons`: at least one; each weighs 1 / (lessons of its class)^0.5, and each comes out
 * right unless lessons of almost one direction contradict each other.
 */
export function fitTaughtClasses(lessons: readonly Lesson[], classes: number): (direction: Float64Array) => Likeness {
  const coefficients = coefficientsOf(lessons, classes);
  return (direction) => {
    const cosines = Float64Array.from(lessons, (lesson) => dot(lesson.direction, direction));
    const similarities = cosines.map(similarity);
    return {
      nearest: cosines.reduce((best, cosine) => Math.max(best, cosine), -1),
      scores: Float64Array.from(coefficients, (own) => dot(own, similarities)),
    };
  };
}

/**
 * The kernel, of the cosine of two directions. Far things share much of a direction by chance; cubing leaves them next to
 * nothing of each other, and a kernel (Schur's product theorem).
 */
function similarity(cosine: number): number {
  return cosine ** 3;
}

/** By class, `[lessons]`. */
function coefficientsOf(lessons: readonly Lesson[], classes: number): readonly Float64Array[] {
  const n = lessons.length;
  const gram = gramOf(lessons);
  const targets = Array.from({ length: classes }, (_, own) =>
    Float64Array.from(lessons, ({ taught }) => (taught === own ? 1 : 0)),
  );
  let coefficients: readonly Float64Array[] = [];
  for (let softer = 0; softer < maxRidges; softer++) {
    const lower = cholesky(withRidge(gram, lessons, firstRidge / 10 ** softer), n);
    coefficients = targets.map((target) => solveCholesky(lower, target));
    if (lessons.every(({ taught }, i) => isBest(taught, coefficients, gram.subarray(i * n, (i + 1) * n)))) break;
  }
  return coefficients;
}

function isBest(own: number, coefficients: readonly Float64Array[], similarities: Float64Array): boolean {
  const scores = coefficients.map((one) => dot(one, similarities));
  return scores.every((score, other) => other === own || score < (scores[own] ?? 0));
}

/** The similarities between lessons, `[n, n]`. */
function gramOf(lessons: readonly Lesson[]): Float64Array {
  const n = lessons.length;
  const gram = new Float64Array(n * n);
  for (const [i, a] of lessons.entries())
    for (const [j, b] of lessons.slice(0, i + 1).entries())
      gram[i * n + j] = gram[j * n + i] = similarity(dot(a.direction, b.direction));
  return gram;
}

function withRidge(gram: Float64Array, lessons: readonly Lesson[], ridge: number): Float64Array {
  const counts = new Map<number, number>();
  for (const { taught } of lessons) counts.set(taught, (counts.get(taught) ?? 0) + 1);
  const matrix = Float64Array.from(gram);
  for (const [i, { taught }] of lessons.entries()) {
    const diagonal = i * lessons.length + i;
    matrix[diagonal] = (matrix[diagonal] ?? 0) + ridge * Math.sqrt(counts.get(taught) ?? 1);
  }
  return matrix;
}
