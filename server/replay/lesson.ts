/** One method, one seed: the walk through the pool, judged after each budget. */
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';
import type { StrategyName } from './asking.ts';
import { strategies } from './asking.ts';
import type { Correction, Learner } from './learner.ts';
import type { Course, MethodName } from './methods.ts';
import { methods } from './methods.ts';
import { auroc } from './statistics.ts';

export type LessonPlan = {
  /** Numbers of labels, ascending. */
  readonly budgets: readonly number[];
  readonly ask: StrategyName;
  /** So many classes, drawn by the seed, are never taught: what a learner makes of strange things. */
  readonly unknown: number;
  /** The part of labels that name a wrong class. */
  readonly flip: number;
};

/** How a learner stands after so many labels. */
export type Standing = {
  /** Labels that it got: fewer than the budget when the pool ran out. */
  readonly labels: number;
  /** Of the test pictures of the classes to be taught, the part whose best label is right. */
  readonly accuracy: number;
  /** Those of them that it also stands by: what a person is shown. */
  readonly shown: number;
  /**
   * How much surer it is than it is right: the mean probability of what it takes for one of the classes and stands by, on all test pictures,
   * those that were never taught too, less the part of that which is right; null while it stands by nothing.
   */
  readonly overconfidence: number | null;
  /** The part whose best label is none of the classes: one of the base. */
  readonly takenForBase: number;
  /** The part of the base's own pictures that were named right before any label, and are no longer; null as `baseAccuracy`. */
  readonly forgetting: number | null;
  /** Test pictures of classes that were taught against those that never are: by the learner's own score, and by its largest probability. */
  readonly auroc: { readonly own: number; readonly maxSoftmax: number } | null;
  /** Since the standing before. */
  readonly updates: readonly number[];
  readonly rounds: Learner['rounds'];
};

export type Lesson = {
  readonly standings: readonly Standing[];
  /** What came of asking again, after the last budget; null where no label is wrong, or none was asked about. */
  readonly askedAgain: AskedAgain | null;
};

/** The last standing is that after it. */
export type AskedAgain = {
  /** Labels that were asked about. */
  readonly labels: number;
  /** Of the first five of them, the part that was wrong. */
  readonly firstWrong: number;
  /** The accuracy before. */
  readonly accuracyBefore: number;
};

const first = 5;

export async function giveLesson(method: MethodName, course: Course, plan: LessonPlan): Promise<Lesson> {
  const learner = methods[method](course);
  try {
    return await walk(learner, course, plan);
  } finally {
    await learner.dispose();
  }
}

async function walk(learner: Learner, course: Course, plan: LessonPlan): Promise<Lesson> {
  const { material, base, seed } = course;
  const { labels, classes, pool } = material.set;
  const random = seededRandom(seed);
  const order = shuffled([...classes.keys()], random);
  const taught = order.slice(plan.unknown);
  const ahead = shuffled(
    pool.filter((picture) => taught.includes(labels[picture] ?? NaN)),
    random,
  );
  const said = saidLabels(course, taught, plan.flip);
  const corrections: Correction[] = [];
  const labelled: number[] = [];
  const shows = (picture: number, label: number | null): boolean => labels[picture] === label;
  const known = await learner.baseAccuracy();
  const standings: Standing[] = [];
  for (const budget of plan.budgets) {
    const [updates, rounds] = [learner.updates.length, learner.rounds.length];
    while (corrections.length < budget) {
      const picture = await strategies[plan.ask]({ ahead, labelled, learner, base, shows });
      if (picture === undefined) break;
      const correction = { picture, label: said[picture] ?? NaN };
      corrections.push(correction);
      labelled.push(picture);
      await learner.correct(correction);
    }
    await learner.settle();
    standings.push({
      labels: corrections.length,
      ...(await judged(learner, course, { taught, corrections })),
      forgetting: await forgotten(learner, known),
      updates: learner.updates.slice(updates),
      rounds: learner.rounds.slice(rounds),
    });
  }
  const wrong = plan.flip > 0 ? await answersAgain(learner, corrections, labels) : [];
  const last = standings.at(-1);
  if (wrong.length === 0 || !last) return { standings, askedAgain: null };
  await learner.settle();
  const after = {
    ...last,
    ...(await judged(learner, course, { taught, corrections })),
    forgetting: await forgotten(learner, known),
  };
  const firstWrong = wrong.slice(0, first).filter(Boolean).length / Math.min(first, wrong.length);
  return {
    standings: [...standings.slice(0, -1), after],
    askedAgain: { labels: wrong.length, firstWrong, accuracyBefore: last.accuracy },
  };
}

/** By picture the class that the person names. The wrong ones are drawn in one order, so that all methods are told the same. */
function saidLabels({ material: { set }, seed }: Course, taught: readonly number[], flip: number): Uint32Array {
  const random = seededRandom(seed + 1_000_003);
  return set.labels.map((label) => {
    const [draw, choice] = [random.next(), random.next()];
    const others = taught.filter((other) => other !== label);
    return draw < flip ? (others[Math.floor(choice * others.length)] ?? label) : label;
  });
}

async function judged(
  learner: Learner,
  { material: { set } }: Course,
  lesson: { readonly taught: readonly number[]; readonly corrections: readonly Correction[] },
): Promise<Pick<Standing, 'accuracy' | 'shown' | 'overconfidence' | 'takenForBase' | 'auroc'>> {
  const guesses = await learner.guess(set.test);
  const answers = guesses.map((guess, i) => ({ guess, label: set.labels[set.test[i] ?? NaN] ?? NaN }));
  const asked = answers.filter(({ label }) => lesson.taught.includes(label));
  const right = asked.filter(({ guess, label }) => guess.label === label);
  const stoodBy = answers.filter(({ guess }) => guess.known && guess.label !== null);
  const surer = stoodBy.map(({ guess, label }) => guess.probabilities[0] - (guess.label === label ? 1 : 0));
  const met = new Set(lesson.corrections.map(({ label }) => label));
  const familiar = answers.filter(({ label }) => met.has(label)).map(({ guess }) => guess);
  const strange = answers.filter(({ label }) => !lesson.taught.includes(label)).map(({ guess }) => guess);
  const own = auroc(
    familiar.map(({ strangeness }) => strangeness),
    strange.map(({ strangeness }) => strangeness),
  );
  const maxSoftmax = auroc(
    familiar.map(({ probabilities: [first] }) => -first),
    strange.map(({ probabilities: [first] }) => -first),
  );
  return {
    accuracy: right.length / asked.length,
    shown: right.filter(({ guess }) => guess.known).length / asked.length,
    overconfidence: surer.length > 0 ? surer.reduce((sum, one) => sum + one, 0) / surer.length : null,
    takenForBase: asked.filter(({ guess }) => guess.label === null).length / asked.length,
    auroc: own === null || maxSoftmax === null ? null : { own, maxSoftmax },
  };
}

async function forgotten(learner: Learner, before: number | null): Promise<number | null> {
  const now = await learner.baseAccuracy();
  return before === null || now === null ? null : before - now;
}

/**
 * The person looks again at whatever the learner doubts, one after the other, and says what it shows: right this time, having
 * two pictures side by side. By label asked about, in order: whether it was wrong.
 */
async function answersAgain(
  learner: Learner,
  corrections: readonly Correction[],
  labels: Uint32Array,
): Promise<readonly boolean[]> {
  const wrong: boolean[] = [];
  for (;;) {
    const [place] = await learner.doubts();
    const correction = place === undefined ? undefined : corrections[place];
    if (place === undefined || !correction) return wrong;
    const right = labels[correction.picture] ?? NaN;
    wrong.push(correction.label !== right);
    await learner.answerAgain(place, right);
  }
}
