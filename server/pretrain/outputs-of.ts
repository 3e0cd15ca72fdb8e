/** Runs a trained network over pictures, without training. */
import { toInput } from '../../protocol/learning/preprocess.ts';
import { pictureAt } from '../training/pictures.ts';
import type { Pictures } from '../training/pictures.ts';
import type { Trainer } from '../training/trainer.ts';

/** The output of `layer` for each of `indices`, as `toInput` shows them at `size`: `[indices.length, ...shape]`, in one array. */
export async function outputsOf(options: {
  readonly trainer: Trainer;
  readonly layer: string;
  readonly pictures: Pictures;
  readonly indices: Uint32Array;
  readonly size: number;
  readonly batchSize: number;
}): Promise<Float32Array> {
  const { trainer, layer, pictures, indices, size, batchSize } = options;
  const parts: Float32Array[] = [];
  for (let first = 0; first < indices.length; first += batchSize) {
    const batch = indices.subarray(first, first + batchSize);
    const inputs = new Float32Array(batch.length * size * size * 3);
    batch.forEach((index, i) => {
      inputs.set(toInput(pictureAt(pictures, index), size), i * size * size * 3);
    });
    const outputs = await trainer.forward(inputs, batch.length, [layer]);
    const output = outputs.get(layer);
    if (!output) throw new Error(`The trainer gave no output of ${layer}.`);
    parts.push(output.slice());
  }
  const outputs = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    outputs.set(part, end);
    end += part.length;
  }
  return outputs;
}
