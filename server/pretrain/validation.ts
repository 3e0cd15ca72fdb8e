/** How good a run's network is while it is still being trained. */
import { argMax } from '../../protocol/learning/metrics.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { outputsOf } from './outputs-of.ts';
import type { Tiles } from './tiles.ts';

/** Held-back tiles that are looked at, always the same. */
const mostTiles = 2000;
const batchSize = 50;

/** Part of the held-back tiles whose label the head of `spec` with `weights` puts first, and how many were looked at. */
export async function validationTop1(
  spec: ModelSpec,
  weights: Weights,
  tiles: Tiles,
  threads: number,
): Promise<{ readonly top1: number; readonly n: number }> {
  const indices = Uint32Array.from(shuffled([...tiles.heldBack], seededRandom(0)).slice(0, mostTiles));
  const trainer = await createWasmTrainer(
    {
      ...{ spec, weights, batchSize },
      losses: [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
    },
    { threads },
  );
  try {
    const { pictures, labels } = tiles;
    const options = { trainer, layer: spec.head, pictures, indices, size: spec.input[0], batchSize };
    const logits = await outputsOf(options);
    const classes = logits.length / indices.length;
    const right = indices.filter((tile, i) => argMax(logits.subarray(i * classes, (i + 1) * classes)) === labels[tile]);
    return { top1: right.length / indices.length, n: indices.length };
  } finally {
    await trainer.dispose();
  }
}
