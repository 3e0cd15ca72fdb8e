/** Pictures that were kept, as the live model sees them. */
import type { Network } from '../../protocol/learning/forward.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import { mirrorImage, toInput } from '../../protocol/learning/preprocess.ts';
import type { ExampleRecord } from '../storage/database.ts';
import type { Crop } from './api.ts';
import { cropSide } from './api.ts';
import type { CropCodec } from './crop-codec.ts';
import type { Embedded } from './fast-learning.ts';
import type { LiveModel } from './live-model.ts';

/** What the network is given of a crop: `[side, side, 3]`. */
export function inputOf(model: Model, crop: Crop): Float32Array {
  return toInput({ data: crop, width: cropSide, height: cropSide, channels: 4 }, model.spec.input[0]);
}

/** Each of `records`, in their order, and its mirror image. Rejects when a picture cannot be decoded. */
export async function embedPictures<T extends Pick<ExampleRecord, 'jpeg'>>(
  { network, model }: LiveModel,
  codec: CropCodec,
  records: readonly T[],
): Promise<readonly Embedded<T>[]> {
  const embedded: Embedded<T>[] = [];
  for (const record of records) {
    const input = inputOf(model, await codec.decode(record.jpeg));
    const embedding = await embeddingOf(network, input);
    const mirrored = await embeddingOf(network, mirrorImage(input, model.spec.input[0]));
    embedded.push({ record, embedding, mirrored });
  }
  return embedded;
}

async function embeddingOf(network: Network, input: Float32Array): Promise<Float32Array> {
  return (await network.run(input)).embedding;
}
