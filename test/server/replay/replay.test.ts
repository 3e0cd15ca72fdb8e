/** A replay on drawn pictures with a small base: who gets how many labels, what they cost and what they teach. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { readLatentBank } from '../../../server/models/latent-bank.ts';
import type { Lesson, LessonPlan } from '../../../server/replay/lesson.ts';
import { giveLesson } from '../../../server/replay/lesson.ts';
import { learningCurvesSvg } from '../../../server/replay/learning-curves.ts';
import type { MethodName } from '../../../server/replay/methods.ts';
import { courseOf, methodNames, methods } from '../../../server/replay/methods.ts';
import { replay } from '../../../server/replay/replay.ts';
import type { ReplayPlan, ReplayResult } from '../../../server/replay/replay.ts';
import type { TakenOut } from '../../../server/replay/take-out-known.ts';
import { takeOutKnown } from '../../../server/replay/take-out-known.ts';
import { Version } from '../../../server/replay/version.ts';
import type { DrawnReplay } from './drawn-replay.ts';
import { drawnReplay } from './drawn-replay.ts';

// Real engines: a second or two on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let drawn: DrawnReplay;
let taken: TakenOut;
let base: Version;
beforeAll(async () => {
  drawn = await drawnReplay();
  taken = await takeOutKnown(drawn.material, await mkdtemp(join(drawn.dir, 'bank ')));
  base = await Version.of(taken.material.backbone.model, taken.material);
});
afterAll(async () => {
  await base.dispose();
  await drawn.remove();
});

/** Every picture is labelled: a good learner makes too few mistakes on drawn ones. */
const plan: LessonPlan = { budgets: [1, 4, 9], ask: 'random', unknown: 0, flip: 0 };
const lesson = (method: MethodName, changes: Partial<LessonPlan> = {}): Promise<Lesson> =>
  giveLesson(method, courseOf(taken.material, base, 1), { ...plan, ...changes });
const run = (changes: Partial<ReplayPlan>): Promise<ReplayResult> =>
  replay(taken, { ...plan, seeds: 1, methods: ['occhio-device'], ...changes }, () => undefined);
const accuracies = ({ standings }: Lesson): readonly number[] => standings.map(({ accuracy }) => accuracy);
/** What does not depend on the clock. */
const timeless = ({ standings, ...rest }: Lesson) => ({
  ...rest,
  standings: standings.map(({ updates: _updates, rounds: _rounds, ...standing }) => standing),
});

describe('before a replay', () => {
  it('what the base knows by the name of a class is taken out of its head and its bank', async () => {
    const { file, latentsPath } = taken.material.backbone;
    expect(taken.labels).toEqual(['red bars']);
    expect(decodeModel(file).labels.map(({ key }) => key)).toEqual(['green rows', 'blue checks', 'grey dots']);
    const [all, left] = [drawn.material.backbone.bank, await readLatentBank(latentsPath)];
    expect(left.labels.length).toBe((all.labels.length * 3) / 4);
    expect(new Set(left.labels)).toEqual(new Set([0, 1, 2]));
    // Its records stand for the same labels as before.
    expect(left.values).toEqual(all.values.slice(all.values.length / 4));
  });

  it('the base still names its other pictures right', async () => {
    const learner = methods['occhio-device'](courseOf(taken.material, base, 1));
    expect(await learner.baseAccuracy()).toBeGreaterThan(0.8);
    await learner.dispose();
  });
});

describe('every method', () => {
  it.each(methodNames)(
    '%s gets as many labels as each budget allows, in order, and learns from them',
    async (method) => {
      const given = await lesson(method);
      expect(given.standings.map(({ labels }) => labels)).toEqual([1, 4, 9]);
      for (const { updates } of given.standings) {
        expect(updates.length).toBeGreaterThan(0);
        expect(Math.min(...updates)).toBeGreaterThan(0);
      }
      const [first = NaN, , last = NaN] = accuracies(given);
      expect(first).toBeLessThan(0.5);
      expect(last).toBeGreaterThan(0.6);
    },
  );

  it.each(['occhio-device', 'knn', 'frigate'] as const)('%s does the same again with the same seed', async (method) => {
    expect(timeless(await lesson(method))).toEqual(timeless(await lesson(method)));
  });

  it('is not worse off without wrong labels', async () => {
    for (const method of ['occhio-device', 'knn', 'teachable-machine'] as const) {
      const [clean, flipped] = [await lesson(method), await lesson(method, { flip: 0.4 })];
      expect(accuracies(flipped).at(-1)).toBeLessThanOrEqual(accuracies(clean).at(-1)!);
    }
  });
});

describe('a device', () => {
  it('names a picture right from its correction on', async () => {
    const learner = methods['occhio-device'](courseOf(taken.material, base, 1));
    const [picture = NaN] = taken.material.set.pool;
    expect((await learner.guess([picture]))[0]).toMatchObject({ label: null });
    await learner.correct({ picture, label: 2 });
    expect((await learner.guess([picture]))[0]).toMatchObject({ label: 2 });
    await learner.dispose();
  });

  it('suspects a wrong label among right ones', async () => {
    const learner = methods['occhio-device'](courseOf(taken.material, base, 1));
    const { pool, labels } = taken.material.set;
    const wrong = 7;
    for (const [place, picture] of pool.filter((_, i) => i % 3 === 0).entries())
      await learner.correct({ picture, label: place === wrong ? 0 : (labels[picture] ?? NaN) });
    expect((await learner.doubts())[0]).toBe(wrong);
    await learner.answerAgain(wrong, labels[pool.filter((_, i) => i % 3 === 0)[wrong]!]!);
    expect(await learner.doubts()).toEqual([]);
    await learner.dispose();
  });
});

describe('a device with its hub', () => {
  it('trains before each judgement, and is judged on its base pictures too', async () => {
    const { standings } = await lesson('occhio');
    expect(standings.map(({ rounds }) => rounds.length)).toEqual([1, 1, 1]);
    expect(standings.every(({ forgetting }) => forgetting !== null)).toBe(true);
  });
});

describe('the pool', () => {
  it('costs a correction for each mistake, and runs out in the end', async () => {
    const { standings } = await lesson('knn', { ask: 'mistakes', budgets: [2, 1000] });
    expect(standings[0]?.labels).toBe(2);
    expect(standings[1]?.labels).toBeLessThan(36);
  });

  it.each(['random', 'unsure'] as const)('is labelled to its end when all is asked: %s', async (ask) => {
    const { standings } = await lesson('knn', { ask, budgets: [1000] });
    expect(standings[0]?.labels).toBe(36);
  });

  it('holds many pictures of one kind, and the app asks about few of them', async () => {
    const { model } = taken.material.backbone;
    const doubtful = await Version.of({ ...model, temperature: 20, threshold: 0.9 }, taken.material);
    const course = courseOf(taken.material, doubtful, 1);
    const { standings } = await giveLesson('occhio-device', course, { ...plan, ask: 'occhio', budgets: [1000] });
    await doubtful.dispose();
    expect(standings[0]?.labels).toBeGreaterThan(0);
    expect(standings[0]?.labels).toBeLessThan(36);
  });
});

describe('the result', () => {
  it('has figures for each budget and method', async () => {
    const { methods: found, ...rest } = await run({ seeds: 2, methods: ['occhio-device', 'knn'] });
    expect(rest).toEqual({
      ...plan,
      seeds: 2,
      classes: 3,
      pool: 36,
      test: 24,
      backbone: 'small',
      taken_out: ['red bars'],
    });
    const estimates = [0, 1, 2].map((): unknown => [expect.any(Number), expect.any(Number)]);
    expect(found['occhio-device']).toEqual({
      labels: plan.budgets,
      accuracy: estimates,
      shown: estimates,
      overconfidence: [expect.anything(), expect.anything(), expect.anything()],
      taken_for_base: estimates,
      forgetting: estimates,
      seconds: estimates,
      rounds: null,
      auroc_unknown: null,
      auroc: null,
      labels_for_teachable_machine_at_50: null,
    });
    expect(found.knn).toMatchObject({
      forgetting: null,
      taken_for_base: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    });
  });

  it('says how well classes that were never taught are told apart', async () => {
    const { methods: found } = await run({ unknown: 1 });
    const { auroc, auroc_unknown } = found['occhio-device']!;
    expect(auroc?.own.at(-1)?.[0]).toBe(auroc_unknown);
    expect(auroc_unknown).toBeGreaterThan(0);
    expect(auroc_unknown).toBeLessThanOrEqual(1);
  });

  it('says what wrong labels cost, with and without the answers to what is asked again', async () => {
    const { methods: found } = await run({ flip: 0.2, budgets: [5, 30], methods: ['occhio-device', 'knn'] });
    const { accuracy, flipped } = found['occhio-device']!;
    flipped!.points_lost.forEach(([lost], i) => {
      expect(lost).toBeCloseTo(flipped!.clean[i]![0] - accuracy[i]![0]);
    });
    expect(flipped!.asked_again[0]).toBeGreaterThan(0);
    expect(flipped!.suspects_found![0]).toBeGreaterThan(0.5);
    expect(flipped!.points_lost[1]![0]).toBeLessThan(flipped!.points_lost_unasked[0]);
    // What does not ask gets no answers.
    const other = found.knn!.flipped!;
    expect([other.asked_again[0], other.suspects_found]).toEqual([0, null]);
    expect(other.points_lost_unasked).toEqual(other.points_lost[1]);
  });

  it('says how many labels are needed when questions are chosen', async () => {
    const { methods: found } = await run({ ask: 'unsure', methods: ['knn'] });
    expect(found.knn?.asked?.random).toHaveLength(3);
  });

  it('says where a method reaches what Teachable Machine has at 50', async () => {
    const { methods: found } = await run({
      ask: 'random',
      budgets: [10, 50],
      methods: ['teachable-machine', 'knn'],
    });
    // The pool has but 36 pictures: the 50 are those, and the machine needs all or fewer.
    expect(found['teachable-machine']?.labels).toEqual([10, 36]);
    expect(found['teachable-machine']?.labels_for_teachable_machine_at_50).toBeLessThanOrEqual(36);
  });

  it('is drawn as a line for each method', async () => {
    const svg = learningCurvesSvg(await run({ seeds: 2, methods: ['knn', 'occhio-device'] }), 'a & b');
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('>occhio-device</text>');
  });
});
