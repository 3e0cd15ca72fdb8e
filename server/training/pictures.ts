/** Many decoded pictures in one shared memory, so that threads read them without a copy. */
import type { Pixels } from '../../protocol/learning/preprocess.ts';

/** Picture `i` is RGB, row-major, from byte `offsets[i]` of `bytes`. All arrays lie in shared memory. */
export type Pictures = {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly offsets: Float64Array<SharedArrayBuffer>;
  readonly widths: Uint16Array<SharedArrayBuffer>;
  readonly heights: Uint16Array<SharedArrayBuffer>;
};

/** Room for pictures of these sizes in pixels, all black. */
export function blankPictures(sizes: readonly { readonly width: number; readonly height: number }[]): Pictures {
  const offsets = new Float64Array(new SharedArrayBuffer(sizes.length * 8));
  const widths = new Uint16Array(new SharedArrayBuffer(sizes.length * 2));
  const heights = new Uint16Array(new SharedArrayBuffer(sizes.length * 2));
  let end = 0;
  sizes.forEach(({ width, height }, i) => {
    offsets[i] = end;
    widths[i] = width;
    heights[i] = height;
    end += width * height * 3;
  });
  return { bytes: new Uint8Array(new SharedArrayBuffer(end)), offsets, widths, heights };
}

/** A view of picture `index`: writing to its data writes into `pictures`. Throws a RangeError when there is none. */
export function pictureAt(pictures: Pictures, index: number): Pixels {
  const offset = pictures.offsets[index];
  const width = pictures.widths[index];
  const height = pictures.heights[index];
  if (offset === undefined || width === undefined || height === undefined)
    throw new RangeError(`There is no picture ${String(index)}.`);
  const data = pictures.bytes.subarray(offset, offset + width * height * 3);
  return { data, width, height, channels: 3 };
}
