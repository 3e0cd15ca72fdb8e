/** How good a model's answers are. Classes are numbers from 0; truths and predictions go picture by picture. */

export type ClassMetrics = {
  /** Pictures of this class. */
  readonly n: number;
  /** Of the pictures called this class, the fraction that are; null when none was called so. */
  readonly precision: number | null;
  /** Of the pictures of this class, the fraction called so; null when there are none. */
  readonly recall: number | null;
  /** Harmonic mean of both: 0 when pictures of the class exist or were claimed but none was right; null when neither. */
  readonly f1: number | null;
};

/** Rows are truths, columns predictions: `[t][p]` pictures of class `t` were called `p`. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * The probabilities of each class: exp(logit / temperature) / their sum, safe for large logits. A temperature above 1
 * makes them less sure (Guo et al. 2017).
 */
export function softmax(logits: Float32Array, temperature = 1): Float32Array<ArrayBuffer> {
  const largest = logits.reduce((most, x) => Math.max(most, x), -Infinity);
  const powers = Float32Array.from(logits, (x) => Math.exp((x - largest) / temperature));
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

/** The index of the largest value; the first of equals. */
export function argMax(values: Float32Array): number {
  return values.reduce((best, x, i) => (x > (values[best] ?? -Infinity) ? i : best), 0);
}

/** The indices of the `k` largest values, largest first. */
export function topK(values: Float32Array, k: number): number[] {
  return Array.from(values.keys())
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
    .slice(0, k);
}

export function confusionMatrix(
  truths: readonly number[],
  predictions: readonly number[],
  classes: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  truths.forEach((truth, i) => {
    const row = matrix[truth];
    const column = predictions[i] ?? NaN;
    if (row?.[column] === undefined)
      throw new RangeError(
        `Picture ${String(i)} has truth ${String(truth)} and prediction ${String(column)} of ${String(classes)} classes.`,
      );
    row[column] += 1;
  });
  return matrix;
}

/** The fraction on the diagonal; NaN of nothing. */
export function accuracyOf(matrix: ConfusionMatrix): number {
  const total = matrix.flat().reduce((sum, n) => sum + n, 0);
  return matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / total;
}

export function perClass(matrix: ConfusionMatrix): readonly ClassMetrics[] {
  return matrix.map((row, i) => {
    const n = row.reduce((sum, count) => sum + count, 0);
    const claimed = matrix.reduce((sum, other) => sum + (other[i] ?? 0), 0);
    const right = row[i] ?? 0;
    return {
      n,
      precision: claimed > 0 ? right / claimed : null,
      recall: n > 0 ? right / n : null,
      f1: n + claimed > 0 ? (2 * right) / (n + claimed) : null,
    };
  });
}

/**
 * Expected calibration error (Naeini et al. 2015; Guo et al. 2017): pictures are put into `bins` equal bins by the
 * probability of their prediction; the mean, over pictures, of the gap between a bin's accuracy and its mean probability.
 * 0 is perfect; NaN of nothing.
 */
export function calibrationError(confidences: readonly number[], correct: readonly boolean[], bins = 15): number {
  const gaps = new Array<number>(bins).fill(0);
  confidences.forEach((confidence, i) => {
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    gaps[bin] = (gaps[bin] ?? 0) + (correct[i] ? 1 : 0) - confidence;
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / confidences.length;
}
