/** Is this the picture of a sample? By its header first: nothing large is ever decoded. */
import sharp from 'sharp';
import { maxPixels } from '../../protocol/limits.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';
import { bareJpeg } from './jpeg.ts';

export type PictureCheck =
  | { readonly ok: true; readonly jpeg: Uint8Array }
  | { readonly ok: false; readonly code: RefusalCode; readonly text: string };

// Pictures come once; libvips' cache of operations would only hold memory.
sharp.cache(false);

/** Resolves with the picture without its metadata, pixels untouched, or with why it is none. Never rejects. */
export async function checkPicture(file: Uint8Array): Promise<PictureCheck> {
  const bare = bareJpeg(file);
  if ('problem' in bare) return notAnImage(bare.problem);
  const { width, height, bytes } = bare;
  if (width === 0 || height === 0) return notAnImage('its picture has no size');
  if (width * height > maxPixels)
    return {
      ok: false,
      code: 'too-many-pixels',
      text: `Expected at most ${String(maxPixels)} pixels, came ${String(width)} x ${String(height)}.`,
    };
  try {
    // Only a full decode shows that the coded data are whole.
    await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'warning' }).raw().toBuffer();
  } catch {
    // The decoder's own words can quote what came.
    return notAnImage('it ends early or is damaged');
  }
  return { ok: true, jpeg: bytes };
}

function notAnImage(problem: string): PictureCheck {
  return { ok: false, code: 'not-an-image', text: `Expected a whole JPEG picture, but ${problem}.` };
}
