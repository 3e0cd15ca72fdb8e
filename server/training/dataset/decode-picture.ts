/** From the bytes of an image file to pixels, with its limits checked by the header first. */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';
import { BadInput } from '../../bad-input.ts';

/** A picture on someone's own disk may be a photo of any camera, and no more. */
const maxMegapixels = 50;

/** Longer side / shorter side of what is kept; of longer pictures, the middle. */
const longestRatio = 2;

export type PictureSize = { readonly width: number; readonly height: number };

/**
 * The size in which a picture is kept, from its header: upright, its shorter side at most `side`, never enlarged.
 * Rejects with BadInput, naming `file`, when it is no image or too large.
 */
export async function keptSize(bytes: Buffer, file: string, side: number): Promise<PictureSize> {
  const { width, height } = await upright(bytes, file);
  if (width * height > maxMegapixels * 1_000_000)
    throw new BadInput(
      `${file} has ${String(width)}x${String(height)} pixels; expected at most ${String(maxMegapixels)} megapixels.`,
    );
  const shorter = Math.min(width, height);
  const scale = Math.min(1, side / shorter);
  const kept = (length: number): number => Math.max(1, Math.round(Math.min(length, shorter * longestRatio) * scale));
  return { width: kept(width), height: kept(height) };
}

/**
 * Writes the picture, RGB `[size.height, size.width, 3]`, into `target`: upright, cut in the middle to the size's ratio,
 * resized; what is transparent becomes white. Rejects with BadInput, naming `file`, when it is broken or cut short.
 */
export async function decodePicture(
  bytes: Buffer,
  file: string,
  size: PictureSize,
  target: Pixels['data'],
): Promise<void> {
  try {
    const { data, info } = await image(bytes)
      .resize({ ...size, fit: 'cover' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const colours = info.channels;
    for (let i = 0; i < size.width * size.height; i++)
      for (let c = 0; c < 3; c++) target[i * 3 + c] = data[i * colours + (colours < 3 ? 0 : c)] ?? 0;
  } catch (cause) {
    throw broken(file, cause);
  }
}

async function upright(bytes: Buffer, file: string): Promise<PictureSize> {
  try {
    // Unlimited, because no pixel is decoded here: a picture that is too large is to be refused as such, not as broken.
    return (await image(bytes, false).metadata()).autoOrient;
  } catch (cause) {
    throw broken(file, cause);
  }
}

function image(bytes: Buffer, limitInputPixels: number | false = maxMegapixels * 1_000_000): Sharp {
  return sharp(bytes, { autoOrient: true, failOn: 'error', limitInputPixels, pages: 1 });
}

function broken(file: string, cause: unknown): BadInput {
  const [reason = ''] = String(cause).split('\n');
  return new BadInput(`${file} is not a picture that can be decoded (${reason}); repair it or take it out.`);
}
