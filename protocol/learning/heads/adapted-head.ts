/**
 * What a device learns at once: the shipped head beside the classes that a person taught. How densely examples lie around
 * a picture says which of the two is to be believed; far from every example it is the shipped head alone.
 */
import type { Seen } from '../glances.ts';
import { argMax, softmax } from '../metrics.ts';
import type { BaseHead } from './base-head.ts';
import { baseLogits } from './base-head.ts';
import { direction } from './direction.ts';
import type { Example } from './examples.ts';
import { mostExamples, trustIn } from './examples.ts';
import { KeptProducts } from './kept-products.ts';
import type { Likeness } from './taught-classes.ts';
import { fitTaughtClasses } from './taught-classes.ts';

export interface AdaptedHead {
  /** The shipped labels, then the new ones in the order of their keys. */
  readonly labels: readonly string[];
  /**
   * `[labels]`, for softmax at the model's temperature. Near a "none of these" they are all alike. Over a base without labels
   * something else, with a logit of 0, belongs into the softmax: what is taught has to win over it.
   */
  logits(seen: Seen): Float32Array;
  /** 0 for what is exactly like its examples, about 1 for what resembles nothing that was taught. */
  strangeness(seen: Seen): number;
  /**
   * Whether the picture is enough like what was taught of `label`, its best one; else the answer is "I don't know it". Null when
   * it is the shipped head that says so, of a label that was taught or not: then its probability decides.
   */
  recognises(seen: Seen, label: string): boolean | null;
  /** Whether `label` was taught and no example is nearly this picture: worth learning when the answer is left uncorrected. */
  isNews(seen: Seen, label: string): boolean;
}

export type AdaptOptions = {
  /** `[d]`, what all embeddings have in common, taken off before they are compared: the model's `meanEmbedding`. */
  readonly mean: Float32Array;
  /** Of the model. */
  readonly temperature: number;
  /** Of fits to almost the same examples and the same mean: saves most of the time of all but the first. */
  readonly products?: KeptProducts;
};

/**
 * How far what was taught is believed rather than the shipped head, as a logistic function of how densely examples lie around a
 * picture and of how undecided the shipped head is, in nats. Fitted to groceries and to kinds of waste against held-back tiles
 * of shipped labels; of these about one in a hundred is then taken for a taught thing, however many were taught
 * (docs/decisions/0008-taught-beside-shipped.md).
 */
const belief = { perDensity: 5.3, perNat: 2.3 };
/** How dense it has to be where the shipped head has decided: as most examples among the others, within these bounds. */
const dense = { least: 4.3, most: 4.85 };
/** From this cosine to an example on it is believed alone, and how suddenly; no held-back tile comes so near to a taught thing. */
const same = { from: 0.92, steepness: 100 };
/** How undecided a shipped head without labels is taken to be. */
const undecidedByNoLabels = 2;
/** What is less likely is not said: it would seldom be right, and nobody correcting it, it would be learned. */
const leastConfidence = 0.15;
/** A shipped label of this probability is said rather than a taught one that is not. */
const moreLikelyThanNot = 0.5;
/** From this cosine on two pictures are nearly the same. */
const nearlySame = 0.95;
/**
 * How likely what is taken for a taught thing is one, as a logistic function of its best score and the logarithm of how many
 * examples there are. Fitted to groceries and to kinds of waste that pictures of 1 to 200 examples were compared with, most
 * of them of other kinds (docs/decisions/0008-taught-beside-shipped.md).
 */
const confidence = { perScore: 5.5, perTenTimes: 0.8, ofNothing: -4.3 };
/** Scores of taught classes are divided by it before their softmax. */
const scoreTemperature = 0.03;

/** The least probability that a label is given: its logarithm is finite. */
const least = 1e-9;

/**
 * Guarantees: every example that was said comes out right, unless it contradicts another of almost the same embedding; the same examples
 * give the same head in any order; without examples it is `base`. Time goes with n³, and with n² d where products
 * are not kept: about 8 and 24 ms for 200 examples of the default network.
 */
export function adaptHead(base: BaseHead, examples: readonly Example[], options: AdaptOptions): AdaptedHead {
  if (examples.length === 0) return unadapted(base);
  const known = new Set(base.labels);
  const named = examples.flatMap(({ label }) => (label === null || known.has(label) ? [] : [label]));
  const labels = [...base.labels, ...[...new Set(named)].sort()];
  const places = new Map(labels.map((label, i) => [label, i]));
  // Taught classes, by their place among the labels; "none of these" is one of them.
  const taught = [...new Set(examples.map(({ label }) => (label === null ? none : (places.get(label) ?? none))))];
  taught.sort((a, b) => a - b);
  const sorted = [...examples].sort(byContent);
  const directions = sorted.map(({ averaged }) => direction(averaged, options.mean));
  const { products = new KeptProducts() } = options;
  const classes = fitTaughtClasses(
    sorted.map((example, i) => ({
      direction: directions[i] ?? new Float64Array(),
      taught: taught.indexOf(example.label === null ? none : (places.get(example.label) ?? none)),
      trust: trustIn(example),
    })),
    taught.length,
    products.of(
      directions,
      sorted.map(({ averaged }) => averaged),
    ),
  );
  const silent = silentAmong(taught, base, examples);
  const isTaught = (label: string): boolean => taught.includes(places.get(label) ?? NaN);
  const required = Math.min(dense.most, Math.max(dense.least, classes.leastDensity));
  const judge = ({ averaged, whole }: Seen): Judgement => {
    const likeness = classes.likeness(direction(averaged, options.mean));
    const best = Math.max(...likeness.scores);
    const likely = logistic(
      confidence.perScore * best + confidence.perTenTimes * Math.log10(examples.length) + confidence.ofNothing,
    );
    const shippedLogits = baseLogits(base, whole);
    for (const label of silent) shippedLogits[label] = -Infinity;
    const ofBase = softmax(shippedLogits, options.temperature);
    // However many others were taught, what is nearly the picture of an example is what was said of it.
    const sameness = same.steepness * (likeness.nearest - same.from);
    const resemblance =
      belief.perDensity * (likeness.density - required) + belief.perNat * undecidedElsewhere(ofBase, taught);
    const isHardlyTaught = likely < leastConfidence && Math.max(...ofBase) >= moreLikelyThanNot;
    const believed = isHardlyTaught ? 0 : logistic(Math.max(sameness, resemblance));
    return { likeness, best, likely, mixture: mixed(ofBase, likeness, { believed, taught, labels: labels.length }) };
  };
  // A picture is asked about several times.
  const judgements = new WeakMap<Seen, Judgement>();
  const of = (seen: Seen): Judgement => {
    const judgement = judgements.get(seen) ?? judge(seen);
    judgements.set(seen, judgement);
    return judgement;
  };
  return {
    labels,
    logits(seen) {
      const { mixture, likely } = of(seen);
      return logitsOf(moderated(mixture, likely), options.temperature);
    },
    strangeness: (seen) => 1 - of(seen).best,
    recognises(seen, label) {
      if (!isTaught(label)) return null;
      const place = places.get(label) ?? NaN;
      const { mixture, best, likely } = of(seen);
      const taughtPart = mixture.taught[place] ?? 0;
      if ((mixture.shipped[place] ?? 0) > taughtPart) return null;
      return best >= classes.leastScore && likely >= leastConfidence && taughtPart > mixture.others;
    },
    isNews: (seen, label) => isTaught(label) && of(seen).likeness.nearest < nearlySame,
  };
}

/** Knows nothing but the base: everything is equally strange to what was taught. */
function unadapted(base: BaseHead): AdaptedHead {
  return {
    labels: base.labels,
    logits: ({ whole }) => baseLogits(base, whole),
    strangeness: () => 1,
    recognises: () => null,
    isNews: () => false,
  };
}

/**
 * Taught labels of which the shipped head is not asked. What people named it knows only from pictures that the examples hold, too,
 * unless there were more than make a head; where none of these is near, its word for them is a guess, and takes pictures of things
 * that the backbone knows. A backbone without labels knows none.
 */
function silentAmong(taught: readonly number[], { labels, grown }: BaseHead, examples: readonly Example[]): number[] {
  const said = examples.filter(({ unsaid }) => !unsaid).length;
  if (said >= mostExamples || grown.size === labels.length) return [];
  return taught.filter((label) => grown.has(labels[label] ?? ''));
}

/** In place of a label's index. */
const none = -1;

/** The entropy of the shipped labels' probabilities, in nats, when what they give to taught labels is spread evenly over all. */
function undecidedElsewhere(ofBase: Float32Array, taught: readonly number[]): number {
  if (ofBase.length === 0) return undecidedByNoLabels;
  const spread = taught.reduce((sum, label) => sum + (ofBase[label] ?? 0), 0) / ofBase.length;
  return ofBase.reduce((entropy, p, label) => {
    const elsewhere = (taught.includes(label) ? 0 : p) + spread;
    return elsewhere > 0 ? entropy - elsewhere * Math.log(elsewhere) : entropy;
  }, 0);
}

/** What the head makes of a picture. */
type Judgement = {
  readonly likeness: Likeness;
  /** The best score of any taught class, and how likely that class is right. */
  readonly best: number;
  readonly likely: number;
  readonly mixture: Mixture;
};

/** Probabilities that add up to 1: of the labels as the shipped head and as the taught classes have them, and of everything else. */
type Mixture = { readonly shipped: Float32Array; readonly taught: Float32Array; readonly others: number };

/** What the shipped head says, as far as the taught classes are not to be believed, and what these say. */
function mixed(
  ofBase: Float32Array,
  likeness: Likeness,
  {
    believed,
    taught,
    labels,
  }: { readonly believed: number; readonly taught: readonly number[]; readonly labels: number },
): Mixture {
  const shipped = ofBase.map((p) => p * (1 - believed));
  const ofTaught = new Float32Array(labels);
  let others = shipped.length > 0 ? 0 : 1 - believed;
  const shares = softmax(Float32Array.from(likeness.scores), scoreTemperature);
  taught.forEach((label, i) => {
    const share = believed * (shares[i] ?? 0);
    if (label === none) others += share;
    else ofTaught[label] = share;
  });
  return { shipped, taught: ofTaught, others };
}

/** The taught labels made no more probable than they are; what that takes away is none of the labels. The best label stays the best. */
function moderated({ shipped, taught, others }: Mixture, confidence: number): Mixture {
  const best = argMax(taught.map((p, label) => p + (shipped[label] ?? 0)));
  const [ofTaught, ofShipped] = [taught[best] ?? 0, shipped[best] ?? 0];
  const enough = taught.reduce((most, p, label) => {
    const overtaken = ofTaught > p ? ((shipped[label] ?? 0) - ofShipped) / (ofTaught - p) : 0;
    return Math.max(most, overtaken * (1 + margin));
  }, confidence);
  const share = Math.min(1, enough);
  const lost = (1 - share) * taught.reduce((sum, p) => sum + p, 0);
  return { shipped, taught: taught.map((p) => p * share), others: others + lost };
}

/** More than numbers are rounded by. */
const margin = 1e-5;

/** With shipped labels, what is none of them is spread over all: none stands out. Without, it is what the others are measured by. */
function logitsOf({ shipped, taught, others }: Mixture, temperature: number): Float32Array {
  const log = (p: number): number => temperature * Math.log(Math.max(p, least));
  const probabilities = taught.map((p, label) => p + (shipped[label] ?? 0));
  if (shipped.length === 0) return probabilities.map((p) => log(p) - log(others));
  return probabilities.map((p) => log(p + others / probabilities.length));
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** A fixed order, because sums of rounded numbers depend on theirs. */
function byContent(a: Example, b: Example): number {
  if (a.label !== b.label) return (a.label ?? '') < (b.label ?? '') ? -1 : 1;
  for (let i = 0; i < a.averaged.length; i++) {
    const difference = (a.averaged[i] ?? 0) - (b.averaged[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
