/** The commands train, eval and predict as a person runs them: a process, on pictures that this test draws. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { TrainingRecord } from '../../../server/report/save-training.ts';
import type { Judgement } from '../../../server/report/judgement.ts';
import { percent } from '../../../server/report/percent.ts';
import { drawDataset, drawThing, writeInto } from '../../support/drawn-pictures.ts';
import type { ProcessResult } from '../../support/run-process.ts';
import { occhio as occhioIn } from './program.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const things = ['ball', 'bars', 'star'] as const;
const chance = 1 / things.length;

let dir: string;
const occhio = (...args: readonly string[]): Promise<ProcessResult> => occhioIn(args, { cwd: dir });
const json = async <T>(file: string): Promise<T> => JSON.parse(await readFile(join(dir, file), 'utf8')) as T; // written by the program under test

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'occhio cli '));
  await drawDataset(join(dir, 'my things'), { things, count: 40, seed: 1 });
  await drawDataset(join(dir, 'other things'), { things, count: 20, seed: 2 });
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

describe('a model trained from the command line', () => {
  let trained: ProcessResult;
  beforeAll(async () => {
    trained = await occhio(
      ...['train', 'my things', '--model', 'talk', '--epochs', '3', '--steps', '14', '--batch', '16', '--threads', '1'],
      ...['--backend', 'wasm', '--out', 'eye', '--json', 'run.json'],
    );
  });

  it('learns: the loss falls by half, and unseen pictures are right 30 points above chance', async () => {
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    const { history, pictures } = await json<TrainingRecord>('run.json');
    expect(pictures).toEqual({ train: 96, validation: 24 });
    expect(history).toHaveLength(3);
    expect(history.at(-1)?.loss).toBeLessThan((history[0]?.loss ?? 0) / 2);
    expect(history.at(-1)?.validationAccuracy).toBeGreaterThan(chance + 0.3);
  });

  it("tells each epoch in the talk's words", () => {
    const epochs = trained.stdout.split('\n').filter((line) => line.startsWith('epoch '));
    expect(epochs).toHaveLength(3);
    for (const line of epochs)
      expect(line).toMatch(
        /^epoch \d\/3 14 steps [\d.]+ ms\/step \d+:\d\d loss [\d.]+ acc [\d.]+ val_loss [\d.]+ val_acc [\d.]+$/,
      );
  });

  it('says how long the steps waited for input, in its last lines and in the record', async () => {
    const { inputWait, seconds, backend } = await json<TrainingRecord>('eye/history.json');
    expect(inputWait).toBeGreaterThan(0);
    expect(inputWait).toBeLessThan(1);
    expect(seconds).toBeGreaterThan(0);
    expect(trained.stdout).toContain(`input waited ${percent(inputWait)}\n`);
    expect(trained.stdout).toContain(`talk: training on ${backend}\n`);
  });

  it('leaves a whole folder and nothing beside it', async () => {
    expect((await readdir(join(dir, 'eye'))).sort()).toEqual([
      'curve.png',
      'curve.svg',
      'history.json',
      'model.json',
      'split.csv',
      'weights.bin',
    ]);
    expect((await readdir(dir)).filter((name) => /part|checkpoint/.test(name))).toEqual([]);
    expect(await sharp(join(dir, 'eye', 'curve.png')).metadata()).toMatchObject({
      format: 'png',
      width: 900,
      height: 360,
    });
    expect((await readFile(join(dir, 'eye', 'curve.svg'), 'utf8')).match(/<polyline/g)).toHaveLength(4);
    expect((await readFile(join(dir, 'eye', 'split.csv'), 'utf8')).match(/,validation$/gm)).toHaveLength(24);
  });

  it('is opened by tfjs, which recognises the drawn things with it', async () => {
    const topology = await json<tf.io.ModelJSON>('eye/model.json');
    const weights = new Uint8Array(await readFile(join(dir, 'eye', 'weights.bin')));
    const model = await loadLayersModel({
      load: () =>
        tf.io.getModelArtifactsForJSON(topology, (manifest) =>
          Promise.resolve([tf.io.getWeightSpecs(manifest), weights.buffer]),
        ),
    });
    let right = 0;
    for (const [label, thing] of things.entries())
      for (let n = 0; n < 4; n++) {
        const { data, info } = await sharp(join(dir, 'other things', thing, `${String(n)}.jpg`))
          .raw()
          .toBuffer({ resolveWithObject: true });
        const input = toInput({ data, width: info.width, height: info.height, channels: 3 }, 64);
        const answer = tf.tidy(() => {
          const probabilities = model.predict(tf.tensor(input, [1, 64, 64, 3])) as tf.Tensor;
          return tf.argMax(probabilities, 1).dataSync()[0];
        });
        if (answer === label) right++;
      }
    model.dispose();
    expect(right / 12).toBeGreaterThan(chance + 0.3);
  });

  it('is judged on a folder of its classes', async () => {
    const result = await occhio('eval', 'other things', '--model', 'eye', '--json', 'eval.json', '--threads', '1');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const judged = await json<Judgement>('eval.json');
    expect(judged.accuracy).toBeGreaterThan(chance + 0.3);
    expect(judged.perClass.map(({ label, n }) => [label, n])).toEqual(things.map((thing) => [thing, 20]));
    const trace = judged.confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    expect(judged.accuracy).toBeCloseTo(trace / 60, 12);
    expect(judged.calibrationError).toBeGreaterThanOrEqual(0);
    expect(judged.negativeLogLikelihood).toBeGreaterThan(0);
    expect(judged.accuracyInterval.low).toBeLessThan(judged.accuracy);
    expect(judged.reliability.reduce((sum, { n }) => sum + n, 0)).toBe(60);
    expect(result.stdout).toMatch(/ball +20/);
  });

  it('is judged on the pictures that training held out, with the figure of training', async () => {
    const result = await occhio(
      ...['eval', 'my things', '--model', 'eye/model.json', '--split', 'eye/split.csv'],
      ...['--json', 'held.json', '--threads', '1'],
    );
    expect(result.code).toBe(0);
    const { history } = await json<TrainingRecord>('run.json');
    const judged = await json<Judgement & { part: string }>('held.json');
    expect(judged).toMatchObject({ part: 'validation', pictures: 24 });
    // The saved weights are halves; one picture of 24 may fall to the other side.
    expect(Math.abs(judged.accuracy - (history.at(-1)?.validationAccuracy ?? NaN))).toBeLessThan(1.5 / 24);
  });

  it('names what pictures show and draws it on them', async () => {
    const result = await occhio(
      ...['predict', 'other things/ball/0.jpg', 'other things/star', '--model', 'eye', '--threads', '1'],
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const lines = result.stdout.split('\n').filter((line) => line.includes('.jpg: '));
    expect(lines).toHaveLength(21);
    for (const line of lines) {
      expect([...line.matchAll(/(ball|bars|star) [\d.]+ %/g)].map(([, name]) => name).sort()).toEqual([...things]);
      const shares = [...line.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.3);
    }
    // 21 pictures: five columns, five rows of tiles 248 by 328 pixels apart.
    expect(await sharp(join(dir, 'predictions.png')).metadata()).toMatchObject({
      format: 'png',
      width: 1248,
      height: 1648,
    });
  });

  it('is not overwritten by a second run', async () => {
    const before = await readFile(join(dir, 'eye', 'weights.bin'));
    const again = await occhio('train', 'my things', '--model', 'talk', '--out', 'eye');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/eye exists already/);
    expect(before.equals(await readFile(join(dir, 'eye', 'weights.bin')))).toBe(true);
  });

  it('is not judged on classes that it does not know', async () => {
    await writeInto(join(dir, 'strange'), 'ball/0.jpg', await drawThing('ball', seededRandom(3)));
    await writeInto(join(dir, 'strange'), 'moon/0.jpg', await drawThing('ball', seededRandom(4)));
    const result = await occhio('eval', 'strange', '--model', 'eye');
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/no label for moon; it knows ball, bars, star/);
  });

  it('is refused by name when it is damaged, and so is a broken picture, without half a grid', async () => {
    await writeFile(join(dir, 'broken.jpg'), 'no picture');
    const picture = await occhio(
      ...['predict', 'other things/ball/0.jpg', 'broken.jpg', '--model', 'eye', '--out', 'half.png'],
    );
    expect(picture).toMatchObject({ code: 2, stdout: '' });
    expect(picture.stderr).toMatch(/^broken\.jpg is not a picture/);
    await writeInto(dir, 'damaged/model.json', await readFile(join(dir, 'eye', 'model.json')));
    await writeInto(dir, 'damaged/weights.bin', (await readFile(join(dir, 'eye', 'weights.bin'))).subarray(0, 1000));
    const model = await occhio('predict', 'other things/ball/0.jpg', '--model', 'damaged', '--out', 'half.png');
    expect(model.code).toBe(2);
    expect(model.stderr).toMatch(/damaged\/weights\.bin should have \d+ bytes/);
    expect(await readdir(dir)).not.toContain('half.png');
  });
});

describe('the default network', () => {
  it('builds on the base model: after six steps unseen pictures are right 40 points above chance', async () => {
    const result = await occhio(
      ...['train', 'my things', '--epochs', '1', '--steps', '6', '--batch', '8', '--threads', '1', '--backend', 'wasm'],
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toMatch(/saved in mobile-my things/);
    const { settings, history } = await json<TrainingRecord>('mobile-my things/history.json');
    expect(settings).toMatchObject({ model: 'mobile', batchSize: 8, augmentation: 'mobile' });
    expect(history[0]?.validationAccuracy).toBeGreaterThan(chance + 0.4);
  });
});
