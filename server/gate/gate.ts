/** Judges a candidate: it replaces the incumbent only if no class falls and the whole does not. Pure. */
import type { SampleId } from '../../protocol/ids.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { maxLabels, maxReasons, maxReportSamples } from '../../protocol/limits.ts';
import type { Answer } from './answer.ts';
import { chanceOfLoss } from './paired-test.ts';

/**
 * When a fall counts: it is larger than `share` of the pictures, and two equal models would show one as large in at most
 * `chance` of all checks. The whole has hundreds of pictures and needs less of a fall; a class has few, and is asked less.
 */
const ofClass = { share: 0.1, chance: 0.1 };
const ofWhole = { share: 0.01, chance: 0.05 };

/** Pictures below which the figure of a class says nothing: not even their total loss is beyond chance. */
const enoughPictures = 5;

export type Verdict = Pick<Report, 'verdict' | 'reasons' | 'classes' | 'fixes' | 'breaks'>;

type Tally = { readonly label: string; n: number; rightBefore: number; rightAfter: number; lost: number; won: number };

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

/** New labels first, then by key. */
function talliesOf(checks: readonly Answer[], added: readonly string[]): readonly Tally[] {
  const byLabel = new Map<string, Answer[]>(added.map((label) => [label, []]));
  for (const answer of checks) {
    const own = byLabel.get(answer.label) ?? [];
    byLabel.set(answer.label, own);
    own.push(answer);
  }
  return [...byLabel].map(([label, own]) => tally(label, own));
}

function tally(label: string, answers: readonly Answer[]): Tally {
  const sum = { label, n: answers.length, rightBefore: 0, rightAfter: 0, lost: 0, won: 0 };
  for (const answer of answers) {
    const [before, after] = [answer.before === answer.label, answer.after === answer.label];
    sum.rightBefore += Number(before);
    sum.rightAfter += Number(after);
    sum.lost += Number(before && !after);
    sum.won += Number(!before && after);
  }
  return sum;
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
