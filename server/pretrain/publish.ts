/** Makes the shipped base model of a finished run: folds, rounds, judges, and writes it with its card. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mobile } from '../../protocol/learning/backbones/mobile.ts';
import { foldBatchNorm } from '../../protocol/learning/fold-batch-norm.ts';
import { weightsOf } from '../../protocol/learning/tail.ts';
import { writeCalibration } from '../models/calibration.ts';
import { writeLatentBank } from '../models/latent-bank.ts';
import { replaceFile } from '../models/replace-file.ts';
import { readTfjsModel, writeTfjsModel } from '../models/tfjs-format.ts';
import { createInference, meanOf } from '../training/inference.ts';
import { pictureOutputs } from '../training/picture-outputs.ts';
import { readBaseLabels } from './base-labels.ts';
import { judge } from './judge.ts';
import { bankOf } from './make-latent-bank.ts';
import { modelCard } from './model-card.ts';
import { probeObjects } from './probe.ts';
import { readRunState } from './run-state.ts';
import { readTiles } from './tiles.ts';

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
  // Before anything is written: what is missing or broken shows here.
  const tiles = await readTiles(data, table);
  const trained = mobile({ classes: table.length, batchNorm: true });
  const folded = foldBatchNorm(trained, weightsOf(trained, state.average));
  const labels = table.map(({ sources: _sources, ...label }) => label);
  await writeTfjsModel(out, { ...folded, labels });

  // From here on the model as everybody will read it, halves and all.
  const { spec, weights } = await readTfjsModel(out);
  const trainer = await createInference(spec, weights, threads);
  try {
    const { pictures, heldBack: indices } = tiles;
    const logits = await pictureOutputs(trainer, spec, { layer: spec.head, pictures, indices });
    const truths = Array.from(indices, (tile) => tiles.labels[tile] ?? 0);
    const judgement = judge(logits, truths, labels);
    const { temperature, threshold } = judgement;
    const embeddings = await pictureOutputs(trainer, spec, { layer: spec.embedding, pictures, indices });
    const meanEmbedding = Array.from(meanOf(embeddings), (value) => Number(value.toPrecision(6)));
    await writeCalibration(out, { temperature, threshold, meanEmbedding });
    await writeLatentBank(join(out, 'latents.bin'), await bankOf(tiles, trainer, spec, state.seed));
    const probes = await probeObjects(data, trainer, spec, threads);
    const bytes = {
      weights: (await stat(join(out, 'weights.bin'))).size,
      latents: (await stat(join(out, 'latents.bin'))).size,
    };
    const parameters = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
    const trainTiles = tiles.train.length;
    const card = modelCard({ state, judgement, probes, bytes, parameters, labels: labels.length, trainTiles });
    await replaceFile(join(out, 'README.md'), card);
    log(card);
  } finally {
    await trainer.dispose();
  }
}
