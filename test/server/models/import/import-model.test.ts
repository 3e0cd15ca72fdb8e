/** Somebody else's models as backbones: the same features as in tfjs, or a refusal that names the layer. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import type { io } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { loadNetwork } from '../../../../protocol/learning/forward.ts';
import { decodeModel } from '../../../../protocol/learning/model-file.ts';
import type { Model } from '../../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { BadInput } from '../../../../server/bad-input.ts';
import { openForeignFiles } from '../../../../server/models/import/foreign-files.ts';
import { importModel } from '../../../../server/models/import/import-model.ts';
import type { ImportedModel, ImportOptions } from '../../../../server/models/import/import-model.ts';
import { drawPattern } from '../../../support/drawn-patterns.ts';
import {
  foreignModel,
  forkedModel,
  mobileNetDir,
  saveForeignModel,
  smallMobileNet,
} from '../../../support/foreign-models.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function imported(dir: string, options: Partial<ImportOptions> = {}): Promise<ImportedModel> {
  return await importModel(await openForeignFiles(dir), { pictures: [], threads: 1, ...options });
}

async function importedFrom(model: LayersModel, options: Partial<ImportOptions> = {}): Promise<ImportedModel> {
  const dir = await temporaryFolder();
  await saveForeignModel(dir, model);
  return await imported(dir, options);
}

/** The largest distance between what devices compute for the probes and what the file says, as a part of its length. */
async function distanceOnDevices({ spec, weights, probes }: Model): Promise<number> {
  await setBackend('cpu');
  const network = loadNetwork(spec, weights);
  let largest = 0;
  for (const { input, logits: expected } of probes) {
    const { embedding, logits } = await network.run(Float32Array.from(input, (byte) => byte / 127.5 - 1));
    expect(logits.length).toBe(0);
    const difference = expected.map((value, i) => value - (embedding[i] ?? NaN));
    largest = Math.max(largest, Math.hypot(...difference) / Math.hypot(...expected));
  }
  network.dispose();
  return largest;
}

describe('an imported model', () => {
  it('gives the features of the original: nested, normalised with any epsilon, padded, added, without its head', async () => {
    const { file, features, size, distance } = await importedFrom(smallMobileNet());
    expect([features, size]).toEqual([24, 32]);
    expect(distance.read).toBeLessThan(1e-5);
    expect(distance.rounded).toBeLessThan(0.01);
    const model = decodeModel(file);
    expect(model.spec.layers.map(({ name }) => name)).toEqual([
      'stem',
      expect.stringContaining('max_pooling'),
      'depthwise',
      'project',
      expect.stringContaining('add'),
      'features',
      'pool',
      'head',
    ]);
    expect(model.labels).toEqual([]);
    expect(await distanceOnDevices(model)).toBeLessThan(1e-5);
  });

  it('takes the mean of the map where a model ends with one', async () => {
    const { file, features } = await importedFrom(foreignModel());
    expect(features).toBe(6);
    expect(decodeModel(file).spec.embedding).toBe('embedding');
  });

  it('takes what feeds the last dense layer where nothing is averaged', async () => {
    const model = foreignModel(
      layers.maxPooling2d({ poolSize: 3 }),
      layers.flatten(),
      layers.dense({ name: 'hidden', units: 7, activation: 'relu' }),
      layers.dense({ units: 3, activation: 'softmax' }),
    );
    const { file, features } = await importedFrom(model);
    expect(features).toBe(7);
    expect(decodeModel(file).spec.embedding).toBe('hidden');
  });

  it('knows what the features of the room’s pictures have in common', async () => {
    const random = seededRandom(1);
    const pictures = [drawPattern('red bars', random), drawPattern('green rows', random)];
    const alone = decodeModel((await importedFrom(foreignModel())).file).meanEmbedding;
    const [both, ...each] = await Promise.all(
      [pictures, pictures.slice(0, 1), pictures.slice(1)].map(
        async (some) => decodeModel((await importedFrom(foreignModel(), { pictures: some })).file).meanEmbedding,
      ),
    );
    expect([...alone]).toEqual([0, 0, 0, 0, 0, 0]);
    both!.forEach((value, i) => {
      expect(value).toBeCloseTo((each[0]![i]! + each[1]![i]!) / 2, 2);
    });
  });

  it.for([
    [
      'dilation',
      foreignModel(layers.conv2d({ name: 'wide', filters: 4, kernelSize: 3, dilationRate: 2 })),
      'wide (Conv2D)',
      'dilationRate',
    ],
    [
      'a window that is not square',
      foreignModel(layers.conv2d({ name: 'flat', filters: 4, kernelSize: [1, 3] })),
      'flat (Conv2D)',
      'kernelSize',
    ],
    [
      'a channel multiplier',
      foreignModel(layers.depthwiseConv2d({ name: 'twice', kernelSize: 3, depthMultiplier: 2 })),
      'twice (DepthwiseConv2D)',
      'depthMultiplier',
    ],
    [
      'an activation that we do not have',
      foreignModel(layers.conv2d({ name: 'soft', filters: 4, kernelSize: 1, activation: 'elu' })),
      'soft (Conv2D)',
      'relu6',
    ],
    ['another bound of a ReLU', foreignModel(layers.reLU({ name: 'four', maxValue: 4 })), 'four (ReLU)', 'maxValue'],
    [
      'padding that "same" does not pad',
      foreignModel(
        layers.zeroPadding2d({ padding: 1 }),
        layers.conv2d({ name: 'after', filters: 4, kernelSize: 3, strides: 2 }),
      ),
      'after (Conv2D)',
      '"same"',
    ],
    [
      'padding in front of nothing that pads',
      foreignModel(layers.zeroPadding2d({ padding: 1 }), layers.maxPooling2d({ name: 'pooled', poolSize: 2 })),
      'pooled (MaxPooling2D)',
      'in front of a convolution',
    ],
    [
      'normalisation behind no convolution',
      foreignModel(layers.maxPooling2d({ poolSize: 2 }), layers.batchNormalization({ name: 'alone' })),
      'alone (BatchNormalization)',
      'follow a convolution',
    ],
    [
      'normalisation of what is also read before',
      forkedModel(),
      'normal (BatchNormalization)',
      'that nothing else follows',
    ],
    [
      'an activation behind another',
      foreignModel(layers.reLU(), layers.reLU({ name: 'second' })),
      'second (ReLU)',
      'follow',
    ],
    [
      'a layer that we do not have',
      foreignModel(layers.upSampling2d({ name: 'larger' })),
      'larger (UpSampling2D)',
      'Supported are Activation, Add,',
    ],
  ] as const)('is refused by name for %s', async ([, model, layer, why]) => {
    const refusal = await importedFrom(model).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BadInput);
    expect((refusal as BadInput).message).toContain(`The layer ${layer} cannot be imported.`);
    expect((refusal as BadInput).message).toContain(why);
  });

  it('is refused when its weights are not those that were asked for', async () => {
    await expect(importedFrom(foreignModel(), { sha256: 'aa' })).rejects.toThrow(
      'should have weights with the SHA-256 aa',
    );
  });

  it('is refused when half precision cannot hold it', async () => {
    const model = foreignModel(
      layers.conv2d({ name: 'huge', filters: 4, kernelSize: 1, useBias: false }),
      layers.batchNormalization({ epsilon: 1e-14 }),
    );
    const dir = await temporaryFolder();
    await saveForeignModel(dir, model);
    // No variance at all: the fold divides by next to nothing.
    await zeroVariance(dir);
    await expect(imported(dir)).rejects.toThrow('cannot be kept in half precision');
  });
});

/** Sets the moving variance of the saved weights to 0. */
async function zeroVariance(dir: string): Promise<void> {
  const path = join(dir, 'weights.bin');
  const json = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8')) as io.ModelJSON;
  const bytes = await readFile(path);
  let at = 0;
  for (const { name, shape } of json.weightsManifest[0]!.weights) {
    const length = shape.reduce((product, n) => product * n, 4);
    if (name.endsWith('moving_variance')) bytes.fill(0, at, at + length);
    at += length;
  }
  await writeFile(path, bytes);
}

const absent = existsSync(mobileNetDir) ? '' : ' (skipped: ../shared/models/mobilenetv2-0.35-224 is not here)';

describe.skipIf(absent !== '')(`MobileNetV2 0.35 at 224 px${absent}`, () => {
  it('gives the features of the original on the engine and on devices', async () => {
    const { file, features, size, distance } = await imported(mobileNetDir);
    expect([features, size]).toEqual([1280, 224]);
    expect(distance.read).toBeLessThan(1e-5);
    expect(distance.rounded).toBeLessThan(0.03);
    expect(await distanceOnDevices(decodeModel(file))).toBeLessThan(1e-5);
  });
});
