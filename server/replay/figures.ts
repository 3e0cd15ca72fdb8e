/** The figures of one method, over seeds. */
import type { Lesson, Standing } from './lesson.ts';
import type { Lessons } from './replay.ts';
import type { Estimate } from './statistics.ts';
import { estimate, labelsFor, quantile } from './statistics.ts';

/** By budget, in fractions and seconds. Estimates are `[mean, half of the 95 % interval]` over seeds. */
export type MethodFigures = {
  /** Labels that were given, in the mean: fewer than the budget where the pool ran out. */
  readonly labels: readonly number[];
  /** Best label right, over the whole test folder but the classes that are never taught. */
  readonly accuracy: readonly Estimate[];
  /** Right, and sure enough to be shown. */
  readonly shown: readonly Estimate[];
  /** How much surer what it stands by is than it is right: see `Standing`; null where it stood by nothing. */
  readonly overconfidence: readonly (Estimate | null)[];
  /** Best label is one of the base. */
  readonly taken_for_base: readonly Estimate[];
  /** Base pictures no longer named right; null for methods without base classes. */
  readonly forgetting: readonly Estimate[] | null;
  /** From a correction to the update that answers follow, since the budget before: `[median, 95th percentile]`; null: there was none. */
  readonly seconds: readonly (Spread | null)[];
  /** Of rounds on the hub; null for methods without. */
  readonly rounds: readonly RoundFigures[] | null;
  /** By the method's own score, after the largest budget; null when every class is taught. */
  readonly auroc_unknown: number | null;
  readonly auroc: { readonly own: readonly Estimate[]; readonly max_softmax: readonly Estimate[] } | null;
  /**
   * Only with wrong labels: what the same seeds reach without them, and what they cost; after the last budget the person has
   * answered what was asked again. Of that: how many labels, the part of wrong ones among the first five, and what would be
   * lost without.
   */
  readonly flipped?: {
    readonly clean: readonly Estimate[];
    readonly points_lost: readonly Estimate[];
    readonly asked_again: Estimate;
    readonly suspects_found: Estimate | null;
    readonly points_lost_unasked: Estimate;
  };
  /** Only where questions are chosen: what random order reaches, and the part of its labels that the choice needs for its last accuracy; null when that is never reached. */
  readonly asked?: { readonly random: readonly Estimate[]; readonly labels_ratio: number | null };
};

export type Spread = readonly [median: number, p95: number];

export type RoundFigures = {
  /** Over all seeds. */
  readonly run: number;
  readonly refused: number;
  readonly seconds: Spread | null;
};

export function figuresOf({ planned, clean, random }: Lessons, budgets: readonly number[]): MethodFigures {
  const at = byBudget(planned, budgets);
  const accuracy = at.map((standings) => estimate(standings.map((one) => one.accuracy)));
  const forgetting = at.map((standings) => estimateOf(standings.map((one) => one.forgetting)));
  const own = at.map((standings) => estimateOf(standings.map((one) => one.auroc?.own ?? null)));
  const maxSoftmax = at.map((standings) => estimateOf(standings.map((one) => one.auroc?.maxSoftmax ?? null)));
  return {
    labels: at.map((standings) => estimate(standings.map(({ labels }) => labels))[0]),
    accuracy,
    shown: at.map((standings) => estimate(standings.map(({ shown }) => shown))),
    overconfidence: at.map((standings) => estimateOf(standings.map(({ overconfidence }) => overconfidence))),
    taken_for_base: at.map((standings) => estimate(standings.map(({ takenForBase }) => takenForBase))),
    forgetting: complete(forgetting),
    seconds: at.map((standings) => spread(standings.flatMap(({ updates }) => updates))),
    rounds: roundsOf(at),
    auroc_unknown: own.at(-1)?.[0] ?? null,
    auroc: bothOf(complete(own), complete(maxSoftmax)),
    ...(clean.length > 0 && { flipped: flippedOf(planned, clean, budgets) }),
    ...(random.length > 0 && { asked: askedOf(planned, random, budgets) }),
  };
}

/** The standings of all seeds at each budget. */
function byBudget(lessons: readonly Lesson[], budgets: readonly number[]): readonly (readonly Standing[])[] {
  return budgets.map((_, i) => lessons.flatMap(({ standings }) => standings[i] ?? []));
}

function accuracies(lessons: readonly Lesson[], budgets: readonly number[]): readonly Estimate[] {
  return byBudget(lessons, budgets).map((standings) => estimate(standings.map(({ accuracy }) => accuracy)));
}

function flippedOf(
  planned: readonly Lesson[],
  clean: readonly Lesson[],
  budgets: readonly number[],
): NonNullable<MethodFigures['flipped']> {
  const lost = budgets.map((_, i) =>
    estimate(
      planned.map(({ standings }, seed) => {
        return (clean[seed]?.standings[i]?.accuracy ?? NaN) - (standings[i]?.accuracy ?? NaN);
      }),
    ),
  );
  const unasked = planned.map(({ askedAgain, standings }, seed) => {
    const accuracy = askedAgain?.accuracyBefore ?? standings.at(-1)?.accuracy ?? NaN;
    return (clean[seed]?.standings.at(-1)?.accuracy ?? NaN) - accuracy;
  });
  return {
    clean: accuracies(clean, budgets),
    points_lost: lost,
    asked_again: estimate(planned.map(({ askedAgain }) => askedAgain?.labels ?? 0)),
    suspects_found: estimateOf(planned.map(({ askedAgain }) => askedAgain?.firstWrong ?? null)),
    points_lost_unasked: estimate(unasked),
  };
}

function askedOf(
  planned: readonly Lesson[],
  random: readonly Lesson[],
  budgets: readonly number[],
): NonNullable<MethodFigures['asked']> {
  const ofRandom = accuracies(random, budgets);
  const labelsAt = (lessons: readonly Lesson[], i: number): number =>
    estimate(lessons.map(({ standings }) => standings[i]?.labels ?? NaN))[0];
  const last = budgets.length - 1;
  const curve = accuracies(planned, budgets).map(([value], i) => ({ labels: labelsAt(planned, i), value }));
  const needed = labelsFor(ofRandom[last]?.[0] ?? NaN, curve);
  return { random: ofRandom, labels_ratio: needed === null ? null : needed / labelsAt(random, last) };
}

function roundsOf(at: readonly (readonly Standing[])[]): readonly RoundFigures[] | null {
  const figures = at.map((standings) => {
    const rounds = standings.flatMap((one) => one.rounds);
    return {
      run: rounds.length,
      refused: rounds.filter(({ refused }) => refused).length,
      seconds: spread(rounds.map(({ seconds }) => seconds)),
    };
  });
  return figures.some(({ run }) => run > 0) ? figures : null;
}

function spread(seconds: readonly number[]): Spread | null {
  const [median, p95] = [quantile(seconds, 0.5), quantile(seconds, 0.95)];
  return median === null || p95 === null ? null : [median, p95];
}

/** Of the seeds that have the figure; null when none has. */
function estimateOf(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? estimate(known) : null;
}

/** Null unless every budget has the figure. */
function complete(estimates: readonly (Estimate | null)[]): readonly Estimate[] | null {
  const known = estimates.filter((one) => one !== null);
  return known.length === estimates.length ? known : null;
}

function bothOf(own: readonly Estimate[] | null, maxSoftmax: readonly Estimate[] | null): MethodFigures['auroc'] {
  return own && maxSoftmax ? { own, max_softmax: maxSoftmax } : null;
}
