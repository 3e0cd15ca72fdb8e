/** The packs of training pictures: square tiles on contact sheets, a zip per pack. */
import sharp from 'sharp';
import * as v from 'valibot';
import { pictureAt } from '../training/pictures.ts';
import type { Pictures } from '../training/pictures.ts';
import { fileOf } from './read-zip.ts';

const indexSchema = v.object({
  /** Tiles per row of a sheet. */
  cols: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** By source: the tiles' side in pixels, and the sheets with their number of tiles. */
  classes: v.record(
    v.string(),
    v.object({
      tile: v.pipe(v.number(), v.integer(), v.minValue(1)),
      sheets: v.array(v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(1))])),
    }),
  ),
});

/** All tiles of one class of a pack. */
export type SourceTiles = {
  /** `<pack's own name>/<class>`, as `sources` in labels.json has it. */
  readonly source: string;
  readonly side: number;
  readonly count: number;
};

/** What stands in the pack of `files`, in its own order. */
export function sourcesOf(files: ReadonlyMap<string, Buffer>): readonly SourceTiles[] {
  return Object.entries(indexOf(files).classes).map(([source, { tile, sheets }]) => ({
    source,
    side: tile,
    count: sheets.reduce((sum, [, count]) => sum + count, 0),
  }));
}

/** Decodes all sheets and writes the tiles, in the order of `sourcesOf`, to `pictures` from `first` on. */
export async function cutSheets(files: ReadonlyMap<string, Buffer>, pictures: Pictures, first: number): Promise<void> {
  const { cols, classes } = indexOf(files);
  let next = first;
  for (const { tile, sheets } of Object.values(classes)) {
    const sheetFirsts = sheets.map(([, count]) => (next += count) - count);
    await Promise.all(
      sheets.map(async ([name, count], i) => {
        const { data, info } = await sharp(fileOf(files, name)).raw().toBuffer({ resolveWithObject: true });
        if (info.channels !== 3) throw new Error(`Sheet ${name} is not RGB.`);
        for (let t = 0; t < count; t++) {
          const target = pictureAt(pictures, (sheetFirsts[i] ?? 0) + t);
          const x = (t % cols) * tile;
          const y = Math.floor(t / cols) * tile;
          for (let row = 0; row < tile; row++) {
            const from = ((y + row) * info.width + x) * 3;
            target.data.set(data.subarray(from, from + tile * 3), row * tile * 3);
          }
        }
      }),
    );
  }
}

function indexOf(files: ReadonlyMap<string, Buffer>): v.InferOutput<typeof indexSchema> {
  return v.parse(indexSchema, JSON.parse(fileOf(files, 'index.json').toString('utf8')));
}
