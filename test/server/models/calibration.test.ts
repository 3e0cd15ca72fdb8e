import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCalibration, writeCalibration } from '../../../server/models/calibration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('reads back what it wrote', async () => {
  const dir = await temporaryFolder();
  const calibration = { temperature: 1.25, threshold: 0.3, meanEmbedding: [0.5, 0.25] };
  await writeCalibration(dir, calibration);
  expect(await readCalibration(dir)).toEqual(calibration);
});

test('finds none beside a model that nobody calibrated', async () => {
  expect(await readCalibration(await temporaryFolder())).toBeNull();
});

test('refuses a temperature that would divide by nothing', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'calibration.json'), '{"temperature":0,"threshold":0.3,"meanEmbedding":[1]}');
  await expect(readCalibration(dir)).rejects.toThrow();
});
