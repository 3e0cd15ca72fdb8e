/** Lighthouse's scores, in words and numbers. */
import type { Result } from 'lighthouse';
import { quantile } from '../quantile.ts';

export const categories = ['performance', 'accessibility', 'best-practices'] as const;

/** The least of each, of 100. */
export const wanted = 95;

/** Of 100. */
export type Scores = Readonly<Record<(typeof categories)[number], number>>;

/** Rejects a result in which a category could not be judged. */
export function scoresOf(result: Pick<Result, 'categories'>): Scores {
  const score = (category: (typeof categories)[number]): number => {
    const found = result.categories[category]?.score;
    if (typeof found !== 'number') throw new Error(`Lighthouse could not judge ${category}.`);
    return Math.round(100 * found);
  };
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best-practices': score('best-practices'),
  };
}

/** By category, the median of an odd number of judgements. */
export function medianOf(runs: readonly Scores[]): Scores {
  const median = (category: (typeof categories)[number]): number =>
    quantile(
      runs.map((run) => run[category]),
      0.5,
    );
  return {
    performance: median('performance'),
    accessibility: median('accessibility'),
    'best-practices': median('best-practices'),
  };
}

export function report(scores: Scores): string {
  return categories
    .map((category) => {
      const score = scores[category];
      return `${category}: ${String(score)}${score < wanted ? `, less than ${String(wanted)}` : ''}\n`;
    })
    .join('');
}
