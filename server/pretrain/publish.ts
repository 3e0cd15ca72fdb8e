/** Makes the shipped base model of a finished run: folds, rounds, judges, and writes it with its card. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mobile } from '../../protocol/learning/backbones/mobile.ts';
import { foldBatchNorm } from '../../protocol/learning/fold-batch-norm.ts';
import { weightsOf } from '../../protocol/learning/tail.ts';
import { writeCalibration } from '../models/calibration.ts';
import { writeLatentBank } from '../models/latent-bank.ts';
import { readTfjsModel, writeTfjsModel } from '../models/tfjs-format.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { readBaseLabels } from './base-labels.ts';
import { judge } from './judge.ts';
import { bankOf } from './make-latent-bank.ts';
import { modelCard } from './model-card.ts';
import { outputsOf } from './outputs-of.ts';
import { probeObjects } from './probe.ts';
import { readRunState } from './run-state.ts';
import { readTiles } from './tiles.ts';

/** The side of the camera's crop, in pixels. */
const size = 96;
const batchSize = 50;

export type PublishOptions = {
  /** Folder with the packs and objects.zip. */
  readonly data: string;
  /** Folder with the run's state. */
  readonly work: string;
  /** Folder of the model. */
  readonly out: string;
  readonly threads: number;
  /** Takes the card. */
  readonly log: (text: string) => void;
};

/** Replaces the model in `out` by the averaged weights of the run in `work`. */
export async function publishBase({ data, work, out, threads, log }: PublishOptions): Promise<void> {
  const [state, table] = [await readRunState(work), await readBaseLabels()];
  const trained = mobile({ classes: table.length, size, batchNorm: true });
  const folded = foldBatchNorm(trained, weightsOf(trained, state.average));
  const labels = table.map(({ sources: _sources, ...label }) => label);
  await writeTfjsModel(out, { ...folded, labels });

  // From here on the model as everybody will read it, halves and all.
  const { spec, weights } = await readTfjsModel(out);
  const tiles = await readTiles(data, table);
  const trainer = await createWasmTrainer(
    {
      ...{ spec, weights, batchSize },
      losses: [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
    },
    { threads },
  );
  try {
    const indices = tiles.heldBack;
    const logits = await outputsOf({ trainer, layer: spec.head, pictures: tiles.pictures, indices, size, batchSize });
    const truths = Array.from(indices, (tile) => tiles.labels[tile] ?? 0);
    const judgement = judge(logits, truths, labels);
    const { temperature, threshold } = judgement;
    const embeddings = await outputsOf({
      ...{ trainer, layer: spec.embedding, indices },
      ...{ pictures: tiles.pictures, size, batchSize },
    });
    await writeCalibration(out, { temperature, threshold, meanEmbedding: meanOf(embeddings, indices.length) });
    await writeLatentBank(join(out, 'latents.bin'), await bankOf(tiles, trainer, spec, state.seed));
    const probes = await probeObjects(data, trainer, spec, threads);
    const bytes = {
      weights: (await stat(join(out, 'weights.bin'))).size,
      latents: (await stat(join(out, 'latents.bin'))).size,
    };
    const parameters = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
    const trainTiles = tiles.train.length;
    const card = modelCard({ state, judgement, probes, bytes, parameters, labels: labels.length, trainTiles });
    await writeFile(join(out, 'README.md'), card);
    log(card);
  } finally {
    await trainer.dispose();
  }
}

/** The mean of `n` vectors that lie one after another, to six digits. */
function meanOf(vectors: Float32Array, n: number): number[] {
  const length = vectors.length / n;
  const sums = new Float64Array(length);
  vectors.forEach((value, i) => {
    sums[i % length] = (sums[i % length] ?? 0) + value;
  });
  return Array.from(sums, (sum) => Number((sum / n).toPrecision(6)));
}
