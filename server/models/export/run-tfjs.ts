/** Runs a written tfjs layers model with tfjs itself, as whoever it goes to will. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import { enableProdMode, io, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { ImageShape } from '../../../protocol/learning/model-spec.ts';
import type { ExportedOutputs } from './parity.ts';

/** Of the model that `writeTfjsModel` wrote into `dir`, for inputs of the shape `input`. */
export function tfjsOutputs(dir: string, input: ImageShape): ExportedOutputs {
  return async (inputs) => {
    // Checks of every number, and the advice to install another backend, are for people who develop with tfjs.
    enableProdMode();
    await setBackend('wasm');
    const text = await readFile(join(dir, 'model.json'), 'utf8');
    // Only the head has a softmax; without it the outputs are the logits. The file is one that we wrote.
    const json = JSON.parse(text.replace('"activation":"softmax"', '"activation":"linear"')) as io.ModelJSON;
    const weights = new Uint8Array(await readFile(join(dir, 'weights.bin')));
    const model = await loadLayersModel({
      load: () =>
        io.getModelArtifactsForJSON(json, (manifest) => Promise.resolve([io.getWeightSpecs(manifest), weights.buffer])),
    });
    try {
      return inputs.map((values) =>
        // One input gives one output.
        tidy(() => (model.predict(tensor(values, [1, ...input])) as Tensor).dataSync<'float32'>().slice()),
      );
    } finally {
      model.dispose();
    }
  };
}
