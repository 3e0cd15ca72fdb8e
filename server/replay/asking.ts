/** Which picture of the pool a person labels next: one file for all ways, because each is a few lines. */
import { mostTelling, recentKept } from '../../protocol/learning/hardness/most-telling.ts';
import { direction } from '../../protocol/learning/heads/direction.ts';
import type { Learner } from './learner.ts';
import { ignorance } from './learner.ts';
import type { Version } from './version.ts';

export type Walk = {
  /** Pictures not come by yet, in the order in which they come. A strategy takes out those that it has passed. */
  readonly ahead: number[];
  /** Pictures that were labelled. */
  readonly labelled: readonly number[];
  readonly learner: Learner;
  readonly base: Version;
  /** Whether the picture shows the class of this index. */
  readonly shows: (picture: number, label: number | null) => boolean;
};

/** Gives the picture to label; undefined when the pool has no more. */
export type Strategy = (walk: Walk) => Promise<number | undefined>;

/** Of the pictures ahead, so many are looked at to find the one to ask about. */
const window = 100;

export const strategies = {
  /** The first picture that comes out wrong or unknown; those that come out right are left as they are. */
  mistakes: async ({ ahead, learner, shows }) => {
    for (;;) {
      const picture = ahead.shift();
      if (picture === undefined) return undefined;
      const [guess] = await learner.guess([picture]);
      const label = guess?.label ?? null;
      if (!guess?.known || label === null || !shows(picture, label)) return picture;
      await learner.leave({ picture, label });
    }
  },
  /** Every picture. */
  random: ({ ahead }) => Promise.resolve(ahead.shift()),
  /** Of the next ones, that whose two best labels are most alike (smallest margin; Scheffer et al. 2001). The others stay. */
  unsure: async ({ ahead, learner }) => {
    const guesses = await learner.guess(ahead.slice(0, window));
    const margins = guesses.map(({ probabilities: [first, second] }) => first - second);
    const place = margins.indexOf(margins.reduce((a, b) => Math.min(a, b), Infinity));
    return ahead.splice(Math.max(0, place), 1)[0];
  },
  /** That which the app would ask about, had it seen the next ones. Where none is worth a question, it goes on. */
  occhio: async ({ ahead, labelled, learner, base }) => {
    const directions = async (pictures: readonly number[]): Promise<readonly Float64Array[]> =>
      (await base.seen(pictures)).map(({ averaged }) => direction(averaged, base.model.meanEmbedding));
    while (ahead.length > 0) {
      const pictures = ahead.slice(0, recentKept);
      const best = await mostTelling({
        recent: await directions(pictures),
        settled: await directions(labelled),
        async judge(place) {
          const [guess = ignorance] = await learner.guess(pictures.slice(place, place + 1));
          return guess;
        },
      });
      if (best) return ahead.splice(best.place, 1)[0];
      ahead.splice(0, pictures.length);
    }
    return undefined;
  },
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;

/** Those that take their labels from whatever is asked, right or wrong. */
export const askNames = ['random', 'unsure', 'occhio'] as const satisfies readonly StrategyName[];
