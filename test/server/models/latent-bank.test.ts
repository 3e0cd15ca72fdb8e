import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { LatentSplit } from '../../../server/models/latent-bank.ts';
import {
  latentAt,
  makeLatentBank,
  readLatentBank,
  recordsOf,
  writeLatentBank,
} from '../../../server/models/latent-bank.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const shape = [2, 2, 3] as const;
const records = 40;

/** Channels of very different sizes; the last is 0 everywhere. */
function latents(): Float32Array {
  const random = seededRandom(2);
  const gaussian = () => Array.from({ length: 12 }, () => random.next() - 0.5).reduce((sum, x) => sum + x, 0);
  return Float32Array.from({ length: records * 12 }, (_, i) => gaussian() * ([100, 0.01, 0][i % 3] ?? 0));
}

const known = {
  cut: 'block9/add',
  shape,
  labels: Uint16Array.from({ length: records }, (_, i) => 300 + i),
  splits: Array.from({ length: records }, (_, i): LatentSplit => (i % 4 ? 'replay' : 'gate')),
};

test('keeps every channel within a sixth of its own root mean square', () => {
  const values = latents();
  const bank = makeLatentBank(values, known);
  for (let record = 0; record < records; record++)
    latentAt(bank, record).forEach((value, i) => {
      const rms = [100, 0.01, 0][i % 3] ?? 0;
      expect(Math.abs(value - (values[record * 12 + i] ?? NaN))).toBeLessThanOrEqual(rms * 0.18);
    });
});

test('reads back what it wrote', async () => {
  const path = join(await temporaryFolder(), 'latents.bin');
  const bank = makeLatentBank(latents(), known);
  await writeLatentBank(path, bank);
  expect(await readLatentBank(path)).toEqual(bank);
});

test('tells the records to train on from those of the gate', () => {
  const bank = makeLatentBank(latents(), known);
  expect(recordsOf(bank, 'gate')).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
  expect(recordsOf(bank, 'replay')).toHaveLength(30);
});

test('refuses a file that is cut short, and a record that is not there', async () => {
  const path = join(await temporaryFolder(), 'latents.bin');
  const bank = makeLatentBank(latents(), known);
  await writeLatentBank(path, bank);
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 40));
  await expect(readLatentBank(path)).rejects.toThrow();
  expect(() => latentAt(bank, records)).toThrow(RangeError);
});
