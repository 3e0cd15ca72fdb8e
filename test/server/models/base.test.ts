import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { argMax } from '../../../protocol/learning/metrics.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import { readCalibration } from '../../../server/models/calibration.ts';
import { latentAt, readLatentBank, recordsOf } from '../../../server/models/latent-bank.ts';
import { shippedDir as dir } from '../../../server/models/shipped-base.ts';
import { readTfjsModel } from '../../../server/models/tfjs-format.ts';
import { readBaseLabels } from '../../../server/pretrain/base-labels.ts';
import { createWasmTrainer } from '../../../server/training/wasm/wasm-trainer.ts';

test('ships the default network, without batch normalisation, with an output for every label', async () => {
  const [model, table] = [await readTfjsModel(dir), await readBaseLabels()];
  expect(model.spec).toEqual(mobile({ classes: table.length }));
  expect(model.labels).toEqual(table.map(({ sources: _sources, ...label }) => label));
  expect((await readCalibration(dir))?.meanEmbedding).toHaveLength(768);
});

test('stays small enough for a repository', async () => {
  expect((await stat(join(dir, 'weights.bin'))).size).toBeLessThan(3e6);
  expect((await stat(join(dir, 'latents.bin'))).size).toBeLessThan(8e6);
});

test('recognises the latents that it ships, so that they belong to its weights', async () => {
  const [{ spec, weights }, bank] = [await readTfjsModel(dir), await readLatentBank(join(dir, 'latents.bin'))];
  const tail = tailSpec(spec, bank.cut);
  expect(tail.input).toEqual(bank.shape);
  const trainer = await createWasmTrainer(
    {
      spec: tail,
      weights: weightsOf(tail, weights),
      batchSize: 1,
      losses: [{ layer: tail.head, kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
    },
    { threads: 1 },
  );
  try {
    const gate = recordsOf(bank, 'gate').filter((_, i) => i % 3 === 0);
    let right = 0;
    for (const record of gate) {
      const logits = (await trainer.forward(latentAt(bank, record), 1, [tail.head])).get(tail.head);
      if (logits && argMax(logits) === bank.labels[record]) right += 1;
    }
    expect(right / gate.length).toBeGreaterThan(0.1); // by chance 0.003
  } finally {
    await trainer.dispose();
  }
});
