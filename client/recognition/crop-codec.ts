/** Crops to JPEG and back, in the browser's own codec. */
import type { Crop } from './api.ts';
import { cropSide } from './api.ts';

export interface CropCodec {
  encode(crop: Crop): Promise<Uint8Array<ArrayBuffer>>;
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<Crop>;
}

/** High enough that training sees what the device saw; about 15 KB a crop. */
const quality = 0.92;

export const canvasCropCodec: CropCodec = {
  async encode(crop) {
    const { canvas, context } = makeCanvas();
    context.putImageData(new ImageData(crop, cropSide, cropSide), 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    return new Uint8Array(await blob.arrayBuffer());
  },
  async decode(jpeg) {
    const { context } = makeCanvas();
    const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
    context.drawImage(bitmap, 0, 0, cropSide, cropSide);
    bitmap.close();
    return context.getImageData(0, 0, cropSide, cropSide).data;
  },
};

function makeCanvas(): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(cropSide, cropSide);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no 2D canvas in workers.');
  return { canvas, context };
}
