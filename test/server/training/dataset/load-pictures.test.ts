/** Decoding: upright, small, bounded, and honest about broken files. */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { BadInput } from '../../../../server/bad-input.ts';
import { openFolder } from '../../../../server/training/dataset/folder-source.ts';
import { loadPictures } from '../../../../server/training/dataset/load-pictures.ts';
import { pictureAt } from '../../../../server/training/pictures.ts';
import type { Pictures } from '../../../../server/training/pictures.ts';
import { drawThing, writeInto } from '../../../support/drawn-pictures.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

type Rgb = readonly [number, number, number];

const flat = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 4, background } });

/** Left half red, right half blue. */
const redBlue = (width: number, height: number): Sharp =>
  flat(width, height, 'red').composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, gravity: 'east' },
  ]);

async function load(files: Readonly<Record<string, Buffer>>, side: number): Promise<Pictures> {
  const dir = await temporaryFolder();
  for (const [name, data] of Object.entries(files)) await writeInto(dir, name, data);
  const source = await openFolder(dir);
  return loadPictures(source, source.files, { side });
}

function colourAt(pictures: Pictures, index: number, x: number, y: number): Rgb {
  const { data, width } = pictureAt(pictures, index);
  const at = (y * width + x) * 3;
  return [data[at] ?? NaN, data[at + 1] ?? NaN, data[at + 2] ?? NaN];
}

const near = (colour: Rgb, expected: Rgb): void => {
  colour.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(6);
  });
};

describe('loadPictures', () => {
  it('shrinks to the shorter side, keeps small ones, and cuts long ones to their middle', async () => {
    const pictures = await load(
      {
        'a-large.jpg': await flat(400, 300, 'red').jpeg().toBuffer(),
        'b-long.png': await redBlue(1000, 100).png().toBuffer(),
        'c-small.png': await flat(20, 10, 'red').png().toBuffer(),
      },
      50,
    );
    const sizes = [0, 1, 2].map((i) => [pictureAt(pictures, i).width, pictureAt(pictures, i).height]);
    expect(sizes).toEqual([
      [67, 50],
      [100, 50],
      [20, 10],
    ]);
    near(colourAt(pictures, 1, 45, 25), [255, 0, 0]);
    near(colourAt(pictures, 1, 55, 25), [0, 0, 255]);
  });

  it('turns pictures upright by their EXIF orientation', async () => {
    const sideways = await redBlue(80, 40).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
    const pictures = await load({ 'sideways.jpg': sideways }, 40);
    expect(pictureAt(pictures, 0)).toMatchObject({ width: 40, height: 80 });
    near(colourAt(pictures, 0, 20, 5), [254, 0, 0]);
    near(colourAt(pictures, 0, 20, 75), [0, 0, 254]);
  });

  it('reads grey, 16-bit, CMYK and transparent pictures as RGB', async () => {
    const pictures = await load(
      {
        'a-grey.png': await flat(8, 8, '#808080').toColourspace('b-w').png().toBuffer(),
        'b-sixteen.png': await flat(8, 8, 'red').toColourspace('rgb16').png().toBuffer(),
        'c-cmyk.jpg': await flat(8, 8, 'white').toColourspace('cmyk').jpeg().toBuffer(),
        'd-clear.png': await flat(8, 8, 'rgba(255, 0, 0, 0)').png().toBuffer(),
      },
      8,
    );
    near(colourAt(pictures, 0, 4, 4), [128, 128, 128]);
    near(colourAt(pictures, 1, 4, 4), [255, 0, 0]);
    near(colourAt(pictures, 2, 4, 4), [255, 255, 255]);
    near(colourAt(pictures, 3, 4, 4), [255, 255, 255]);
  });

  it('names the file that is broken, cut short, no picture or too large', async () => {
    const good = await drawThing('star', seededRandom(1));
    const huge = await flat(8, 8, 'red').png().toBuffer();
    huge.writeUInt32BE(20_000, 16);
    huge.writeUInt32BE(20_000, 20);
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
    const png = await sharp(good).png().toBuffer();
    for (const [name, data, why] of [
      ['empty.jpg', Buffer.alloc(0), 'not a picture'],
      ['text.jpg', Buffer.from('not a picture'), 'not a picture'],
      ['cut.jpg', good.subarray(0, good.length / 2), 'not a picture'],
      ['cut.png', png.subarray(0, png.length / 2), 'not a picture'],
      ['huge.png', huge, '20000x20000 pixels; expected at most 50 megapixels'],
    ] as const) {
      const error: unknown = await load({ [join('a', 'good.jpg')]: good, [join('a', name)]: data }, 32).catch(
        (cause: unknown) => cause,
      );
      expect(error, name).toBeInstanceOf(BadInput);
      expect((error as BadInput).message).toContain(`a/${name}`);
      expect((error as BadInput).message).toContain(why);
    }
  });

  it('stops when it is told to', async () => {
    const dir = await temporaryFolder();
    await writeInto(dir, 'a/0.jpg', await drawThing('ball', seededRandom(1)));
    const source = await openFolder(dir);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loadPictures(source, source.files, { side: 32, signal })).rejects.toThrow('enough');
  });
});
