import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBaseLabels } from '../../../server/pretrain/base-labels.ts';
import { distillationSpec, distillationLosses, distillationTargets } from '../../../server/pretrain/distillation.ts';
import { teacherUnits } from '../../../server/pretrain/teacher.ts';
import { readTiles } from '../../../server/pretrain/tiles.ts';
import { placeLayers } from '../../../protocol/learning/shapes.ts';
import { pictureAt } from '../../../server/training/pictures.ts';
import { drawnSources, drawPacks, tilesPerPack } from '../../support/drawn-packs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const labels = await readBaseLabels();

async function drawnTiles() {
  const dir = await temporaryFolder();
  await drawPacks(dir);
  return readTiles(dir, labels);
}

test('cuts every tile from its place and gives it the label of its class', async () => {
  const tiles = await drawnTiles();
  expect(tiles.labels).toHaveLength(drawnSources.length * tilesPerPack);
  const blue = pictureAt(tiles.pictures, 3 * tilesPerPack + 15);
  expect(blue).toMatchObject({ width: 64, height: 64 });
  const mean = (c: number) => [...blue.data].filter((_, i) => i % 3 === c).reduce((sum, v) => sum + v, 0) / (64 * 64);
  expect([0, 1, 2].map((c) => Math.round(mean(c) / 10) * 10)).toEqual([40, 60, 200]);
  drawnSources.forEach((source, pack) => {
    for (const tile of [0, tilesPerPack - 1])
      expect(labels[tiles.labels[pack * tilesPerPack + tile] ?? -1]?.sources).toContain(source);
  });
});

test('holds back the last tenth of every class and trains on the rest', async () => {
  const { train, heldBack } = await drawnTiles();
  expect([...heldBack]).toEqual([18, 19, 38, 39, 58, 59, 78, 79]);
  expect([...train, ...heldBack].sort((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, i) => i));
});

test('brings to every tile what the teacher said of it', async () => {
  const tiles = await drawnTiles();
  const targets = distillationTargets(tiles, Uint32Array.of(41, 5), labels.length);
  const embeddings = targets.get('teacherEmbedding') ?? new Float32Array();
  expect([embeddings[0], embeddings[63], embeddings[64]]).toEqual([0.5, 32, 2.5]);
  const probabilities = targets.get('teacherClasses') ?? new Float32Array();
  expect(probabilities[2]).toBeCloseTo(204 / 255, 6);
  expect(probabilities[102]).toBeCloseTo(26 / 255, 6);
  expect(probabilities[teacherUnits - 1]).toBeCloseTo(25 / 255, 6);
  expect(probabilities[teacherUnits]).toBeCloseTo(204 / 255, 6);
});

test('gives every loss targets of its layer that sum to one where they are probabilities', async () => {
  const tiles = await drawnTiles();
  const targets = distillationTargets(tiles, Uint32Array.of(7), labels.length);
  const placed = placeLayers(distillationSpec(labels.length, 64));
  for (const { layer, kind } of distillationLosses({ labels: 1, teacherEmbedding: 1, teacherClasses: 1 })) {
    const values = targets.get(layer) ?? new Float32Array();
    expect(placed.find((place) => place.layer.name === layer)?.outputShape).toEqual([values.length]);
    if (kind === 'softmaxCrossEntropy') expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5);
  }
  const head = targets.get('head') ?? new Float32Array();
  expect(head.indexOf(Math.max(...head))).toBe(tiles.labels[7]);
});

test('refuses a pack that the teacher has not seen', async () => {
  const dir = await temporaryFolder();
  await drawPacks(dir);
  const path = join(dir, 'pretrain-everyday.zip');
  const zip = await readFile(path);
  zip.writeUInt16LE(2, zip.length - 2); // a comment of two bytes: the same pictures, another pack
  await writeFile(path, Buffer.concat([zip, Buffer.from('hi')]));
  await expect(readTiles(dir, labels)).rejects.toThrow('teacher has not seen this pretrain-everyday');
});

test('refuses a class that has no label', async () => {
  const dir = await temporaryFolder();
  await drawPacks(dir);
  const few = labels.filter(({ sources }) => !sources.includes('everyday/cup'));
  await expect(readTiles(dir, few)).rejects.toThrow('everyday/cup');
});
