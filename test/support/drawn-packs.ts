/** Small packs of training tiles with a teacher, in the layout of the real ones, drawn by the test. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../protocol/learning/random.ts';
import { storedZip } from './stored-zip.ts';

/** Pack by pack: a class, and the colour that all of its tiles have, with noise. */
const packs = [
  { name: 'pretrain-imagenet-a', source: 'mini84/n07747607', colour: [220, 120, 20] },
  { name: 'pretrain-imagenet-b', source: 'tiny64/n07749582', colour: [230, 220, 60] },
  { name: 'pretrain-caltech101', source: 'caltech/crab', colour: [190, 30, 30] },
  { name: 'pretrain-everyday', source: 'everyday/cup', colour: [40, 60, 200] },
] as const;

const tile = 64;
const cols = 10;
export const tilesPerPack = 20;
export const drawnSources = packs.map(({ source }) => source);

/** Writes the packs and their teacher into `dir`. The teacher is sure of class `k` for pack `k`. */
export async function drawPacks(dir: string): Promise<void> {
  const taught = await Promise.all(
    packs.map(async ({ name, source, colour }, k) => {
      const sheets = await Promise.all([0, 1].map((sheet) => drawSheet(colour, sheet)));
      const files = sheets.map((jpeg, i) => [`${source}_${String(i)}.jpg`, jpeg] as const);
      const index = { cols, classes: { [source]: { tile, name: source, sheets: files.map(([file]) => [file, 10]) } } };
      const zip = storedZip([...files, ['index.json', JSON.stringify(index)]]);
      await writeFile(join(dir, `${name}.zip`), zip);
      return { name, source, records: recordsOf(k), source_sha256: createHash('sha256').update(zip).digest('hex') };
    }),
  );
  const json = {
    scale: Array.from({ length: 64 }, () => 0.5),
    record_bytes: 88,
    packs: Object.fromEntries(
      taught.map(({ name, source, source_sha256 }) => [
        name,
        { file: `${name}.bin`, source_sha256, classes: { [source]: [0, tilesPerPack] } },
      ]),
    ),
  };
  const records = taught.map((pack) => [`${pack.name}.bin`, pack.records] as const);
  await writeFile(join(dir, 'pretrain-teacher.zip'), storedZip([['teacher.json', JSON.stringify(json)], ...records]));
}

/** Writes an objects.zip of two sets into `dir`: two colours each, thirty pictures of each to train on and five to test on. */
export async function drawObjects(dir: string): Promise<void> {
  const sets = [
    { set: 'grocery', test: 'val', labels: ['Apple', 'Kiwi'] },
    { set: 'trashnet', test: 'test', labels: ['glass', 'paper'] },
  ];
  const pictures: [string, Buffer][] = [];
  const rows = ['file,label,group'];
  for (const { set, test, labels } of sets)
    for (const [k, label] of labels.entries())
      for (let i = 0; i < 35; i++) {
        const file = `${set}/${i < 30 ? 'train' : test}/${label}/${String(i)}.jpg`;
        pictures.push([file, await drawSheet(packs[k * 3]?.colour ?? [], i)]);
        rows.push(`${file},${label},${set === 'grocery' ? label : set}`);
      }
  await writeFile(join(dir, 'objects.zip'), storedZip([...pictures, ['labels.csv', rows.join('\n')]]));
}

/** One row of ten tiles. */
function drawSheet(colour: readonly number[], seed: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const noisy = (value: number): number => Math.max(0, Math.min(255, value + (random.next() - 0.5) * 60));
  const pixels = Uint8Array.from({ length: tile * cols * tile * 3 }, (_, i) => noisy(colour[i % 3] ?? 0));
  return sharp(pixels, { raw: { width: tile * cols, height: tile, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** Embedding coordinate `i` of tile `t` is `t + i` steps; class `k` has probability 0.8, `k + 100` 0.1. */
function recordsOf(k: number): Buffer {
  const records = Array.from({ length: tilesPerPack }, (_, t) => {
    const record = Buffer.alloc(88);
    for (let i = 0; i < 64; i++) record.writeInt8(t + i, i);
    [k, k + 100, 200, 201, 202, 203, 204, 205].forEach((id, i) => record.writeUInt16LE(id, 64 + i * 2));
    record[80] = 204;
    record[81] = 26;
    return record;
  });
  return Buffer.concat(records);
}
