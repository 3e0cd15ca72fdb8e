/** Tells apart the classes that a person taught, by kernel ridge regression (Saunders et al. 1998) on their examples. */
import { scratch } from '../scratch.ts';
import { cholesky, dot, inverseDiagonal, solveCholesky } from './linear-algebra.ts';

export type Lesson = {
  /** What the lesson is compared by, `[d]`, of length 1. */
  readonly direction: Float64Array;
  /** The index of its class. */
  readonly taught: number;
  /** 1 for what a person said, less for what was only left uncorrected. */
  readonly trust: number;
};

export type Likeness = {
  /** Cosine to the nearest lesson. */
  readonly nearest: number;
  /**
   * How densely lessons lie here: logarithms of means of von Mises-Fisher kernels, exp(concentration x cosine), of all lessons and
   * of those of one class, the densest. Says more than the nearest lesson: something else may be near one by chance, but
   * seldom near several. Trust does not count: it is about what a lesson says, not about where it lies.
   */
  readonly density: number;
  /** By class: near 1 at its lessons, near 0 at the others' and far from all, `[classes]`. */
  readonly scores: Float64Array;
};

export interface TaughtClasses {
  likeness(direction: Float64Array): Likeness;
  /**
   * Four in five of the lessons that the others get right score more than this with the others, and with few lessons about
   * what they would score with more: what scores less is probably something else.
   */
  readonly leastScore: number;
  /** The same of how densely the others lie around each lesson whose class has others. */
  readonly leastDensity: number;
}

/** Of the kernels of the density: half of one is left at a cosine of 0.93. */
const concentration = 10;
/** Attempts to get every lesson right, each with a tenth of the ridge. */
const maxRidges = 4;
const firstRidge = 0.05;

/**
 * `lessons`: at least one; each weighs trust / (lessons of its class)^0.5, and each of full trust comes out right unless
 * lessons of almost one direction contradict each other. `cosines`, `[lessons, lessons]`, of each to each.
 */
export function fitTaughtClasses(lessons: readonly Lesson[], classes: number, cosines: Float64Array): TaughtClasses {
  const { coefficients, lower } = fit(lessons, classes, cosines);
  return {
    likeness(direction) {
      const cosines = Float64Array.from(lessons, (lesson) => dot(lesson.direction, direction));
      const similarities = cosines.map(similarity);
      return {
        nearest: cosines.reduce((best, cosine) => Math.max(best, cosine), -1),
        density: densityAmong(lessons, cosines, classes),
        scores: Float64Array.from(coefficients, (own) => dot(own, similarities)),
      };
    },
    leastScore: leastScoreOf(lessons, coefficients, lower),
    leastDensity: leastDensityOf(lessons, cosines, classes),
  };
}

/** What lessons are taken to score, and how densely they are taken to lie, while there are few; and the weight of that in lessons. */
const expected = { score: 0.2, density: 4.3, lessons: 5 };
/** The part of the lessons that may have less. */
const below = 0.2;

/** From the scores that each lesson has when it is left out, in closed form (Rifkin & Lippert 2007). */
function leastScoreOf(lessons: readonly Lesson[], coefficients: readonly Float64Array[], lower: Float64Array): number {
  const inverse = inverseDiagonal(lower, lessons.length);
  const right = lessons.flatMap(({ taught }, i) => {
    const scores = coefficients.map((own, label) => (label === taught ? 1 : 0) - (own[i] ?? 0) / (inverse[i] ?? 1));
    const score = scores[taught] ?? 0;
    return score > 0 && scores.every((other) => other <= score) ? [score] : [];
  });
  return exceededByMost(right, expected.score);
}

function exceededByMost(values: readonly number[], expectedValue: number): number {
  const all = [...values, ...new Array<number>(expected.lessons).fill(expectedValue)].sort((a, b) => a - b);
  return all[Math.floor(below * (all.length - 1))] ?? 0;
}

/** The part that the lessons of one class have in the density. */
const partOfOne = 0.28;

/** `cosines`, `[lessons]`; the lesson at `leftOut` does not count. Minus infinity where no other is left. */
function densityAmong(lessons: readonly Lesson[], cosines: Float64Array, classes: number, leftOut = -1): number {
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  for (const [i, { taught }] of lessons.entries()) {
    if (i === leftOut) continue;
    sums[taught] = (sums[taught] ?? 0) + Math.exp(concentration * (cosines[i] ?? 0));
    counts[taught] = (counts[taught] ?? 0) + 1;
  }
  const [sum, count] = [sums, counts].map((values) => values.reduce((all, value) => all + value, 0));
  const densest = sums.reduce((most, own, taught) => Math.max(most, own / Math.max(1, counts[taught] ?? 0)), 0);
  return (1 - partOfOne) * Math.log((sum ?? 0) / (count ?? 1)) + partOfOne * Math.log(densest);
}

function leastDensityOf(lessons: readonly Lesson[], cosines: Float64Array, classes: number): number {
  const n = lessons.length;
  const densities = lessons.flatMap(({ taught }, i) =>
    lessons.some((other, j) => j !== i && other.taught === taught)
      ? [densityAmong(lessons, cosines.subarray(i * n, (i + 1) * n), classes, i)]
      : [],
  );
  return exceededByMost(densities, expected.density);
}

/**
 * The kernel, of the cosine of two directions: the mean of its first three powers. Far things share much of a direction by
 * chance; the powers leave them little of each other, and are kernels (Schur's product theorem).
 */
export function similarity(cosine: number): number {
  return (cosine + cosine ** 2 + cosine ** 3) / 3;
}

const scratchGram = scratch(Float64Array);
const scratchLower = scratch(Float64Array);

type Fit = {
  /** By class, `[lessons]`. */
  readonly coefficients: readonly Float64Array[];
  /** Of the kernel matrix with its ridge; in scratch memory. */
  readonly lower: Float64Array;
};

function fit(lessons: readonly Lesson[], classes: number, cosines: Float64Array): Fit {
  const n = lessons.length;
  // The similarities between lessons, `[n, n]`.
  const gram = scratchGram(n * n);
  for (let i = 0; i < gram.length; i++) gram[i] = similarity(cosines[i] ?? 0);
  const lower = scratchLower(n * n);
  const targets = Array.from({ length: classes }, (_, own) =>
    Float64Array.from(lessons, ({ taught }) => (taught === own ? 1 : 0)),
  );
  const fitWith = (ridge: number): Fit => {
    withRidge(gram, lessons, ridge, () => {
      cholesky(gram, n, lower);
    });
    return { lower, coefficients: targets.map((target) => solveCholesky(lower, target)) };
  };
  const isRight = ({ coefficients }: Fit): boolean =>
    lessons.every(
      ({ taught, trust }, i) => trust < 1 || isBest(taught, coefficients, gram.subarray(i * n, (i + 1) * n)),
    );
  let fitted = fitWith(firstRidge);
  for (let softer = 1; softer < maxRidges && !isRight(fitted); softer++) fitted = fitWith(firstRidge / 10 ** softer);
  return fitted;
}

function isBest(own: number, coefficients: readonly Float64Array[], similarities: Float64Array): boolean {
  const scores = coefficients.map((one) => dot(one, similarities));
  return scores.every((score, other) => other === own || score < (scores[own] ?? 0));
}

/** Calls `use` while the diagonal of `gram` has the ridge on it. */
function withRidge(gram: Float64Array, lessons: readonly Lesson[], ridge: number, use: () => void): void {
  const counts = new Map<number, number>();
  for (const { taught } of lessons) counts.set(taught, (counts.get(taught) ?? 0) + 1);
  const plain = Float64Array.from(lessons, (_, i) => gram[i * lessons.length + i] ?? 0);
  for (const [i, { taught, trust }] of lessons.entries())
    gram[i * lessons.length + i] = (plain[i] ?? 0) + (ridge * Math.sqrt(counts.get(taught) ?? 1)) / trust;
  use();
  for (const [i, value] of plain.entries()) gram[i * lessons.length + i] = value;
}
