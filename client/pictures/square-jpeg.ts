/** A picture file as a sample's picture: its central square, as the camera's own crops are. */
import { cropSide } from '../recognition/api.ts';
import { canvasCropCodec } from '../recognition/crop-codec.ts';

/** Smaller pictures have nothing to see in them. */
const smallestSide = 32;

export type Squared =
  | { readonly kind: 'jpeg'; readonly jpeg: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-small' };

export async function squareJpeg(file: Blob): Promise<Squared> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { kind: 'unreadable' };
  }
  try {
    const side = Math.min(bitmap.width, bitmap.height);
    if (side < smallestSide) return { kind: 'too-small' };
    const context = new OffscreenCanvas(cropSide, cropSide).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser has no 2D canvas.');
    context.imageSmoothingQuality = 'high';
    const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    context.drawImage(bitmap, x, y, side, side, 0, 0, cropSide, cropSide);
    return { kind: 'jpeg', jpeg: await canvasCropCodec.encode(context.getImageData(0, 0, cropSide, cropSide).data) };
  } finally {
    bitmap.close();
  }
}
