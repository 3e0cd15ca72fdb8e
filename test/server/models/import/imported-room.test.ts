/** A room that begins with an imported backbone, which knows no label: what rounds make of it, with the real engine and store. */
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeRoom } from '../../../../protocol/ids.ts';
import { applyDelta } from '../../../../protocol/learning/model-delta.ts';
import { argMax } from '../../../../protocol/learning/metrics.ts';
import { decodeModel } from '../../../../protocol/learning/model-file.ts';
import type { Model } from '../../../../protocol/learning/model-file.ts';
import { toInput } from '../../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { openForeignFiles } from '../../../../server/models/import/foreign-files.ts';
import { importModel, installImported } from '../../../../server/models/import/import-model.ts';
import { ModelFolder } from '../../../../server/models/model-folder.ts';
import { Registry } from '../../../../server/models/registry.ts';
import { installBase } from '../../../../server/models/shipped-base.ts';
import { createInference, outputsOf } from '../../../../server/training/inference.ts';
import { RoomRound } from '../../../../server/training/room-round.ts';
import { RoundProcess } from '../../../../server/training/round/round-process.ts';
import type { Pattern } from '../../../support/drawn-patterns.ts';
import { drawPattern, drawPatternJpeg } from '../../../support/drawn-patterns.ts';
import { saveForeignModel, smallMobileNet } from '../../../support/foreign-models.ts';
import { roomOfSamples } from '../../../support/room-of-samples.ts';
import type { RoomOfSamples } from '../../../support/room-of-samples.ts';
import { knownPatterns, writeSmallBase } from '../../../support/small-base.ts';

const threads = 1;
const random = seededRandom(5);
const rounds = new RoundProcess();
const hooks = { onProgress: () => undefined, signal: new AbortController().signal };

let room: RoomOfSamples;
let registry: Registry;
let round: RoomRound;

beforeEach(async () => {
  room = await roomOfSamples();
  const folder = new ModelFolder(join(room.dir, 'models'));
  const baseDir = join(room.dir, 'base');
  registry = new Registry({
    folder,
    versions: room.versions,
    installBase: async () => {
      await writeSmallBase(baseDir);
      return installBase(folder, threads, baseDir);
    },
    now: Date.now,
  });
  round = new RoomRound({
    samples: room.samples,
    latents: room.latents,
    registry,
    broadcast: () => undefined,
    runRound: (request, options) => rounds.run(request, options),
    trainer: { backend: 'wasm', threads, budgetMs: 60_000 },
    log: pino({ level: 'silent' }),
    now: Date.now,
  });
});

afterEach(() => room.close());
afterAll(() => rounds.end());

async function beginWithImported(): Promise<void> {
  const dir = join(room.dir, 'foreign');
  await saveForeignModel(dir, smallMobileNet());
  const imported = await importModel(await openForeignFiles(dir), { pictures: [], threads });
  registry.begin(homeRoom, await installImported(registry.folder, imported));
}

async function teach(pattern: Pattern | null, drawn: Pattern = pattern ?? 'grey dots') {
  const jpegs = await Promise.all(Array.from({ length: 8 }, () => drawPatternJpeg(drawn, random)));
  return room.teach(jpegs, pattern);
}

async function currentModel(): Promise<Model> {
  return decodeModel(await registry.folder.read((await registry.current(homeRoom)).model));
}

async function labelsNow(): Promise<readonly string[]> {
  return (await currentModel()).labels.map(({ key }) => key);
}

async function rightOfTen(pattern: Pattern): Promise<number> {
  const model = await currentModel();
  const inference = await createInference(model.spec, model.weights, threads);
  const inputs = Array.from({ length: 10 }, () => toInput(drawPattern(pattern, random), model.spec.input[0]));
  const logits = await outputsOf(inference, inputs, model.spec.head);
  await inference.dispose();
  return logits.filter((row) => model.labels[argMax(row)]?.key === pattern).length;
}

describe('a room that begins with an imported backbone', () => {
  it('learns its labels, the head alone, as a delta to those that hold the backbone', async () => {
    await beginWithImported();
    const base = await registry.current(homeRoom);
    await teach('red bars');
    await teach('green rows');
    await round.run(homeRoom, hooks);

    expect(await labelsNow()).toEqual(['green rows', 'red bars']);
    for (const pattern of ['red bars', 'green rows'] as const)
      expect(await rightOfTen(pattern), pattern).toBeGreaterThanOrEqual(8);
    const current = await registry.current(homeRoom);
    expect(current).toMatchObject({ version: 2, parent: base.model, status: 'in-trial' });
    const baseFile = await registry.folder.read(base.model);
    const delta = await registry.folder.readDelta(current.model, base.model);
    expect(Buffer.compare(await applyDelta(baseFile, delta!), await registry.folder.read(current.model))).toBe(0);
    const model = await currentModel();
    expect(model.weights.get('features/kernel')).toEqual(decodeModel(baseFile).weights.get('features/kernel'));
    expect(model.meanEmbedding.some((value) => value !== 0)).toBe(true);
    expect(model.probes.every(({ logits }) => logits.length === 2)).toBe(true);
  });

  it('names nothing while it has one label, and nothing again once all is taken back', async () => {
    await beginWithImported();
    const taught = [...(await teach('red bars'))];
    await teach(null);
    await round.run(homeRoom, hooks);
    expect(await labelsNow()).toEqual([]);
    taught.push(...(await teach('green rows')));
    await round.run(homeRoom, hooks);
    expect(await labelsNow()).toEqual(['green rows', 'red bars']);
    for (const one of taught) await room.undo(one);
    await round.run(homeRoom, hooks);
    expect(await labelsNow()).toEqual([]);
    expect(await registry.current(homeRoom)).toMatchObject({ version: 4, corrections: expect.anything() });
  });

  it('learns anew what it was taught on another backbone', async () => {
    const shipped = await registry.current(homeRoom);
    await teach('yellow rows');
    await teach('pink checks');
    await round.run(homeRoom, hooks);
    expect(await labelsNow()).toEqual([...knownPatterns, 'pink checks', 'yellow rows']);
    expect(round.pending(homeRoom)).toBe(0);

    await beginWithImported();
    expect(round.pending(homeRoom)).toBe(16);
    expect(await labelsNow()).toEqual([]);
    await round.run(homeRoom, hooks);
    expect(await labelsNow()).toEqual(['pink checks', 'yellow rows']);
    expect(await rightOfTen('pink checks')).toBeGreaterThanOrEqual(8);
    expect((await registry.base(homeRoom)).model).not.toBe(shipped.model);
    expect((await registry.current(homeRoom)).version).toBe(4);
  });
});
