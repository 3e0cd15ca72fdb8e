/** How well a model did on labelled pictures, as numbers and as text. */
import type { Label } from '../../protocol/learning/labels.ts';
import { accuracyOf, argMax, calibrationError, confusionMatrix, perClass } from '../../protocol/learning/metrics.ts';
import type { ClassMetrics, ConfusionMatrix } from '../../protocol/learning/metrics.ts';
import { reliabilityOf } from './reliability.ts';
import type { ReliabilityBin } from './reliability.ts';
import { wilsonInterval } from '../../protocol/learning/wilson-interval.ts';
import type { Interval } from '../../protocol/learning/wilson-interval.ts';

export type Judgement = {
  readonly pictures: number;
  readonly accuracy: number;
  readonly accuracyInterval: Interval;
  /** Mean of -ln of the probability given to the truth; of one picture at most 16.1 (a probability of 1e-7). */
  readonly negativeLogLikelihood: number;
  /** Expected calibration error of the predictions' probabilities, 15 bins. */
  readonly calibrationError: number;
  /** How often predictions are right, by the probability that they claim. */
  readonly reliability: readonly ReliabilityBin[];
  /** The interval is that of the recall; absent for a class without pictures. */
  readonly perClass: readonly (ClassMetrics & { readonly label: string; readonly recallInterval?: Interval })[];
  /** Rows are truths, columns answers, both in the order of `perClass`. */
  readonly confusion: ConfusionMatrix;
};

/** Judges `probabilities`, picture by picture, against `truths`, both by index into `labels`. */
export function judge(
  probabilities: readonly Float32Array[],
  truths: readonly number[],
  labels: readonly Label[],
): Judgement {
  const answers = probabilities.map(argMax);
  const confidences = probabilities.map((p, i) => p[answers[i] ?? NaN] ?? NaN);
  const correct = answers.map((answer, i) => answer === truths[i]);
  const confusion = confusionMatrix(truths, answers, labels.length);
  return {
    pictures: truths.length,
    accuracy: accuracyOf(confusion),
    accuracyInterval: wilsonInterval(correct.filter(Boolean).length, truths.length),
    negativeLogLikelihood: mean(probabilities.map((p, i) => -Math.log(Math.max(p[truths[i] ?? NaN] ?? NaN, 1e-7)))),
    calibrationError: calibrationError(confidences, correct),
    reliability: reliabilityOf(confidences, correct),
    perClass: perClass(confusion).map((metrics, i) => ({
      label: labels[i]?.key ?? '',
      ...metrics,
      ...(metrics.n > 0 && { recallInterval: wilsonInterval(confusion[i]?.[i] ?? 0, metrics.n) }),
    })),
    confusion,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Classes up to which the whole confusion matrix fits a terminal. */
const maxMatrixClasses = 12;
const shownConfusions = 10;

/** A table of the classes that have pictures or were answered, what was taken for what, and whether probabilities hold. */
export function judgementText(judgement: Judgement): string {
  const { pictures, accuracy, perClass: classes, confusion } = judgement;
  const met = classes.flatMap((metrics, i) => (metrics.f1 === null ? [] : [{ ...metrics, i }]));
  const width = Math.max(5, ...met.map(({ label }) => label.length));
  const table = met.map(({ label, n, precision, recall, f1, recallInterval }) =>
    [
      label.padEnd(width),
      String(n).padStart(6),
      ...[precision, recall, f1].map((value) => decimals(value).padStart(9)),
      ` ${range(recallInterval)}`,
    ].join(' '),
  );
  return [
    `accuracy ${decimals(accuracy)} (95 % interval ${range(judgement.accuracyInterval)}) of ${String(pictures)} pictures`,
    `negative log-likelihood ${decimals(judgement.negativeLogLikelihood)}, calibration error ${decimals(judgement.calibrationError)}`,
    '',
    `${'class'.padEnd(width)}      n precision    recall        F1  recall, 95 %`,
    ...table,
    '',
    ...(met.length <= maxMatrixClasses ? matrixLines(met, width, confusion) : confusionLines(classes, confusion)),
    '',
    'probability       n   claimed     right',
    ...judgement.reliability.map(reliabilityLine),
    '',
  ].join('\n');
}

function reliabilityLine({ from, to, n, confidence, accuracy }: ReliabilityBin): string {
  const bounds = `${from.toFixed(1)}-${to.toFixed(1)}`.padEnd(11);
  return [bounds, String(n).padStart(7), decimals(confidence).padStart(9), decimals(accuracy).padStart(9)].join(' ');
}

function range(interval: Interval | undefined): string {
  return interval ? `${decimals(interval.low)}-${decimals(interval.high)}` : '–';
}

function matrixLines(
  met: readonly { readonly label: string; readonly i: number }[],
  width: number,
  confusion: ConfusionMatrix,
): readonly string[] {
  const cell = (text: string): string => text.slice(0, 8).padStart(9);
  const rows = met.map(
    ({ label, i }) => label.padEnd(width) + met.map((column) => cell(String(confusion[i]?.[column.i] ?? 0))).join(''),
  );
  return [
    `truth in rows, answer in columns`,
    ' '.repeat(width) + met.map(({ label }) => cell(label)).join(''),
    ...rows,
  ];
}

function confusionLines(classes: readonly { readonly label: string }[], confusion: ConfusionMatrix): readonly string[] {
  const wrong = confusion.flatMap((row, truth) =>
    row.map((n, answer) => ({ truth, answer, n })).filter(({ n }) => n > 0),
  );
  const mistakes = wrong.filter(({ truth, answer }) => truth !== answer).sort((a, b) => b.n - a.n);
  const lines = mistakes
    .slice(0, shownConfusions)
    .map(
      ({ truth, answer, n }) =>
        `${String(n).padStart(6)}  ${classes[truth]?.label ?? ''} taken for ${classes[answer]?.label ?? ''}`,
    );
  return ['most frequent mistakes', ...lines];
}

function decimals(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
