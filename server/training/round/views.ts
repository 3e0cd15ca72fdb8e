/** From a sample's JPEG to the inputs that a round learns from. */
import sharp from 'sharp';
import { centralSquare, toInput, viewToInput } from '../../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';
import type { Random } from '../../../protocol/learning/random.ts';
import { maxPixels } from '../../../protocol/limits.ts';
import { augmentations } from '../augment.ts';

/** Rejects when the bytes are no whole picture; what the hub stores always is one. */
export async function decodeSample(jpeg: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(jpeg, { limitInputPixels: maxPixels })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** The input `[size, size, 3]` as a device sees it. */
export function plainView(pixels: Pixels, size: number): Float32Array {
  return toInput(pixels, size);
}

/** `count` inputs: as a device sees it, mirrored, and the rest random views. */
export function trainingViews(pixels: Pixels, size: number, count: number, random: Random): readonly Float32Array[] {
  return Array.from({ length: count }, (_, i) => {
    const input = new Float32Array(size * size * 3);
    if (i < 2) viewToInput(pixels, { crop: centralSquare(pixels), flip: i === 1 }, size, input);
    else augmentations.mobile(pixels, size, random, input);
    return input;
  });
}
