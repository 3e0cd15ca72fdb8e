/** Replays a person's corrections for every method and seed, and gathers the figures. */
import type { MethodFigures } from './figures.ts';
import { figuresOf } from './figures.ts';
import type { Lesson, LessonPlan } from './lesson.ts';
import { giveLesson } from './lesson.ts';
import type { MethodName } from './methods.ts';
import { courseOf } from './methods.ts';
import { labelsFor } from './statistics.ts';
import type { TakenOut } from './take-out-known.ts';
import { Version } from './version.ts';

export type ReplayPlan = LessonPlan & {
  readonly methods: readonly MethodName[];
  /** How often everything is done, each time in another order: seeds 1, 2, ... */
  readonly seeds: number;
};

/** What a replay is written down as: the names are those of the JSON file. */
export type ReplayResult = Omit<ReplayPlan, 'methods'> & {
  readonly classes: number;
  readonly pool: number;
  readonly test: number;
  readonly backbone: string;
  /** Labels that the base knew the classes by; they were taken out of it first. */
  readonly taken_out: readonly string[];
  readonly methods: Readonly<Partial<Record<MethodName, MethodFigures & WithNeeded>>>;
};

/** Labels at which the method has the accuracy that Teachable Machine's recipe has at 50, between budgets along a straight line; null when it never has, or that is not known. */
export type WithNeeded = { readonly labels_for_teachable_machine_at_50: number | null };

/** Of a method's lessons: as planned, and what they are compared with. */
export type Lessons = {
  readonly planned: readonly Lesson[];
  /** Without wrong labels; none when the plan has none. */
  readonly clean: readonly Lesson[];
  /** Asked in random order; none unless the plan asks in another. */
  readonly random: readonly Lesson[];
};

/** `onLesson`: before each lesson, which it is. */
export async function replay(
  { material, labels }: TakenOut,
  plan: ReplayPlan,
  onLesson: (method: MethodName, seed: number) => void,
): Promise<ReplayResult> {
  const { methods, seeds, ...lessonPlan } = plan;
  const base = await Version.of(material.backbone.model, material);
  try {
    const figures = new Map<MethodName, MethodFigures>();
    for (const method of methods) {
      const lessons = { planned: [], clean: [], random: [] } as { readonly [K in keyof Lessons]: Lesson[] };
      for (let seed = 1; seed <= seeds; seed++) {
        onLesson(method, seed);
        const give = (changes: Partial<LessonPlan>): Promise<Lesson> =>
          giveLesson(method, courseOf(material, base, seed), { ...lessonPlan, ...changes });
        lessons.planned.push(await give({}));
        if (plan.flip > 0) lessons.clean.push(await give({ flip: 0 }));
        if (plan.ask === 'unsure' || plan.ask === 'occhio') lessons.random.push(await give({ ask: 'random' }));
      }
      figures.set(method, figuresOf(lessons, plan.budgets));
    }
    const { set, backbone } = material;
    return {
      ...lessonPlan,
      seeds,
      classes: set.classes.length,
      pool: set.pool.length,
      test: set.test.length,
      backbone: backbone.model.spec.name,
      taken_out: labels,
      methods: withNeeded(figures, plan.budgets),
    };
  } finally {
    await base.dispose();
  }
}

const rival = { method: 'teachable-machine', labels: 50 } as const;

function withNeeded(
  figures: ReadonlyMap<MethodName, MethodFigures>,
  budgets: readonly number[],
): ReplayResult['methods'] {
  const target = figures.get(rival.method)?.accuracy[budgets.indexOf(rival.labels)]?.[0];
  return Object.fromEntries(
    [...figures].map(([method, own]) => {
      const curve = own.accuracy.map(([value], i) => ({ labels: own.labels[i] ?? 0, value }));
      return [
        method,
        { ...own, labels_for_teachable_machine_at_50: target === undefined ? null : labelsFor(target, curve) },
      ];
    }),
  );
}
