/** What is kept of the answers that judged a candidate: right and wrong by label, and what was taken for what. Pure. */
import type { Figures } from '../../protocol/messages/history.ts';
import { maxConfusionSamples, maxConfusions, maxLabels } from '../../protocol/limits.ts';
import type { Answer } from './answer.ts';
import { talliesOf } from './tally.ts';

/** `added`: labels that the candidate has and the incumbent has not. */
export function figuresOf(
  answers: readonly Answer[],
  added: readonly string[],
): Pick<Figures, 'classes' | 'confusions'> {
  const checks = answers.filter(({ use }) => use === 'check');
  const taught = countsOf(answers.flatMap(({ use, label }) => (use === 'taught' ? [label] : [])));
  // A model that knows no label answers nothing.
  const claimed = countsOf(checks.flatMap(({ after }) => (after === '' ? [] : [after])));
  const confusions = new Map<string, Figures['confusions'][number]>();
  for (const { label, after, sample } of checks) {
    if (after === label || after === '') continue;
    const pair = JSON.stringify([label, after]);
    const { n, samples } = confusions.get(pair) ?? { n: 0, samples: [] };
    const named = [...samples, ...(sample ? [sample] : [])].slice(0, maxConfusionSamples);
    confusions.set(pair, { label, as: after, n: n + 1, samples: named });
  }
  const tallies = talliesOf(checks, [...added, ...taught.keys(), ...claimed.keys()]);
  return {
    classes: tallies
      .map(({ label, n, rightBefore, rightAfter }) => ({
        label,
        taught: taught.get(label) ?? 0,
        n,
        rightBefore,
        rightAfter,
        claimed: claimed.get(label) ?? 0,
      }))
      .slice(0, maxLabels),
    confusions: [...confusions.values()].sort((a, b) => b.n - a.n).slice(0, maxConfusions),
  };
}

function countsOf(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
