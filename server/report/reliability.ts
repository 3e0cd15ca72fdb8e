/** Whether a model is right as often as it claims: the table behind a reliability diagram (Guo et al. 2017). */

/** Pictures whose predictions claim a probability from `from` up to `to`. */
export type ReliabilityBin = {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean of the probabilities claimed. */
  readonly confidence: number;
  /** The fraction that was right. */
  readonly accuracy: number;
};

const bins = 10;

/** The tenths in which there are pictures. */
export function reliabilityOf(confidences: readonly number[], correct: readonly boolean[]): readonly ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ n: 0, confidence: 0, right: 0 }));
  confidences.forEach((confidence, i) => {
    const sum = sums[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (!sum) throw new RangeError(`Expected a probability from 0 to 1, got ${String(confidence)}.`);
    sum.n++;
    sum.confidence += confidence;
    if (correct[i]) sum.right++;
  });
  return sums.flatMap(({ n, confidence, right }, i) =>
    n === 0 ? [] : [{ from: i / bins, to: (i + 1) / bins, n, confidence: confidence / n, accuracy: right / n }],
  );
}
