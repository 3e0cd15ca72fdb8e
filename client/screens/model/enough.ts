/** "Have I done enough?": what the pictures that judged the current version allow to say of what people taught. Pure. */
import type { Figures } from '../../../protocol/messages/history.ts';
import type { ClassFigures } from './class-figures.ts';
import { classFigures, intervalOf } from './class-figures.ts';

/** A class is good when at least this part of its pictures is right, as surely as an interval of 95 % says. */
export const goodShare = 0.7;

export type Enough =
  /** Nobody taught a class that a round has learned, or the hub has told nothing. */
  | { readonly kind: 'nothing' }
  /** Surely not good: more pictures that judge would not change it, more to learn from might. `as`: what it is taken for most. */
  | { readonly kind: 'weak'; readonly weakest: ClassFigures; readonly others: number; readonly as: string | null }
  /** It may be good: at least `more` pictures that judge it, and all of them right, would show it. */
  | { readonly kind: 'unsure'; readonly weakest: ClassFigures; readonly others: number; readonly more: number }
  /** Every class that people taught is good; `n` pictures say so, `low` is the worst class's share at the least. */
  | { readonly kind: 'enough'; readonly classes: number; readonly n: number; readonly low: number };

/** `others`: classes of which the same has to be said, beside the weakest. */
export function enoughOf(figures: Figures | null): Enough {
  const taught = classFigures(figures?.classes ?? []).filter((one) => one.taught > 0);
  const [worst] = taught;
  if (!figures || !worst) return { kind: 'nothing' };
  const weak = taught.filter(({ interval }) => interval.high < goodShare);
  const [weakest] = weak;
  if (weakest)
    return {
      kind: 'weak',
      weakest,
      others: weak.length - 1,
      as: figures.confusions.find(({ label }) => label === weakest.label)?.as ?? null,
    };
  const unsure = taught.filter(({ interval }) => interval.low < goodShare);
  if (unsure.length > 0)
    return { kind: 'unsure', weakest: worst, others: unsure.length - 1, more: picturesToBeSure(worst) };
  return {
    kind: 'enough',
    classes: taught.length,
    n: taught.reduce((sum, { n }) => sum + n, 0),
    low: worst.interval.low,
  };
}

/** How many more pictures, all of them right, it takes at the least to show that the class is good. */
export function picturesToBeSure({ rightAfter, n }: Pick<ClassFigures, 'rightAfter' | 'n'>): number {
  let more = 0;
  while (intervalOf(rightAfter + more, n + more).low < goodShare) more += 1;
  return more;
}
