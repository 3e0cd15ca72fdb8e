/** The training pictures with all that is known of them. */
import { join } from 'node:path';
import { blankPictures } from '../training/pictures.ts';
import type { Pictures } from '../training/pictures.ts';
import type { BaseLabel } from './base-labels.ts';
import { readZip } from './read-zip.ts';
import { cutSheets, sourcesOf } from './sheets.ts';
import { readTeacher } from './teacher.ts';
import type { Teacher } from './teacher.ts';

export type Tiles = {
  readonly pictures: Pictures;
  /** By tile: the index of its label. */
  readonly labels: Uint16Array;
  /** Record `i` is of tile `i`. */
  readonly teacher: Teacher;
  /** Tiles to train on, and tiles never trained on. */
  readonly train: Uint32Array;
  readonly heldBack: Uint32Array;
};

const packNames = ['pretrain-imagenet-a', 'pretrain-imagenet-b', 'pretrain-caltech101', 'pretrain-everyday'];

/** The part of every class that is held back: its last tiles, as each class was shuffled before it was packed. */
const heldBackShare = 0.1;

/** Reads the packs in folder `dir` into memory (1.3 GB). Throws an Error when a pack or a class's label is missing. */
export async function readTiles(dir: string, labels: readonly BaseLabel[]): Promise<Tiles> {
  const packs = await Promise.all(
    packNames.map(async (name) => {
      const path = join(dir, `${name}.zip`);
      const files = await readZip(path);
      return { name, path, files, sources: sourcesOf(files) };
    }),
  );
  const sources = packs.flatMap((pack) => pack.sources);
  const pictures = blankPictures(
    sources.flatMap(({ side, count }) => Array.from({ length: count }, () => ({ width: side, height: side }))),
  );
  let first = 0;
  for (const pack of packs) {
    await cutSheets(pack.files, pictures, first);
    first += pack.sources.reduce((sum, { count }) => sum + count, 0);
  }
  const teacher = await readTeacher(await readZip(join(dir, 'pretrain-teacher.zip')), packs);
  return { pictures, teacher, labels: labelIndices(sources, labels), ...split(sources) };
}

function labelIndices(
  sources: readonly { readonly source: string; readonly count: number }[],
  labels: readonly BaseLabel[],
): Uint16Array {
  const indexOfSource = new Map(labels.flatMap((label, index) => label.sources.map((source) => [source, index])));
  return Uint16Array.from(
    sources.flatMap(({ source, count }) => {
      const index = indexOfSource.get(source);
      if (index === undefined) throw new Error(`No label in labels.json has the source ${source}.`);
      return Array.from({ length: count }, () => index);
    }),
  );
}

function split(sources: readonly { readonly count: number }[]): Pick<Tiles, 'train' | 'heldBack'> {
  const train: number[] = [];
  const heldBack: number[] = [];
  let next = 0;
  for (const { count } of sources) {
    const kept = count - Math.max(1, Math.round(count * heldBackShare));
    for (let i = 0; i < count; i++) (i < kept ? train : heldBack).push(next++);
  }
  return { train: Uint32Array.from(train), heldBack: Uint32Array.from(heldBack) };
}
