/** Pictures of things that tests draw themselves: no file of anyone's is needed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Random } from '../../protocol/learning/random.ts';
import { seededRandom } from '../../protocol/learning/random.ts';

export type Thing = 'ball' | 'bars' | 'star';

/** A JPEG of 120 x 100 pixels: the thing in some colour, size and place on some ground. Shape tells things apart, colour does not. */
export function drawThing(thing: Thing, random: Random): Promise<Buffer> {
  const hue = Math.floor(random.next() * 360);
  const [x, y, r] = [45 + random.next() * 30, 40 + random.next() * 20, 22 + random.next() * 14];
  const colour = `hsl(${String(hue)}, 70%, ${String(30 + random.next() * 15)}%)`;
  const ground = `hsl(${String(Math.floor(random.next() * 360))}, 40%, ${String(80 + random.next() * 10)}%)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="100"><rect width="120" height="100" fill="${ground}"/><g fill="${colour}">${shapeOf(thing, x, y, r)}</g></svg>`;
  return sharp(Buffer.from(svg)).flatten().jpeg({ quality: 90 }).toBuffer();
}

/** Writes `count` pictures of each thing as `<dir>/<thing>/<n>.jpg`. */
export async function drawDataset(
  dir: string,
  options: { things: readonly Thing[]; count: number; seed: number },
): Promise<void> {
  const random = seededRandom(options.seed);
  for (const thing of options.things)
    for (let n = 0; n < options.count; n++)
      await writeInto(dir, `${thing}/${String(n)}.jpg`, await drawThing(thing, random));
}

/** Writes a file below `dir`, with the folders that it needs. */
export async function writeInto(dir: string, file: string, data: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), data);
}

function shapeOf(thing: Thing, x: number, y: number, r: number): string {
  switch (thing) {
    case 'ball':
      return `<circle cx="${String(x)}" cy="${String(y)}" r="${String(r)}"/>`;
    case 'bars':
      return [-0.9, -0.15, 0.6]
        .map(
          (at) =>
            `<rect x="${String(x - 1.3 * r)}" y="${String(y + at * r)}" width="${String(2.6 * r)}" height="${String(r * 0.35)}"/>`,
        )
        .join('');
    case 'star': {
      const points = Array.from({ length: 10 }, (_, i) => {
        const [angle, length] = [(i * Math.PI) / 5, i % 2 ? r * 0.4 : r * 1.2];
        return `${String(x + Math.sin(angle) * length)},${String(y - Math.cos(angle) * length)}`;
      });
      return `<polygon points="${points.join(' ')}"/>`;
    }
    default:
      return thing satisfies never;
  }
}
