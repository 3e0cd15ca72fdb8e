/** Models on disk: what tfjs makes of them, and what is said of those that are broken. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backbones } from '../../../protocol/learning/backbones/backbones.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { readTfjsModel, writeTfjsModel } from '../../../server/models/tfjs-format.ts';
import type { TrainedModel } from '../../../server/models/tfjs-format.ts';
import { plainForward } from '../../support/plain-forward.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const labels = ['cat', 'cup', 'boat'].map((key) => ({ key, names: { en: key, it: key } }));
const lively: ModelSpec = { ...mobile({ classes: 3, size: 32 }), name: 'lively' };

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'occhio-model-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** Random weights, biases too, large enough that ReLU6 clips some of its inputs. */
function modelOf(spec: ModelSpec, seed = 1): TrainedModel {
  const random = seededRandom(seed);
  const weights: Weights = new Map(
    [...initialWeights(spec, random)].map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((x) => (name.endsWith('bias') ? random.next() - 0.4 : x * 1.5)) },
    ]),
  );
  return { spec, weights, labels };
}

/** tfjs' own reading of the folder, through an in-memory handler because tfjs has no file system here. */
async function tfjsOutputs(input: Float32Array, shape: readonly number[]): Promise<Float32Array> {
  const json = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const bytes = new Uint8Array(await readFile(join(dir, 'weights.bin')));
  const before = tf.memory().numTensors;
  const model = await loadLayersModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, (manifest) =>
        Promise.resolve([tf.io.getWeightSpecs(manifest), bytes.buffer]),
      ),
  });
  const output = tf.tidy(() =>
    (model.predict(tf.tensor(input, [1, ...shape])) as tf.Tensor).dataSync(),
  ) as Float32Array;
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return output;
}

function softmax(logits: Float32Array): number[] {
  const most = Math.max(...logits);
  const powers = [...logits].map((x) => Math.exp(x - most));
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

describe('tfjs format', () => {
  it.each([
    ['mobile', lively],
    ['talk', talk({ classes: 3 })],
  ])('gives tfjs a %s network with the same probabilities within 0.001', async (_, spec) => {
    const random = seededRandom(9);
    const model = modelOf(spec);
    const input = Float32Array.from({ length: sizeOf(spec.input) }, () => random.next() * 2 - 1);
    await writeTfjsModel(dir, model);
    const expected = softmax(plainForward(spec, model.weights, input).get(spec.head) ?? new Float32Array());
    const got = await tfjsOutputs(input, spec.input);
    expect(Math.max(...expected)).toBeLessThan(0.99);
    expected.forEach((p, i) => {
      expect(Math.abs((got[i] ?? NaN) - p)).toBeLessThan(1e-3);
    });
  });

  it('gives tfjs the embedding of a network that knows no label yet, and reads it back', async () => {
    const random = seededRandom(9);
    const model = { ...modelOf({ ...mobile({ classes: 0, size: 32 }), name: 'untaught' }), labels: [] };
    const { spec, weights } = model;
    const input = Float32Array.from({ length: sizeOf(spec.input) }, () => random.next() * 2 - 1);
    await writeTfjsModel(dir, model);
    const expected = plainForward(spec, weights, input).get(spec.embedding) ?? new Float32Array();
    const got = await tfjsOutputs(input, spec.input);
    expect(got).toHaveLength(expected.length);
    expect(Math.max(...expected)).toBeGreaterThan(0.1);
    expected.forEach((x, i) => {
      expect(Math.abs((got[i] ?? NaN) - x)).toBeLessThan(1e-2);
    });
    expect(await readTfjsModel(dir)).toMatchObject({ spec, labels: [] });
  });

  it.each(Object.keys(backbones) as (keyof typeof backbones)[])(
    'reads %s back, weights rounded to halves',
    async (name) => {
      const model = modelOf(backbones[name]({ classes: 3 }));
      await writeTfjsModel(dir, model);
      const read = await readTfjsModel(dir);
      expect({ spec: read.spec, labels: read.labels }).toEqual({ spec: model.spec, labels });
      expect([...read.weights.keys()]).toEqual([...model.weights.keys()]);
      for (const [key, { shape, values }] of model.weights) {
        expect(read.weights.get(key)?.shape).toEqual(shape);
        const worst = values.reduce((most, x, i) => {
          const error = Math.abs(x - (read.weights.get(key)?.values[i] ?? NaN));
          return Math.max(most, error - Math.abs(x) * 2 ** -11);
        }, 0);
        expect(worst).toBeLessThanOrEqual(2 ** -25);
      }
    },
  );

  it('replaces a model in place and leaves other files and no parts behind', async () => {
    await writeFile(join(dir, 'README.md'), 'card');
    await writeTfjsModel(dir, modelOf(lively));
    await writeTfjsModel(dir, modelOf(lively, 2));
    expect((await readdir(dir)).sort()).toEqual(['README.md', 'model.json', 'weights.bin']);
    const stem = (await readTfjsModel(dir)).weights.get('stem/kernel')?.values[0] ?? NaN;
    expect(stem).toBeCloseTo(modelOf(lively, 2).weights.get('stem/kernel')?.values[0] ?? NaN, 3);
  });

  it('refuses to write what no reader could use', async () => {
    const model = modelOf(lively);
    const without = new Map([...model.weights].filter(([name]) => name !== 'stem/bias'));
    await expect(writeTfjsModel(dir, { ...model, weights: without })).rejects.toThrow(/stem\/bias/);
    const infinite = new Map(model.weights).set('stem/bias', { shape: [16], values: new Float32Array(16).fill(1e6) });
    await expect(writeTfjsModel(dir, { ...model, weights: infinite })).rejects.toThrow(/stem\/bias/);
    const normed = mobile({ classes: 3, batchNorm: true });
    await expect(writeTfjsModel(dir, modelOf(normed))).rejects.toThrow(/fold/);
    const layers = [
      ...lively.layers,
      { kind: 'dense', name: 'teacher', from: 'embedding', units: 3, activation: 'none' } as const,
    ];
    await expect(writeTfjsModel(dir, modelOf({ ...lively, layers }))).rejects.toThrow(
      /teacher of lively does not lead to the head/,
    );
    expect(await readdir(dir)).toEqual([]);
  });
});

describe('reading a damaged model', () => {
  beforeEach(() => writeTfjsModel(dir, modelOf(lively)));

  async function edit(
    change: (json: { userDefinedMetadata: { occhio: Record<string, unknown> } }) => void,
  ): Promise<void> {
    const json = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8')) as Parameters<typeof change>[0];
    change(json);
    await writeFile(join(dir, 'model.json'), JSON.stringify(json));
  }

  it.each([
    ['nothing is there', 'missing', /Expected a model's file at/, () => rm(join(dir, 'model.json'))],
    ['its weights are gone', 'missing', /weights\.bin/, () => rm(join(dir, 'weights.bin'))],
    [
      'its weights are cut short',
      'corrupt',
      /should have \d+ bytes/,
      async () => writeFile(join(dir, 'weights.bin'), (await readFile(join(dir, 'weights.bin'))).subarray(0, 100)),
    ],
    [
      'one bit of its weights is wrong',
      'corrupt',
      /SHA-256/,
      async () => {
        const bytes = await readFile(join(dir, 'weights.bin'));
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        await writeFile(join(dir, 'weights.bin'), bytes);
      },
    ],
    ['its JSON is cut short', 'corrupt', /not JSON/, () => writeFile(join(dir, 'model.json'), '{"format":')],
    [
      'another program made it',
      'foreign',
      /only models that Occhio saved/,
      () => edit((json) => Object.assign(json, { userDefinedMetadata: undefined })),
    ],
    [
      'a label is missing',
      'corrupt',
      /one label for each output/,
      () => edit(({ userDefinedMetadata: { occhio } }) => (occhio['labels'] = labels.slice(1))),
    ],
    [
      'two labels are the same',
      'corrupt',
      /distinct labels/,
      () => edit(({ userDefinedMetadata: { occhio } }) => (occhio['labels'] = [...labels.slice(1), labels[1]])),
    ],
    [
      'its network has a layer that does not fit',
      'corrupt',
      /pool0 of lively cannot take/,
      () =>
        edit(({ userDefinedMetadata: { occhio } }) => {
          const pool = { kind: 'maxPool', name: 'pool0', kernel: 64, stride: 1, padding: 'valid' };
          occhio['spec'] = { ...lively, layers: [pool, ...lively.layers] };
        }),
    ],
    [
      'its network names an unknown kind of layer',
      'corrupt',
      /spec\.layers\.0/,
      () =>
        edit(
          ({ userDefinedMetadata: { occhio } }) =>
            (occhio['spec'] = { ...lively, layers: [{ kind: 'lstm', name: 'a' }] }),
        ),
    ],
  ] as const)('says so when %s', async (_, kind, message, damage) => {
    await damage();
    const error: unknown = await readTfjsModel(dir).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'ModelFormatError', kind });
    expect(String(error)).toMatch(message);
  });
});
