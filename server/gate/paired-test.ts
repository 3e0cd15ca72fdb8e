/** Whether paired answers got worse, or only differ by chance. */

/** One question put to both models: how many it lost (right before, wrong after) and won (wrong before, right after). */
export type Change = { readonly lost: number; readonly won: number };

/**
 * The probability of at least so many losses if losing and winning were equally likely: McNemar's test (1947) in its
 * exact one-sided form, the tail of a binomial distribution of lost + won trials. 1 when nothing was lost.
 */
export function chanceOfLoss({ lost, won }: Change): number {
  const trials = lost + won;
  let tail = 0;
  let logTerm = -trials * Math.LN2;
  for (let k = 0; k <= trials; k++) {
    if (k >= lost) tail += Math.exp(logTerm);
    logTerm += Math.log((trials - k) / (k + 1));
  }
  return Math.min(1, tail);
}
