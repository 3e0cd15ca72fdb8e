/** Answers to checks, counted by label. */
import type { Answer } from './answer.ts';

/** `lost`: right before and wrong after; `won`: the reverse. */
export type Tally = {
  readonly label: string;
  n: number;
  rightBefore: number;
  rightAfter: number;
  lost: number;
  won: number;
};

/** Added labels first, also those that no picture checks; then each label when it first comes. */
export function talliesOf(checks: readonly Answer[], added: readonly string[]): readonly Tally[] {
  const byLabel = new Map<string, Answer[]>(added.map((label) => [label, []]));
  for (const answer of checks) {
    const own = byLabel.get(answer.label) ?? [];
    byLabel.set(answer.label, own);
    own.push(answer);
  }
  return [...byLabel].map(([label, own]) => tally(label, own));
}

export function tally(label: string, answers: readonly Answer[]): Tally {
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
