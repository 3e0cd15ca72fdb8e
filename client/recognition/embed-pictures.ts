/** Pictures that were kept, as the live model sees them. */
import type { Model } from '../../protocol/learning/model-file.ts';
import type { SampleId } from '../../protocol/ids.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import { glanceCount, glanceInto, seenBy } from '../../protocol/learning/glances.ts';
import type { Pixels } from '../../protocol/learning/preprocess.ts';
import { toInput } from '../../protocol/learning/preprocess.ts';
import { sizeOf } from '../../protocol/learning/shapes.ts';
import type { ExampleRecord } from '../storage/database.ts';
import type { Crop } from './api.ts';
import { cropSide } from './api.ts';
import type { CropCodec } from './crop-codec.ts';
import type { Embedded } from './fast-learning.ts';
import type { LiveModel } from './live-model.ts';

/** A crop as a picture. */
export function pixelsOf(crop: Crop): Pixels {
  return { data: crop, width: cropSide, height: cropSide, channels: 4 };
}

/** What the network is given of a crop: `[side, side, 3]`. */
export function inputOf(model: Model, crop: Crop): Float32Array {
  return toInput(pixelsOf(crop), model.spec.input[0]);
}

/** As `embedPictures`, but of `known` pictures it is known already. */
export async function embedUnknown<T extends Pick<ExampleRecord, 'jpeg' | 'sample'>>(
  live: Pick<LiveModel, 'network' | 'model'>,
  codec: CropCodec,
  records: readonly T[],
  known: ReadonlyMap<SampleId, Seen>,
): Promise<readonly Embedded<T>[]> {
  const unknown = records.filter(({ sample }) => !known.has(sample));
  const embedded = new Map((await embedPictures(live, codec, unknown)).map((one) => [one.record, one]));
  return records.flatMap((record) => {
    const seen = known.get(record.sample);
    return seen ? [{ record, seen }] : (embedded.get(record) ?? []);
  });
}

/** Each of `records`, in their order, with all glances. Rejects when a picture cannot be decoded. */
export async function embedPictures<T extends Pick<ExampleRecord, 'jpeg'>>(
  { network, model }: Pick<LiveModel, 'network' | 'model'>,
  codec: CropCodec,
  records: readonly T[],
): Promise<readonly Embedded<T>[]> {
  const { input: shape } = model.spec;
  const input = new Float32Array(sizeOf(shape));
  const embedded: Embedded<T>[] = [];
  for (const record of records) {
    const pixels = pixelsOf(await codec.decode(record.jpeg));
    const embeddings: Float32Array[] = [];
    for (let glance = 0; glance < glanceCount; glance++) {
      glanceInto(input, pixels, shape[0], glance);
      embeddings.push((await network.run(input)).embedding);
    }
    embedded.push({ record, seen: seenBy(embeddings) });
  }
  return embedded;
}
