/** Somebody else's model as tfjs itself reads and runs it: where its layers come from, and what ours has to equal. */
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, io, keep, mean, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import type { ImageShape } from '../../../protocol/learning/model-spec.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { BadInput } from '../../bad-input.ts';
import type { ForeignFiles } from './foreign-files.ts';

/** A layer with the names of those that feed it; what feeds the first is `input`. Layers of layers are taken apart. */
export type ForeignLayer = {
  readonly layer: layers.Layer;
  readonly feeds: readonly string[];
};

export class Original {
  readonly input: ImageShape;
  /** Each after those that feed it. */
  readonly layers: readonly ForeignLayer[];
  readonly #model: LayersModel;

  private constructor(model: LayersModel, input: ImageShape) {
    this.#model = model;
    this.input = input;
    this.layers = traced(model);
  }

  /** Rejects with BadInput when tfjs cannot read it, or it does not look at one square picture. The caller disposes it. */
  static async load(files: ForeignFiles): Promise<Original> {
    // Checks of every number, and the advice to install another backend, are for people who develop with tfjs.
    enableProdMode();
    await setBackend('cpu');
    const weights = await files.weights();
    const model = await loadLayersModel({
      load: () =>
        io.getModelArtifactsForJSON(files.json, (manifest) =>
          Promise.resolve([io.getWeightSpecs(manifest), weights.buffer]),
        ),
    }).catch((cause: unknown) => {
      const [reason = ''] = String(cause).split('\n');
      throw new BadInput(`${files.name} is no layers model that tfjs can read: ${reason}`, { cause });
    });
    return new Original(model, pictureShape(files.name, model));
  }

  /** What the layer makes of one picture `input`, as `preprocess` makes it; of a map, its mean over the picture: `[d]`. */
  features(layer: layers.Layer, input: Float32Array): Float32Array {
    let seen: Tensor | undefined;
    const call = layer.call.bind(layer);
    // The only way into a model of models: tfjs has names for outputs of the outermost one alone.
    layer.call = (inputs, kwargs) => {
      const output = call(inputs, kwargs);
      seen = keep(Array.isArray(output) ? (output[0] as Tensor).clone() : output.clone());
      return output;
    };
    try {
      return tidy(() => {
        this.#model.predict(tensor(input, [1, ...this.input]));
        if (!seen) throw new Error(`The layer ${layer.name} did not run.`);
        return (seen.rank === 4 ? mean(seen, [1, 2]) : seen).dataSync<'float32'>().slice();
      });
    } finally {
      seen?.dispose();
      layer.call = call;
    }
  }

  dispose(): void {
    this.#model.dispose();
  }
}

function pictureShape(name: string, model: LayersModel): ImageShape {
  const shapes = model.inputs.map(({ shape }) => shape);
  const [, height, width, channels] = shapes[0] ?? [];
  if (shapes.length === 1 && model.outputs.length === 1 && height && height === width && channels === 3)
    return [height, width, channels];
  throw new BadInput(
    `${name} takes ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')} and gives ${String(model.outputs.length)} outputs; expected one square picture in colour, [, n, n, 3], and one output.`,
  );
}

/** All layers that lead to the model's output. */
function traced(model: LayersModel): readonly ForeignLayer[] {
  const found: ForeignLayer[] = [];
  const names = new Map<number, string>(model.inputs.map(({ id }) => [id, inputName]));
  const trace = (output: SymbolicTensor): string => {
    const known = names.get(output.id);
    if (known !== undefined) return known;
    const layer = output.sourceLayer;
    const inputs = layer.inboundNodes[output.nodeIndex]?.inputTensors ?? [];
    let name = layer.name;
    if (layer instanceof LayersModel) {
      layer.inputs.forEach(({ id }, i) => names.set(id, trace(inputs[i] as SymbolicTensor)));
      name = trace(layer.outputs[output.outputTensorIndex ?? 0] as SymbolicTensor);
    } else found.push({ layer, feeds: inputs.map(trace) });
    names.set(output.id, name);
    return name;
  };
  model.outputs.forEach(trace);
  return found;
}
