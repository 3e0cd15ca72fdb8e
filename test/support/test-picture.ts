/** Pictures that tests draw. */
import sharp from 'sharp';
import { seededRandom } from '../../protocol/learning/random.ts';

/** A square JPEG of coloured noise; another seed is another picture. */
export async function noiseJpeg(seed: number, side = 64): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const pixels = Uint8Array.from({ length: side * side * 3 }, () => Math.floor(random.next() * 256));
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg()
    .toBuffer();
}
