/** Finds, by kernel ridge regression, what to add to logits so that examples come out right. */
import { cholesky, dot, solveCholesky } from './linear-algebra.ts';

/** In place of a label: this lesson is to come out as unknown. */
export const unknown = -1;

export type Lesson = {
  /** What the lesson is compared by, `[d]`, of length 1. */
  readonly direction: Float64Array;
  /** Its logits before any correction, `[labels]`. */
  readonly logits: Float32Array;
  /** The index of the label that has to win, or `unknown`. */
  readonly label: number;
};

/**
 * By label the coefficients of the lessons: the correction of the label's logit at x is the sum over lessons of
 * coefficient times similarity to x. For `unknown` that sum is no logit: it counts from 0, known, to 1.
 */
export type Correction = ReadonlyMap<number, Float64Array>;

export type CorrectionOptions = {
  /** The least by which a lesson's label wins on the lesson itself. */
  readonly margin: number;
  /** Cosine to a lone lesson from which on its label wins, where the other logits stay alike. */
  readonly reach: number;
  readonly ridge: number;
};

/**
 * The kernel, of two directions: their cosine, cubed. Far things share much of a direction by chance; cubing leaves them
 * next to nothing of each other's corrections, and a kernel (Schur's product theorem).
 */
export function similarity(a: Float64Array, b: Float64Array): number {
  return dot(a, b) ** 3;
}

/** Attempts to get every lesson right: by raising targets, then with a tenth of the ridge. */
const maxRaises = 8;
const maxRidges = 4;

/** Targets that are raised by what is lacking reach the margin in the limit only: this share of it is enough. */
const enough = 0.5;

/**
 * Only labels of lessons are corrected, and only as far as their lessons lack it; in the regression of one label, lessons
 * of the others are examples of "nothing to add". A lesson weighs 1 / (lessons of its label)^0.5. All come out right
 * unless lessons of one direction contradict each other.
 */
export function fitCorrection(lessons: readonly Lesson[], options: CorrectionOptions): Correction {
  const targets = firstTargets(lessons, options);
  const fixedRivals = lessons.map((lesson) => bestLogit(lesson, (label) => !targets.has(label)));
  const gram = gramOf(lessons);
  let correction: Correction = new Map();
  for (let softer = 0; softer < maxRidges; softer++) {
    const lower = cholesky(withRidge(gram, lessons, options.ridge / 10 ** softer), lessons.length);
    for (let raise = 0; raise < maxRaises; raise++) {
      correction = new Map(
        [...targets]
          .filter(([, target]) => target.some((lack) => lack !== 0))
          .map(([label, target]) => [label, solveCholesky(lower, target)]),
      );
      const lacks = lacksOf(lessons, added(gram, correction), [...targets.keys()], fixedRivals, options.margin);
      if (lacks.every((lack) => lack < options.margin * (1 - enough))) return correction;
      for (const [i, { label }] of lessons.entries()) {
        const target = targets.get(label);
        if (target) target[i] = (target[i] ?? 0) + Math.max(0, lacks[i] ?? 0);
      }
    }
  }
  return correction;
}

/** By label, what the correction should add on each lesson, `[n]`: what its own ones lack, and more, so that it wins within `reach`. */
function firstTargets(lessons: readonly Lesson[], { margin, reach }: CorrectionOptions): Map<number, Float64Array> {
  const targets = new Map<number, Float64Array>();
  for (const [i, lesson] of lessons.entries()) {
    const target = targets.get(lesson.label) ?? new Float64Array(lessons.length);
    const lack = lesson.label === unknown ? 1 : bestLogit(lesson) + margin - (lesson.logits[lesson.label] ?? 0);
    target[i] = Math.max(0, lack) / reach ** 3;
    targets.set(lesson.label, target);
  }
  return targets;
}

/** The largest logit among the labels that are not the lesson's own. */
function bestLogit(lesson: Lesson, counts: (label: number) => boolean = () => true): number {
  let best = -Infinity;
  for (let label = 0; label < lesson.logits.length; label++)
    if (label !== lesson.label && counts(label)) best = Math.max(best, lesson.logits[label] ?? 0);
  return best;
}

/** The similarities between lessons, `[n, n]`. */
function gramOf(lessons: readonly Lesson[]): Float64Array {
  const n = lessons.length;
  const gram = new Float64Array(n * n);
  for (const [i, a] of lessons.entries())
    for (const [j, b] of lessons.slice(0, i + 1).entries())
      gram[i * n + j] = gram[j * n + i] = similarity(a.direction, b.direction);
  return gram;
}

function withRidge(gram: Float64Array, lessons: readonly Lesson[], ridge: number): Float64Array {
  const counts = new Map<number, number>();
  for (const { label } of lessons) counts.set(label, (counts.get(label) ?? 0) + 1);
  const matrix = Float64Array.from(gram);
  for (const [i, { label }] of lessons.entries()) {
    const diagonal = i * lessons.length + i;
    matrix[diagonal] = (matrix[diagonal] ?? 0) + ridge * Math.sqrt(counts.get(label) ?? 1);
  }
  return matrix;
}

/** By label, what the correction adds on each lesson, `[n]`. */
function added(gram: Float64Array, correction: Correction): Correction {
  return new Map(
    [...correction].map(([label, coefficients]) => {
      const n = coefficients.length;
      return [label, coefficients.map((_, i) => dot(gram.subarray(i * n, (i + 1) * n), coefficients))];
    }),
  );
}

/** How far each lesson is from being right by the margin, `[n]`; 0 or less: it is right. */
function lacksOf(
  lessons: readonly Lesson[],
  added: Correction,
  labels: readonly number[],
  fixedRivals: readonly number[],
  margin: number,
): readonly number[] {
  return lessons.map((lesson, i) => {
    const own = added.get(lesson.label)?.[i] ?? 0;
    if (lesson.label === unknown) return own < 1 ? Math.max(1 - own, margin) : 0;
    let rival = fixedRivals[i] ?? -Infinity;
    for (const label of labels)
      if (label !== lesson.label && label !== unknown)
        rival = Math.max(rival, (lesson.logits[label] ?? 0) + (added.get(label)?.[i] ?? 0));
    return rival + margin - (lesson.logits[lesson.label] ?? 0) - own;
  });
}
