/** The room's pictures as activations at the cut: what the front of the network makes of them, once a round. */
import type { Model } from '../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { createInference, outputsOf } from '../inference.ts';
import type { RoundRequest, RoundSample } from './round.ts';
import { decodeSample, plainView, trainingViews } from './views.ts';

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

/** In the order of the samples. */
export async function roomLatents(request: RoundRequest, base: Model, cut: string): Promise<readonly SampleLatents[]> {
  const { samples, seed, threads } = request;
  const random = seededRandom(seed);
  const [size] = base.spec.input;
  const learned = samples.filter(({ split }) => split === 'train').length;
  const count = Math.max(fewestViews, Math.min(mostViews, Math.floor(viewsInAll / learned)));
  const trainer = await createInference(base.spec, base.weights, threads);
  try {
    const latents: SampleLatents[] = [];
    for (const sample of samples) {
      const pixels = await decodeSample(sample.jpeg);
      const inputs = sample.split === 'train' ? trainingViews(pixels, size, count, random) : [plainView(pixels, size)];
      const [plain = new Float32Array(), ...others] = await outputsOf(trainer, inputs, cut);
      latents.push({ sample, plain, views: sample.split === 'train' ? [plain, ...others] : [] });
    }
    return latents;
  } finally {
    await trainer.dispose();
  }
}
