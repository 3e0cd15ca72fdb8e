/** What a network says of many pictures. */
import { toInput } from '../../protocol/learning/preprocess.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../protocol/learning/shapes.ts';
import { inferenceBatch } from './inference.ts';
import type { Pictures } from './pictures.ts';
import { pictureAt } from './pictures.ts';
import type { Trainer } from './trainer.ts';

/**
 * The output of `layer` (the head for logits) for each of `indices` into `pictures`, in order and flat. `batchSize` is at
 * most the trainer's. Rejects with the signal's reason once it is aborted.
 */
export async function pictureOutputs(
  trainer: Trainer,
  spec: ModelSpec,
  options: {
    readonly layer: string;
    readonly pictures: Pictures;
    readonly indices: Uint32Array;
    /** Default: as `createInference` makes trainers. */
    readonly batchSize?: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly Float32Array[]> {
  const { layer, pictures, indices, batchSize = inferenceBatch, signal } = options;
  const [size] = spec.input;
  const inputLength = sizeOf(spec.input);
  const inputs = new Float32Array(batchSize * inputLength);
  const all: Float32Array[] = [];
  for (let first = 0; first < indices.length; first += batchSize) {
    signal?.throwIfAborted();
    const batch = indices.subarray(first, first + batchSize);
    batch.forEach((index, place) => {
      inputs.set(toInput(pictureAt(pictures, index), size), place * inputLength);
    });
    const outputs = await trainer.forward(inputs.subarray(0, batch.length * inputLength), batch.length, [layer]);
    const values = outputs.get(layer) ?? new Float32Array();
    const length = values.length / batch.length;
    for (let place = 0; place < batch.length; place++) all.push(values.slice(place * length, (place + 1) * length));
  }
  return all;
}
