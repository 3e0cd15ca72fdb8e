/** Takes what is looked at as it is at this moment, to be read elsewhere: the page itself never waits for pixels. */
import type { Frame } from '../recognition/api.ts';
import { cropSide } from '../recognition/api.ts';
import type { Picture } from './frame-source.ts';
import { sizeOf } from './frame-source.ts';
import type { View } from './viewfinder.ts';

/** `atMs` is the moment that the frame shows, by `performance.now`. */
type Taken = Pick<Frame, 'picture' | 'square'> & { readonly atMs: number };

/** Waits for a frame that has not been taken. Undefined when none will come; rejects with a DOMException when there is no picture. */
export async function takeFrame({ picture, guide, frames }: View): Promise<Taken | undefined> {
  const frame = await frames?.next();
  if (frames && !frame) return undefined;
  const atMs = performance.now();
  if (frame && isShownAsItIs(frame, picture)) return { picture: frame, square: guide.inPicture, atMs };
  frame?.close();
  const [x, y, side] = [guide.inPicture.x, guide.inPicture.y, guide.inPicture.side].map(Math.round) as Corner;
  // No larger than is needed; what has fewer pixels grows in the worker.
  const resized = Math.min(cropSide, side);
  const cut = await createImageBitmap(picture, x, y, side, side, {
    resizeWidth: resized,
    resizeHeight: resized,
    resizeQuality: 'medium',
  });
  return { picture: cut, square: { x: 0, y: 0, side: cut.width }, atMs };
}

type Corner = [x: number, y: number, side: number];

/** TypeScript's VideoFrame does not know yet that browsers may turn and mirror it. */
type Turned = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

/** Whether the guide, which lies in the picture as it is shown, lies in the frame at the same place. */
function isShownAsItIs(frame: Turned, picture: Picture): boolean {
  const { width, height } = sizeOf(picture);
  const turned = (frame.rotation ?? 0) !== 0 || frame.flip === true;
  return !turned && frame.displayWidth === width && frame.displayHeight === height;
}
