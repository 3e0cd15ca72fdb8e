import { expect, test } from 'vitest';
import { weightsOf } from '../../../protocol/learning/tail.ts';
import { readBaseLabels } from '../../../server/pretrain/base-labels.ts';
import { distillationSpec } from '../../../server/pretrain/distillation.ts';
import { readRunState, writeRunState } from '../../../server/pretrain/run-state.ts';
import { trainBase } from '../../../server/pretrain/train-base.ts';
import { drawPacks } from '../../support/drawn-packs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test(
  'trains through all phases within its time, and a stopped run goes on from its state',
  { timeout: 120_000 },
  async () => {
    const [data, work] = [await temporaryFolder(), await temporaryFolder()];
    await drawPacks(data);
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const settings = { log, data, work, batchSize: 8, learningRate: 0.003, seed: 1, threads: 1 };
    await trainBase({ ...settings, minutes: 0.05, resume: false });

    const end = await readRunState(work);
    expect(end.phase).toBe(2);
    expect(end.validations.map(({ size }) => size)).toEqual([64, 96]);
    expect(lines.filter((line) => line.startsWith('validation'))).toHaveLength(2);
    const spec = distillationSpec((await readBaseLabels()).length, 96);
    const weights = [...weightsOf(spec, end.average).values()];
    expect(weights.every(({ values }) => values.every(Number.isFinite))).toBe(true);

    const stopped = { ...end, phase: 1, elapsedMs: 0.8 * 0.05 * 60_000, validations: end.validations.slice(0, 1) };
    await writeRunState(work, stopped);
    await trainBase({ ...settings, minutes: 85, resume: true });
    const resumed = await readRunState(work);
    expect(resumed.step).toBeGreaterThan(end.step);
    expect(resumed).toMatchObject({ phase: 2, budgetMinutes: 0.05, seed: 1 });
    expect(resumed.validations.map(({ size }) => size)).toEqual([64, 96]);
  },
);
