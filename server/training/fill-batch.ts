/** Makes one batch of augmented inputs: what a thread of the input pipeline does for each request. */
import { seededRandom } from '../../protocol/learning/random.ts';
import { augmentations } from './augment.ts';
import type { AugmentationName } from './augment.ts';
import { pictureAt } from './pictures.ts';
import type { Pictures } from './pictures.ts';

export type InputWorkerData = {
  readonly pictures: Pictures;
  readonly augmentation: AugmentationName;
  readonly size: number;
  readonly seed: number;
  /** Where batches are written, each `[batchSize, size, size, 3]`, in shared memory. */
  readonly slots: readonly Float32Array<SharedArrayBuffer>[];
};

export type BatchRequest = { readonly batch: number; readonly slot: number; readonly indices: Uint32Array };

/**
 * Writes the inputs of `request.indices` into the slot. Every picture draws from its own random numbers, given by the
 * seed, the batch and its place in it, so that the result depends on nothing that happened before.
 */
export function fillBatch(data: InputWorkerData, request: BatchRequest): void {
  const { pictures, size } = data;
  const augment = augmentations[data.augmentation];
  const slot = data.slots[request.slot];
  if (!slot) throw new RangeError(`There is no slot ${String(request.slot)}.`);
  const length = size * size * 3;
  request.indices.forEach((index, place) => {
    const random = seededRandom(exampleSeed(data.seed, request.batch, place));
    augment(pictureAt(pictures, index), size, random, slot.subarray(place * length, (place + 1) * length));
  });
}

/** Spreads three numbers over 32 bits; the generator mixes them further. */
function exampleSeed(seed: number, batch: number, place: number): number {
  return (Math.imul(seed, 0x9e37_79b1) ^ Math.imul(batch, 0x85eb_ca77) ^ Math.imul(place + 1, 0xc2b2_ae3d)) | 0;
}
