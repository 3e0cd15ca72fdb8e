import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCalibration } from '../../../server/models/calibration.ts';
import { readLatentBank, recordsOf } from '../../../server/models/latent-bank.ts';
import { readTfjsModel } from '../../../server/models/tfjs-format.ts';
import { publishBase } from '../../../server/pretrain/publish.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { weightsOf } from '../../../protocol/learning/tail.ts';
import { readBaseLabels } from '../../../server/pretrain/base-labels.ts';
import { distillationSpec } from '../../../server/pretrain/distillation.ts';
import { readRunState, writeRunState } from '../../../server/pretrain/run-state.ts';
import { trainBase } from '../../../server/pretrain/train-base.ts';
import { drawnSources, drawObjects, drawPacks } from '../../support/drawn-packs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test(
  'trains through all cycles within its time, and a stopped run goes on from its state',
  { timeout: 120_000 },
  async () => {
    const [data, work] = [await temporaryFolder(), await temporaryFolder()];
    await drawPacks(data);
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const settings = { log, data, work, batchSize: 8, seed: 1, threads: 1 };
    await trainBase({ ...settings, minutes: 0.02, resume: false });

    const end = await readRunState(work);
    expect(end.cycle).toBe(2);
    expect(end.validations.map(({ size }) => size)).toEqual([64, 96, 128, 80, 96, 96]);
    expect(lines.filter((line) => line.startsWith('validation'))).toHaveLength(6);
    const spec = distillationSpec((await readBaseLabels()).length, 96);
    const weights = [...weightsOf(spec, end.average).values()];
    expect(weights.every(({ values }) => values.every(Number.isFinite))).toBe(true);

    const stopped = {
      ...end,
      cycle: 1,
      phase: 1,
      elapsedMs: 0.8 * 0.02 * 60_000,
      validations: end.validations.slice(0, 4),
    };
    await writeRunState(work, stopped);
    await trainBase({ ...settings, minutes: 85, resume: true });
    const resumed = await readRunState(work);
    expect(resumed.step).toBeGreaterThan(end.step);
    expect(resumed).toMatchObject({ cycle: 2, budgetMinutes: 0.02, seed: 1 });
    expect(resumed.validations.map(({ size }) => size)).toEqual([64, 96, 128, 80, 96, 96]);
  },
);

test('publishes a run as a model with labels, calibration, latents and a card', { timeout: 120_000 }, async () => {
  const [data, work, out] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await drawPacks(data);
  await drawObjects(data);
  const log = () => undefined;
  const settings = { log, data, work, batchSize: 8, seed: 1, threads: 1 };
  await trainBase({ ...settings, minutes: 0.02, resume: false });
  await publishBase({ log, data, work, out, threads: 1 });

  const labels = await readBaseLabels();
  const model = await readTfjsModel(out);
  expect(model.spec).toEqual(mobile({ classes: labels.length }));
  expect(model.labels.map(({ key }) => key)).toEqual(labels.map(({ key }) => key));
  expect((await readCalibration(out))?.meanEmbedding).toHaveLength(768);

  const bank = await readLatentBank(join(out, 'latents.bin'));
  expect(bank).toMatchObject({ cut: 'block9/add', shape: [8, 8, 80] });
  expect([recordsOf(bank, 'replay').length, recordsOf(bank, 'gate').length]).toEqual([5 * 4, 2 * 4]);
  const shown = new Set(Array.from(bank.labels, (label) => labels[label]));
  expect([...shown].every((label) => drawnSources.some((source) => label?.sources.includes(source)))).toBe(true);

  const card = await readFile(join(out, 'README.md'), 'utf8');
  expect(card).toContain('72 tiles');
  expect(card).toMatch(/\| grocery \| 2 \| 60 \| 10 \| \d+\.\d % \|/);
});
