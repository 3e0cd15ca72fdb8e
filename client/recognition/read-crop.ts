/** Cuts the guide's square out of a frame, in the worker, so that the page never waits for pixels. */
import type { Square } from '../camera/guide.ts';
import type { Crop, Frame } from './api.ts';
import { cropSide } from './api.ts';
import { planesOf, shrinkPlanes } from './planes.ts';

/**
 * The square of `picture` as RGBA `[cropSide, cropSide, 4]`; the picture is closed. A camera's own planes are read where
 * they can be: drawing a frame first turns all of it to RGB, which takes ten times as long.
 */
export async function readCrop({ picture, square }: Frame): Promise<Crop> {
  try {
    const planes = picture instanceof VideoFrame ? await planesOf(picture) : undefined;
    return planes ? shrinkPlanes(planes, square, cropSide) : drawn(picture, square);
  } finally {
    picture.close();
  }
}

let context: OffscreenCanvasRenderingContext2D | null = null;

function drawn(picture: Frame['picture'], { x, y, side }: Square): Crop {
  context ??= new OffscreenCanvas(cropSide, cropSide).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no 2D canvas in workers.');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture, x, y, side, side, 0, 0, cropSide, cropSide);
  return context.getImageData(0, 0, cropSide, cropSide).data;
}
