/** Models that somebody else's tool wrote: built and saved with tfjs, their batch normalisation as if trained. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model, sequential } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { signedRandom } from './random-network.ts';

/** A real one, where it is at hand: MobileNetV2 0.35 at 224 px in a Teachable Machine export. */
export const mobileNetDir = fileURLToPath(new URL('../../../shared/models/mobilenetv2-0.35-224', import.meta.url));

/** Saves it in the folder `dir`, with other weights for every seed. */
export async function saveForeignModel(dir: string, foreign: LayersModel, seed = 1): Promise<void> {
  const random = signedRandom(seed);
  const weights = foreign.weights.map(({ originalName: name, shape }) => {
    const positive = /variance|gamma/.test(name);
    const size = shape.reduce<number>((product, n) => product * (n ?? 1), 1);
    const values = Float32Array.from({ length: size }, () => (positive ? 1 + random() / 2 : random() / 2));
    return tf.tensor(
      values,
      shape.map((n) => n ?? 1),
    );
  });
  foreign.setWeights(weights);
  await mkdir(dir, { recursive: true });
  await foreign.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      await writeFile(join(dir, 'model.json'), JSON.stringify({ modelTopology, weightsManifest: manifest }));
      await writeFile(join(dir, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

const picture = { shape: [32, 32, 3] };

/** Everything that can be imported, in a model of models like those of Teachable Machine, with a head of two classes. */
export function smallMobileNet(): LayersModel {
  return sequential({
    layers: [
      sequential({ layers: [model(bodyOf()), layers.globalAveragePooling2d({ name: 'pool' })] }),
      sequential({
        layers: [
          layers.dense({ units: 10, activation: 'relu', inputShape: [24] }),
          layers.dense({ units: 2, activation: 'softmax', useBias: false }),
        ],
      }),
    ],
  });
}

function bodyOf(): { inputs: SymbolicTensor; outputs: SymbolicTensor } {
  const inputs = layers.input(picture);
  const through = (x: SymbolicTensor, ...all: readonly layers.Layer[]): SymbolicTensor =>
    all.reduce((value, layer) => layer.apply(value) as SymbolicTensor, x);
  const stem = through(
    inputs,
    layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
    }),
    layers.conv2d({ name: 'stem', filters: 8, kernelSize: 3, strides: 2, padding: 'valid', useBias: false }),
    layers.batchNormalization({ epsilon: 1e-5 }),
    layers.reLU({ maxValue: 6 }),
    layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
  );
  const branch = through(
    stem,
    layers.depthwiseConv2d({ name: 'depthwise', kernelSize: 3, padding: 'same' }),
    layers.batchNormalization({ center: false }),
    layers.activation({ activation: 'relu6' }),
    layers.conv2d({ name: 'project', filters: 8, kernelSize: 1 }),
    layers.batchNormalization({ scale: false }),
    layers.dropout({ rate: 0.5 }),
  );
  const sum = layers.add().apply([stem, branch]) as SymbolicTensor;
  return {
    inputs,
    outputs: through(
      sum,
      layers.conv2d({ name: 'features', filters: 24, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
    ),
  };
}

/** A picture through a convolution and `others`, one after the other. */
export function foreignModel(...others: readonly layers.Layer[]): LayersModel {
  const first = layers.conv2d({ inputShape: picture.shape, name: 'first', filters: 6, kernelSize: 3 });
  return sequential({ layers: [first, ...others] });
}

/** A convolution whose output is normalised for one reader and not for the other. */
export function forkedModel(): LayersModel {
  const inputs = layers.input(picture);
  const first = layers.conv2d({ name: 'first', filters: 6, kernelSize: 3 }).apply(inputs) as SymbolicTensor;
  const normal = layers.batchNormalization({ name: 'normal' }).apply(first) as SymbolicTensor;
  return model({ inputs, outputs: layers.add().apply([first, normal]) as SymbolicTensor });
}
