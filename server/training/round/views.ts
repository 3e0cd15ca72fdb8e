/** From a sample's JPEG to the inputs that a round learns from. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { ModelHash, SampleId } from '../../../protocol/ids.ts';
import { centralSquare, viewToInput } from '../../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Random } from '../../../protocol/learning/random.ts';
import { maxPixels } from '../../../protocol/limits.ts';
import { augmentations } from '../augment.ts';

/** Names how views are made. Give it another number whenever they come out otherwise, or old latents stand for new views. */
const recipe = 'views 1';

/** All that a sample's latents depend on beside its picture; the base names its bank too, and that the cut. */
export function latentsMadeBy(base: ModelHash, seed: number): string {
  return `${base}, ${recipe}, seed ${String(seed)}`;
}

/** Rejects when the bytes are no whole picture; what the hub stores always is one. */
export async function decodeSample(jpeg: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(jpeg, { limitInputPixels: maxPixels })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** Which sample's views, for which seed. */
export type ViewSource = { readonly id: SampleId; readonly seed: number };

/**
 * `count` inputs `[size, size, 3]`: as a device sees it, mirrored, and the rest random views. Each depends on the picture,
 * the sample, the seed and its own number alone.
 */
export function viewsOf(pixels: Pixels, size: number, count: number, source: ViewSource): readonly Float32Array[] {
  return Array.from({ length: count }, (_, i) => {
    const input = new Float32Array(size * size * 3);
    if (i < 2) viewToInput(pixels, { crop: centralSquare(pixels), flip: i === 1 }, size, input);
    else augmentations.mobile(pixels, size, randomOf(source, i), input);
    return input;
  });
}

function randomOf({ id, seed }: ViewSource, view: number): Random {
  const digest = createHash('sha256')
    .update(`${id} ${String(seed)} ${String(view)}`)
    .digest();
  return seededRandom(digest.readInt32LE());
}
