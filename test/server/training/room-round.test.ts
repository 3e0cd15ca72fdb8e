/** Rounds of training on a small base, with the real engine, store, gate and training process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownMessage } from '../../../protocol/down.ts';
import { homeRoom } from '../../../protocol/ids.ts';
import { applyDelta } from '../../../protocol/learning/model-delta.ts';
import { argMax, softmax } from '../../../protocol/learning/metrics.ts';
import { decodeModel, hashModel } from '../../../protocol/learning/model-file.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Report } from '../../../protocol/messages/report.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { Registry } from '../../../server/models/registry.ts';
import { installBase } from '../../../server/models/shipped-base.ts';
import { createInference, outputsOf } from '../../../server/training/inference.ts';
import type { RoomProgress } from '../../../server/training/room-round.ts';
import { RoomRound } from '../../../server/training/room-round.ts';
import { RoundProcess } from '../../../server/training/round/round-process.ts';
import type { Pattern } from '../../support/drawn-patterns.ts';
import { drawPattern, drawPatternJpeg } from '../../support/drawn-patterns.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import type { RoomOfSamples } from '../../support/room-of-samples.ts';
import { knownPatterns, writeSmallBase } from '../../support/small-base.ts';

const threads = 1;
const random = seededRandom(11);
const trainer = { backend: 'wasm', threads, budgetMs: 60_000 } as const;
const log = pino({ level: 'silent' });
const rounds = new RoundProcess();
const hooks = { onProgress: () => undefined, signal: new AbortController().signal };

let baseDir: string;
let room: RoomOfSamples;
let registry: Registry;
let round: RoomRound;
let heard: DownMessage[];
/** Of each round, how many samples it had to look at. */
let newSamples: number[];

beforeAll(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'occhio-base-'));
  await writeSmallBase(baseDir);
});

afterAll(async () => {
  await rounds.end();
  await rm(baseDir, { recursive: true });
});

beforeEach(async () => {
  room = await roomOfSamples();
  heard = [];
  newSamples = [];
  const folder = new ModelFolder(join(room.dir, 'models'));
  registry = new Registry({
    folder,
    versions: room.versions,
    installBase: () => installBase(folder, threads, baseDir),
    now: Date.now,
  });
  round = new RoomRound({
    samples: room.samples,
    latents: room.latents,
    registry,
    broadcast: (_, message) => heard.push(message),
    runRound: async (request, options) => {
      const result = await rounds.run(request, options);
      newSamples.push(result.training.newSamples);
      return result;
    },
    trainer,
    log,
    now: Date.now,
  });
});

afterEach(() => room.close());

function pictures(pattern: Pattern, count: number): Promise<readonly Uint8Array[]> {
  return Promise.all(Array.from({ length: count }, () => drawPatternJpeg(pattern, random)));
}

async function currentModel(): Promise<Model> {
  return decodeModel(await registry.folder.read((await registry.current(homeRoom)).model));
}

/** How many of ten new pictures of the pattern the current model names right. */
async function rightOfTen(pattern: Pattern): Promise<number> {
  const model = await currentModel();
  const logits = await logitsOf(model, pattern, 10);
  return logits.filter((row) => model.labels[argMax(row)]?.key === pattern).length;
}

/** The mean of the largest probability over twenty new pictures of the pattern. */
async function sureness(pattern: Pattern): Promise<number> {
  const logits = await logitsOf(await currentModel(), pattern, 20);
  return logits.reduce((sum, row) => sum + Math.max(...softmax(row)), 0) / logits.length;
}

async function logitsOf(model: Model, pattern: Pattern, count: number): Promise<readonly Float32Array[]> {
  const inference = await createInference(model.spec, model.weights, threads);
  const inputs = Array.from({ length: count }, () => toInput(drawPattern(pattern, random), model.spec.input[0]));
  const logits = await outputsOf(inference, inputs, model.spec.head);
  await inference.dispose();
  return logits;
}

function reports(): readonly Report[] {
  return heard.filter((message) => message.type === 'report');
}

describe('a round', () => {
  it('teaches new labels from eight pictures each, changes convolutions, and forgets nothing', async () => {
    const base = await registry.current(homeRoom);
    const taught = await room.teach(await pictures('yellow rows', 8), 'yellow rows');
    await room.teach(await pictures('pink checks', 8), 'pink checks');
    await round.run(homeRoom, hooks);

    const current = await registry.current(homeRoom);
    expect(current).toMatchObject({ version: 2, parent: base.model, status: 'in-trial' });
    expect(current.corrections).toContain(taught[0]?.event);
    const { classes = [], curve = [] } = current.figures ?? {};
    // Nobody held a picture of the new labels back; of the base's there are records.
    for (const label of ['pink checks', 'yellow rows'])
      expect(classes.find((one) => one.label === label)).toMatchObject({ taught: 8, n: 0 });
    expect(
      classes
        .filter(({ taught, n }) => taught === 0 && n > 0)
        .map(({ label }) => label)
        .sort(),
    ).toEqual([...knownPatterns].sort());
    expect(Math.min(...curve.slice(1).map(({ loss }) => loss))).toBeLessThan(curve[0]?.loss ?? 0);
    for (const pattern of [...knownPatterns, 'yellow rows', 'pink checks'] as const)
      expect(await rightOfTen(pattern), pattern).toBeGreaterThanOrEqual(8);
    const [before, after] = [decodeModel(await registry.folder.read(base.model)), await currentModel()];
    expect(after.weights.get('features/kernel')).not.toEqual(before.weights.get('features/kernel'));
    expect(after.weights.get('stem/kernel')).toEqual(before.weights.get('stem/kernel'));
    expect(after.labels.map(({ key }) => key)).toEqual([...knownPatterns, 'pink checks', 'yellow rows']);
  });

  it('tells while it trains how it does on pictures kept apart and which corrections come, and keeps that', async () => {
    await room.teach(await pictures('yellow rows', 8), 'yellow rows');
    await room.teach(await pictures('yellow rows', 4), 'yellow rows', 'validation');
    const late = await pictures('pink checks', 2);
    const told: RoomProgress[] = [];
    let came: Promise<unknown> | undefined;
    await round.run(homeRoom, {
      ...hooks,
      onProgress: (progress) => {
        told.push(progress);
        came ??= room.teach(late, 'pink checks');
      },
    });
    await came;
    const training = told.filter((progress) => progress.kind === 'training');
    expect([training[0]?.held, training[0]?.waiting]).toEqual([null, 0]);
    const asked = new Map(training.flatMap(({ held }) => (held ? [[held.step, held]] : [])));
    expect(asked.size).toBeGreaterThanOrEqual(5);
    // Nothing that judges is learned from, and still it is named better and better.
    const [first, last] = [[...asked.values()][0], [...asked.values()].at(-1)];
    expect(last?.loss).toBeLessThan(first?.loss ?? 0);
    expect(training.at(-1)).toMatchObject({ held: { step: training.length }, waiting: 2 });
    const { curve = [] } = (await registry.current(homeRoom)).figures ?? {};
    expect(curve.at(-1)).toMatchObject({ held: last, waiting: 2 });
  });

  it('offers the version to the room, with a delta that gives holders of the parent exactly this model', async () => {
    const base = await registry.current(homeRoom);
    await room.teach(await pictures('yellow rows', 8), 'yellow rows');
    await round.run(homeRoom, hooks);

    const { model } = await registry.current(homeRoom);
    const offer = heard.find((message) => message.type === 'model-offer');
    expect(offer).toMatchObject({ model, version: 2, delta: { parent: base.model } });
    const delta = await registry.folder.readDelta(model, base.model);
    expect(offer?.delta?.bytes).toBe(delta?.length);
    const child = await applyDelta(await registry.folder.read(base.model), delta ?? new Uint8Array());
    expect(await hashModel(child)).toBe(model);
    const [report] = reports();
    expect(report?.fixes).toHaveLength(8);
    expect(report?.reasons.join(' ')).toContain('"yellow rows" is in trial');
  });

  it('gives devices probes that this very model answers as told', async () => {
    await room.teach(await pictures('yellow rows', 8), 'yellow rows');
    await round.run(homeRoom, hooks);

    const model = await currentModel();
    const inference = await createInference(model.spec, model.weights, threads);
    const [size] = model.spec.input;
    const inputs = model.probes.map(({ input }) =>
      toInput({ data: input, width: size, height: size, channels: 3 }, size),
    );
    const logits = await outputsOf(inference, inputs, model.spec.head);
    await inference.dispose();
    expect(logits).toEqual(model.probes.map((probe) => probe.logits));
  });

  it('comes to the same model from the same corrections', async () => {
    await room.teach(await pictures('yellow rows', 4), 'yellow rows');
    const models: string[] = [];
    const unfinished = new RoomRound({
      samples: room.samples,
      latents: room.latents,
      registry,
      broadcast: () => undefined,
      trainer,
      log,
      now: Date.now,
      runRound: async (request, options) => {
        models.push(await hashModel((await rounds.run(request, options)).model));
        throw new Error('This round is given up after its training.');
      },
    });
    for (let i = 0; i < 2; i++) await expect(unfinished.run(homeRoom, hooks)).rejects.toThrow('given up');
    expect(models).toHaveLength(2);
    expect(models[0]).toBe(models[1]);
  });

  it('is refused when pictures under wrong labels make a class worse, and no device hears of the model', async () => {
    await room.teach(await pictures('yellow rows', 8), 'yellow rows');
    await room.teach(await pictures('pink checks', 8), 'pink checks');
    await room.teach(await pictures('yellow rows', 10), 'yellow rows', 'validation');
    await room.teach(await pictures('pink checks', 10), 'pink checks', 'validation');
    await round.run(homeRoom, hooks);
    const good = await registry.current(homeRoom);
    expect(good.status).toBe('promoted');
    heard = [];

    await room.teach(await pictures('yellow rows', 24), 'pink checks');
    await room.teach(await pictures('pink checks', 24), 'yellow rows');
    await round.run(homeRoom, hooks);

    expect(await registry.current(homeRoom)).toEqual(good);
    const [report] = reports();
    expect(report?.verdict).toBe('refused');
    for (const label of ['yellow rows', 'pink checks'])
      expect(report?.reasons.join(' ')).toMatch(
        new RegExp(`"${label}" got worse: (8|9|10) of 10 pictures right before, [0-5] after`),
      );
    expect(heard.filter(({ type }) => type === 'model-offer')).toEqual([]);
    expect(registry.folder.path(report?.model ?? good.model)).toBeNull();
    expect(round.pending(homeRoom), 'is not tried again without a new word').toBe(0);
  });

  it('forgets what was taken back', async () => {
    const taught = await room.teach(await pictures('yellow rows', 4), 'yellow rows');
    await round.run(homeRoom, hooks);
    for (const one of taught) await room.undo(one);
    expect(round.pending(homeRoom)).toBe(4);
    await round.run(homeRoom, hooks);

    const model = await currentModel();
    expect(model.labels.map(({ key }) => key)).toEqual(knownPatterns);
    expect(round.pending(homeRoom)).toBe(0);
    for (const pattern of knownPatterns) expect(await rightOfTen(pattern), pattern).toBeGreaterThanOrEqual(8);
  });

  it('leaves a pinned version current: what was training is kept beside it, and what is said waits', async () => {
    const base = await registry.current(homeRoom);
    await room.teach(await pictures('yellow rows', 4), 'yellow rows');
    await round.run(homeRoom, {
      ...hooks,
      onProgress: ({ kind }) => {
        if (kind === 'checking') registry.pin(homeRoom, base.version);
      },
    });
    expect(await registry.current(homeRoom)).toEqual(base);
    expect(registry.latest(homeRoom)).toMatchObject({ version: 2, status: 'in-trial' });
    await room.teach(await pictures('yellow rows', 1), 'yellow rows');
    expect(round.pending(homeRoom)).toBe(0);
    registry.pin(homeRoom, null);
    expect((await registry.current(homeRoom)).version).toBe(2);
    expect(round.pending(homeRoom)).toBe(1);
  });

  it('works out only the pictures that no round has seen, also after the hub was started again', async () => {
    const [first] = await room.teach(await pictures('yellow rows', 4), 'yellow rows');
    await round.run(homeRoom, hooks);
    await rounds.end();
    await room.teach(await pictures('yellow rows', 1), 'yellow rows');
    await round.run(homeRoom, hooks);
    if (first) await room.undo(first);
    await round.run(homeRoom, hooks);
    expect(newSamples).toEqual([4, 1, 0]);
  });

  it('makes a model unsure of what is none of its labels', async () => {
    const before = await sureness('yellow rows');
    await room.teach(await pictures('yellow rows', 16), null);
    await round.run(homeRoom, hooks);

    expect(await sureness('yellow rows')).toBeLessThan(before - 0.05);
    expect(await sureness('red bars')).toBeGreaterThan(0.6);
  });
});
