/** Reads a QR code from a page as a phone's camera would: from its pixels, with a reader that is none of ours. */
import { createRequire } from 'node:module';
import type jsqr from 'jsqr';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';

// Its types describe an ES module, and it is none.
const readCode = createRequire(import.meta.url)('jsqr') as typeof jsqr.default;

/** What the code on this element says; undefined when nothing can be read there. Light on dark is not read: not every phone does. */
export async function codeOn(element: Locator): Promise<string | undefined> {
  const picture = sharp(await element.screenshot())
    .ensureAlpha()
    .raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return readCode(new Uint8ClampedArray(data), info.width, info.height, { inversionAttempts: 'dontInvert' })?.data;
}
