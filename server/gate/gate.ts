/** Judges a candidate: it replaces the incumbent only if no class falls and the whole does not. Pure. */
import type { SampleId } from '../../protocol/ids.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { maxLabels, maxReasons, maxReportSamples } from '../../protocol/limits.ts';
import type { Answer } from './answer.ts';
import { chanceOfLoss } from './paired-test.ts';
import type { Tally } from './tally.ts';
import { talliesOf, tally } from './tally.ts';

/**
 * When a fall counts: it is larger than `share` of the pictures, and two equal models would show one as large in at most
 * `chance` of all checks. The whole has hundreds of pictures and needs less of a fall; a class has few, and is asked less.
 */
const ofClass = { share: 0.1, chance: 0.1 };
const ofWhole = { share: 0.01, chance: 0.05 };

/** Pictures below which the figure of a class says nothing: not even their total loss is beyond chance. */
const enoughPictures = 5;

export type Verdict = Pick<Report, 'verdict' | 'reasons' | 'classes' | 'fixes' | 'breaks'>;

/** `added`: labels that the candidate has and the incumbent has not. */
export function judge(answers: readonly Answer[], added: readonly string[]): Verdict {
  const checks = answers.filter(({ use }) => use === 'check');
  const classes = talliesOf(checks, added);
  const whole = tally('', checks);
  const fallen = [
    ...classes.filter((one) => falls(one, ofClass)).map(fallOfClass),
    ...(falls(whole, ofWhole)
      ? [`All pictures together got worse: ${figures(whole)}. The correction costs more than it gains.`]
      : []),
  ];
  const unsure = classes.filter(({ label, n }) => added.includes(label) && n < enoughPictures);
  const verdict = fallen.length > 0 ? 'refused' : unsure.length > 0 ? 'in-trial' : 'promoted';
  const reasons =
    verdict === 'refused'
      ? fallen
      : [`No class got worse beyond chance: ${figures(whole)}.`, ...unsure.map(trialOfClass)];
  return {
    verdict,
    reasons: reasons.slice(0, maxReasons),
    classes: classes
      .filter(({ label, lost, won }) => lost > 0 || won > 0 || added.includes(label))
      .map(({ label, n, rightBefore, rightAfter }) => ({ label, n, rightBefore, rightAfter }))
      .slice(0, maxLabels),
    fixes: samplesOf(answers.filter(({ label, before, after }) => before !== label && after === label)),
    breaks: samplesOf(answers.filter(({ label, before, after }) => before === label && after !== label)),
  };
}

function falls(one: Tally, tolerance: typeof ofClass): boolean {
  return one.lost - one.won > tolerance.share * one.n && chanceOfLoss(one) <= tolerance.chance;
}

function figures({ n, rightBefore, rightAfter }: Tally): string {
  return `${String(rightBefore)} of ${String(n)} pictures right before, ${String(rightAfter)} after`;
}

function fallOfClass(one: Tally): string {
  return `"${one.label}" got worse: ${figures(one)}. Perhaps some of its pictures, or of another label, are labelled wrong.`;
}

function trialOfClass({ label, n }: Tally): string {
  return `"${label}" is in trial: ${String(n)} of the ${String(enoughPictures)} pictures that it takes to check it.`;
}

function samplesOf(answers: readonly Answer[]): SampleId[] {
  return answers.flatMap(({ sample }) => sample ?? []).slice(0, maxReportSamples);
}
