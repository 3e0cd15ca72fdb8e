/** One round on a small base: what it depends on, how deep it trains, and what it does when its engine is lost. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newSampleId } from '../../../../protocol/ids.ts';
import { decodeModel } from '../../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { ModelFolder } from '../../../../server/models/model-folder.ts';
import { installBase } from '../../../../server/models/shipped-base.ts';
import { createTrainer } from '../../../../server/training/backends.ts';
import { RoundRunner } from '../../../../server/training/round/round-runner.ts';
import type { RoundTools } from '../../../../server/training/round/round-runner.ts';
import type { RoundRequest, RoundResult, RoundSample } from '../../../../server/training/round/round.ts';
import { BackendLostError } from '../../../../server/training/trainer.ts';
import type { Pattern } from '../../../support/drawn-patterns.ts';
import { drawPatternJpeg } from '../../../support/drawn-patterns.ts';
import { writeSmallBase } from '../../../support/small-base.ts';

const threads = 1;
const random = seededRandom(23);

let dir: string;
let base: Pick<RoundRequest, 'base' | 'latentsPath' | 'incumbent'>;
let taught: readonly RoundSample[];
let runners: RoundRunner[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'occhio-base-'));
  await writeSmallBase(dir);
  const folder = new ModelFolder(join(dir, 'models'));
  const hash = await installBase(folder, threads, dir);
  const file = new Uint8Array(await readFile(folder.path(hash) ?? ''));
  base = { base: file, latentsPath: folder.latentsPath(hash), incumbent: file };
  taught = [...(await samplesOf('yellow rows', 4)), ...(await samplesOf('pink checks', 4))];
});

afterEach(async () => {
  for (const runner of runners) await runner.dispose();
  runners = [];
});

afterAll(async () => {
  await rm(dir, { recursive: true });
});

async function samplesOf(pattern: Pattern, count: number): Promise<readonly RoundSample[]> {
  const jpegs = await Promise.all(Array.from({ length: count }, () => drawPatternJpeg(pattern, random)));
  return jpegs.map((jpeg) => ({ id: newSampleId(), split: 'train', label: pattern, jpeg, views: null }));
}

function request(values: Partial<RoundRequest> = {}): RoundRequest {
  return { ...base, samples: taught, backend: 'wasm', threads, seed: 1, budgetMs: 60_000, ...values };
}

function runner(tools: Partial<RoundTools> = {}): RoundRunner {
  const made = new RoundRunner({ createTrainer, now: () => performance.now(), ...tools });
  runners.push(made);
  return made;
}

const run = (values: Partial<RoundRequest> = {}, tools: Partial<RoundTools> = {}): Promise<RoundResult> =>
  runner(tools).run(request(values), () => undefined);

/** The samples with what a round made of them. */
function kept(samples: readonly RoundSample[], { views }: RoundResult): readonly RoundSample[] {
  const bySample = new Map(views.map((one) => [one.sample, one.views]));
  return samples.map((sample) => ({ ...sample, views: bySample.get(sample.id) ?? null }));
}

describe('the latents that a round leaves behind', () => {
  it('give the next one the same model, without a look at the pictures', async () => {
    const first = await run();
    expect(first.training.newSamples).toBe(taught.length);
    const unreadable = kept(taught, first).map((sample) => ({ ...sample, jpeg: new Uint8Array() }));
    const second = await run({ samples: unreadable });
    expect(second.training.newSamples).toBe(0);
    expect(second.views).toEqual([]);
    expect(Buffer.compare(second.model, first.model)).toBe(0);
  });

  it('depend on no other sample, nor on the place in the list', async () => {
    const all = await run();
    const [last] = taught.slice(-1);
    const alone = await run({ samples: taught.slice(-1) });
    expect(alone.views).toEqual(all.views.filter(({ sample }) => sample === last?.id));
  });

  it('are made again when they are damaged or too few', async () => {
    const first = await run();
    const damaged = kept(taught, first).map((sample, i) =>
      i === 0
        ? { ...sample, views: Uint8Array.of(1, 2, 3) }
        : i === 1
          ? { ...sample, views: deflateRawSync(new Uint8Array(8)) }
          : sample,
    );
    const second = await run({ samples: damaged });
    expect(second.views).toEqual(first.views.slice(0, 2));
    expect(Buffer.compare(second.model, first.model)).toBe(0);
  });
});

describe('the level of a round', () => {
  /** At every look at the clock so much time has gone by; it is looked at after each step. */
  const clock = (everyMs: number): Partial<RoundTools> => {
    let nowMs = 0;
    return { now: () => (nowMs += everyMs) };
  };
  const features = ({ model }: RoundResult) => decodeModel(model).weights.get('features/kernel');
  const baseFeatures = () => decodeModel(base.base).weights.get('features/kernel');

  it('is the head alone when a step takes long for the time that there is, else the last blocks', async () => {
    const little = await run({ budgetMs: 500_000 }, clock(10_000));
    expect(little.training.lesson).toMatchObject({ level: 'head', cut: 'embedding', stepMs: 10_000 });
    expect(features(little)).toEqual(baseFeatures());
    expect(decodeModel(little.model).weights.get('head/kernel')?.shape).toEqual([48, 6]);

    const much = await run({ budgetMs: 200_000 }, clock(1000));
    expect(much.training.lesson).toMatchObject({ level: 'last blocks', cut: 'block2/depthwise' });
    expect(features(much)).not.toEqual(baseFeatures());
  });

  it('goes deeper when that does not teach the room its own pictures, if there is time', async () => {
    const puzzling = taught.map((sample, i) => ({ ...sample, label: i % 2 === 0 ? 'this' : 'that' }));
    const hurried = await run({ samples: puzzling, budgetMs: 200_000 }, clock(1000));
    expect(hurried.training.lesson).toMatchObject({ level: 'last blocks', cut: 'block2/depthwise' });
    expect(hurried.training.lesson?.right).toBeLessThan(0.75);

    const patient = await run({ samples: puzzling, budgetMs: 5_000_000 }, clock(1000));
    expect(patient.training.lesson).toMatchObject({ level: 'last blocks', cut: 'block1/project' });
  });

  it('teaches the new labels either way', async () => {
    for (const budgetMs of [0, 60_000]) {
      const { answers, model } = await run({ budgetMs });
      const shipped = new Set(decodeModel(base.base).labels.map(({ key }) => key));
      const { labels } = decodeModel(model);
      expect(labels.length).toBeGreaterThan(shipped.size);
      for (const { key, grown } of labels) expect(grown ?? false, key).toBe(!shipped.has(key));
      const right = answers.filter(({ use, label, after }) => use === 'taught' && label === after);
      expect(right.length, String(budgetMs)).toBeGreaterThanOrEqual(7);
    }
  });

  it('is none when there is nothing to learn from', async () => {
    const { training, model } = await run({ samples: [] });
    expect(training).toEqual({ lesson: null, newSamples: 0, lost: null });
    expect(decodeModel(model).labels).toEqual(decodeModel(base.base).labels);
  });
});

describe('a round whose engine is lost', () => {
  /** The engine of `auto` is lost at its fifth step. */
  const lossy: Partial<RoundTools> = {
    createTrainer: async (options, runtime) => {
      const trainer = await createTrainer(options, { ...runtime, backend: 'wasm' });
      if (runtime.backend !== 'auto') return trainer;
      const step = trainer.step.bind(trainer);
      let steps = 0;
      return Object.assign(trainer, {
        step: (...args: Parameters<typeof step>) =>
          ++steps < 5 ? step(...args) : Promise.reject(new BackendLostError('The GPU is gone.')),
      });
    },
  };

  it('is done again on the processor, to the same result, and says so', async () => {
    const [lost, whole] = [await run({ backend: 'auto' }, lossy), await run()];
    expect(Buffer.compare(lost.model, whole.model)).toBe(0);
    expect(lost.training.lost).toBe('The GPU is gone.');
    expect(whole.training.lost).toBeNull();
  });
});
