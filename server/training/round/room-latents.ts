/** The room's pictures as activations at the cut: what the front of the base makes of them, once for each picture. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import { fromSteps, toSteps } from '../../models/latent-bank.ts';
import { joined } from '../inference.ts';
import type { SampleViews } from '../../store/latent-store.ts';
import type { KnownBase } from './known-base.ts';
import type { RoundRequest, RoundSample } from './round.ts';
import { decodeSample, viewsOf } from './views.ts';

/** Views of a training sample; fewer when there are many samples. */
const mostViews = 8;
const fewestViews = 2;
const viewsInAll = 2000;

export type SampleLatents = {
  readonly sample: RoundSample;
  /** Of the picture as devices see it, `[h, w, c]` of the cut. */
  readonly plain: Float32Array;
  /** Of the views to train on, `plain` among them; none for a validation sample. */
  readonly views: readonly Float32Array[];
};

export type RoomLatents = {
  /** In the order of the samples. */
  readonly latents: readonly SampleLatents[];
  /** What had to be made, to be kept. */
  readonly made: readonly SampleViews[];
};

/** What was kept is used; the rest is made, and rounded as what is kept, so that both are the same bit for bit. */
export async function roomLatents({ samples, seed }: RoundRequest, base: KnownBase): Promise<RoomLatents> {
  const { scales, shape } = base.bank;
  const length = sizeOf(shape);
  const [size] = base.model.spec.input;
  const learned = samples.filter(({ split }) => split === 'train').length;
  const each = Math.max(fewestViews, Math.min(mostViews, Math.floor(viewsInAll / learned)));
  const latents: SampleLatents[] = [];
  const made: SampleViews[] = [];
  for (const sample of samples) {
    const count = sample.split === 'train' ? each : 1;
    let steps = sample.views && unpacked(sample.views, count * length);
    if (!steps) {
      const inputs = viewsOf(await decodeSample(sample.jpeg), size, count, { id: sample.id, seed });
      steps = toSteps(joined(await base.front(inputs)), scales);
      made.push({ sample: sample.id, views: deflateRawSync(steps) });
    }
    const views = Array.from({ length: count }, (_, i) =>
      fromSteps(steps.subarray(i * length, (i + 1) * length), scales),
    );
    const [plain = new Float32Array()] = views;
    latents.push({ sample, plain, views: sample.split === 'train' ? views : [] });
  }
  return { latents, made };
}

/** Null when it is damaged or holds less. */
function unpacked(views: Uint8Array, length: number): Int8Array | null {
  try {
    const bytes = inflateRawSync(views);
    return bytes.length < length ? null : new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch {
    // A cache is not worth a failed round: what cannot be read is made again.
    return null;
  }
}
