/** Which picture of the pool a person labels next: one file for all ways, because each is a few lines. */
import { hardnessOf } from '../../protocol/learning/hardness/hardness.ts';
import type { Learner } from './learner.ts';
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
  /** The first picture that comes out wrong or unknown. */
  mistakes: async ({ ahead, learner, shows }) => {
    for (;;) {
      const picture = ahead.shift();
      if (picture === undefined) return undefined;
      const [guess] = await learner.guess([picture]);
      if (!guess?.known || !shows(picture, guess.label)) return picture;
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
  /** The first that the app would ask about. */
  occhio: async ({ ahead, labelled, learner, base }) => {
    for (;;) {
      const picture = ahead.shift();
      if (picture === undefined) return undefined;
      const [guess] = await learner.guess([picture]);
      const [embedding, ...known] = await base.embeddings([picture, ...labelled]);
      const { known: isKnown, probabilities } = guess ?? { known: false, probabilities: [0, 0] };
      const nearest = known.reduce((best, other) => Math.max(best, cosine(embedding, other)), -1);
      // Pictures of a pool are no film: nothing flickers from one to the next.
      if (hardnessOf({ probabilities, known: isKnown, nearest, recent: [] })) return picture;
    }
  },
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;

/** Those that take their labels from whatever is asked, right or wrong. */
export const askNames = ['random', 'unsure', 'occhio'] as const satisfies readonly StrategyName[];

function cosine(a: Float32Array = new Float32Array(), b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
