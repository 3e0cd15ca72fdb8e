/** How good a base model is, from its logits on pictures it was not trained on. Pure. */
import { talkLabels, talkPlace, talkProbabilities } from '../../protocol/learning/label-set.ts';
import type { Label } from '../../protocol/learning/labels.ts';
import { argMax, calibrationError, softmax, topK } from '../../protocol/learning/metrics.ts';

export type Judgement = {
  /** Pictures. */
  readonly n: number;
  /** Parts of the pictures whose label is the likeliest, or among the five likeliest. */
  readonly top1: number;
  readonly top5: number;
  /** Part whose likeliest label is right or of the right family. */
  readonly family: number;
  /** Expected calibration error of the probabilities at temperature 1, and at `temperature`. */
  readonly rawCalibrationError: number;
  readonly calibrationError: number;
  /** What logits are divided by before the softmax (Guo et al. 2017): least negative log-likelihood on these pictures. */
  readonly temperature: number;
  /** The probability below which the model says that it does not know: one right answer in ten lies below. */
  readonly threshold: number;
  /** By word of the talk: pictures whose label or family it is, and how many of them come out as it among the talk's words. */
  readonly talk: readonly { readonly word: string; readonly n: number; readonly right: number }[];
};

/** `rows` holds the logits of each picture, `truths` the index of its label. */
export function judge(rows: readonly Float32Array[], truths: readonly number[], labels: readonly Label[]): Judgement {
  const temperature = bestTemperature(rows, truths);
  const answers = rows.map((row) => topK(row, 5));
  const correct = answers.map(([best], i) => best === truths[i]);
  const raw = rows.map((row) => Math.max(...softmax(row)));
  const confidences = rows.map((row) => Math.max(...softmax(row, temperature)));
  const sure = confidences.filter((_, i) => correct[i]).sort((a, b) => a - b);
  const isSameWord = (answer: number | undefined, truth: number): boolean =>
    wordsOf(labels[answer ?? NaN]).some((word) => wordsOf(labels[truth]).includes(word));
  const part = (right: (i: number) => boolean, among: readonly number[] = [...truths.keys()]): number =>
    among.filter(right).length / among.length;
  return {
    n: truths.length,
    top1: part((i) => correct[i] ?? false),
    top5: part((i) => answers[i]?.includes(truths[i] ?? NaN) ?? false),
    family: part((i) => isSameWord(answers[i]?.[0], truths[i] ?? NaN)),
    rawCalibrationError: calibrationError(raw, correct),
    calibrationError: calibrationError(confidences, correct),
    temperature,
    threshold: sure[Math.floor(sure.length / 10)] ?? 0,
    talk: talkLabels.map(({ key }, place) => {
      const shown = [...truths.keys()].filter((i) => talkPlace(labels[truths[i] ?? NaN] ?? nothing) === place);
      const answer = (i: number): number =>
        argMax(talkProbabilities(labels, softmax(rows[i] ?? new Float32Array(), temperature)));
      return { word: key, n: shown.length, right: shown.filter((i) => answer(i) === place).length };
    }),
  };
}

/** In place of a label that is not there. */
const nothing = { key: '' };

function wordsOf(label: Label | undefined): readonly string[] {
  return label ? [label.key, ...(label.family ? [label.family.en] : [])] : [];
}

/** Golden-section search over the logarithm of the temperature, from 1/4 to 4. */
function bestTemperature(rows: readonly Float32Array[], truths: readonly number[]): number {
  const loss = (logT: number): number => {
    const t = Math.exp(logT);
    return rows.reduce((sum, row, i) => sum - Math.log(softmax(row, t)[truths[i] ?? 0] || 1e-30), 0);
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [-Math.log(4), Math.log(4)];
  while (high - low > 0.01) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
