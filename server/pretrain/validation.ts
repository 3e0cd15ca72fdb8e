/** How good a run's network is while it is still being trained. */
import { argMax } from '../../protocol/learning/metrics.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import { createInference } from '../training/inference.ts';
import { pictureOutputs } from '../training/picture-outputs.ts';
import type { Tiles } from './tiles.ts';

/** Held-back tiles that are looked at, always the same. */
const mostTiles = 2000;

/** Part of the held-back tiles whose label the head of `spec` with `weights` puts first, and how many were looked at. */
export async function validationTop1(
  spec: ModelSpec,
  weights: Weights,
  tiles: Tiles,
  threads: number,
): Promise<{ readonly top1: number; readonly n: number }> {
  const indices = Uint32Array.from(shuffled([...tiles.heldBack], seededRandom(0)).slice(0, mostTiles));
  const trainer = await createInference(spec, weights, threads);
  try {
    const { pictures, labels } = tiles;
    const answers = (await pictureOutputs(trainer, spec, { layer: spec.head, pictures, indices })).map(argMax);
    const right = indices.filter((tile, i) => answers[i] === labels[tile]);
    return { top1: right.length / indices.length, n: indices.length };
  } finally {
    await trainer.dispose();
  }
}
