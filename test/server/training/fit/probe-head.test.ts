/** A head trained on what a frozen backbone sees. */
import { describe, expect, it, vi } from 'vitest';
import type { ModelSpec } from '../../../../protocol/learning/model-spec.ts';
import { argMax } from '../../../../protocol/learning/metrics.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { initialWeights } from '../../../../protocol/learning/initial-weights.ts';
import { probeHead } from '../../../../server/training/fit/probe-head.ts';
import { pictureOutputs } from '../../../../server/training/picture-outputs.ts';
import { blankPictures, pictureAt } from '../../../../server/training/pictures.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Its embedding is sixteen random mixtures of the mean colour, scaled down as far as `scale` says. */
function backbone(scale: number): { spec: ModelSpec; weights: ReturnType<typeof initialWeights> } {
  const spec: ModelSpec = {
    name: 'mixer',
    input: [8, 8, 3],
    layers: [
      {
        kind: 'conv',
        name: 'mix',
        filters: 16,
        kernel: 1,
        stride: 1,
        padding: 'same',
        activation: 'none',
        batchNorm: false,
      },
      { kind: 'globalAveragePool', name: 'embedding' },
      { kind: 'dense', name: 'head', units: 3, activation: 'none' },
    ],
    embedding: 'embedding',
    head: 'head',
  };
  const weights = new Map(initialWeights(spec, seededRandom(1)));
  const mix = weights.get('mix/kernel');
  if (mix) weights.set('mix/kernel', { shape: mix.shape, values: mix.values.map((x) => x * scale) });
  return { spec, weights };
}

/** Mostly red, green or blue. */
function colours() {
  const random = seededRandom(3);
  const pictures = blankPictures(Array.from({ length: 45 }, () => ({ width: 8, height: 8 })));
  const labelOf = Uint32Array.from({ length: 45 }, (_, i) => i % 3);
  labelOf.forEach((label, i) => {
    const { data } = pictureAt(pictures, i);
    for (let at = 0; at < data.length; at++) data[at] = (at % 3 === label ? 130 : 90) + random.next() * 60;
  });
  return { pictures, labelOf, train: Uint32Array.from({ length: 30 }, (_, i) => i) };
}

describe('probeHead', () => {
  it.each([0.01, 1, 100])(
    'finds the labels whatever the scale of the embedding (%d), and leaves the backbone alone',
    async (scale) => {
      const start = backbone(scale);
      const data = colours();
      const probed = await probeHead(start, data, { seed: 1, threads: 1 });
      expect(probed.weights.get('mix/kernel')).toBe(start.weights.get('mix/kernel'));
      expect([...probed.weights.keys()]).toEqual([...start.weights.keys()]);
      const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
      const losses = [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }] as const;
      const trainer = await createWasmTrainer({ ...probed, batchSize: 4, losses, optimizer }, { threads: 1 });
      const indices = Uint32Array.from({ length: 15 }, (_, i) => 30 + i);
      const logits = await pictureOutputs(trainer, probed.spec, {
        layer: 'head',
        pictures: data.pictures,
        indices,
        batchSize: 4,
      });
      await trainer.dispose();
      expect(logits.map(argMax)).toEqual(Array.from(indices, (i) => data.labelOf[i]));
    },
  );
});
