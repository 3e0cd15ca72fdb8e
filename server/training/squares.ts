/** Pictures cut to their central square and shrunk to a network's input, still as bytes. */
import { toInput } from '../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../protocol/learning/preprocess.ts';
import { blankPictures, pictureAt } from './pictures.ts';
import type { Pictures } from './pictures.ts';

/** RGB `[size, size, 3]`: what `toInput` makes of `pixels`, in 8 bits. A square of that size is given back as it is. */
export function squareOf(pixels: Pixels, size: number): Pixels {
  if (pixels.width === size && pixels.height === size && pixels.channels === 3) return pixels;
  const input = toInput(pixels, size);
  const data = new Uint8ClampedArray(input.length); // rounds what it is given
  for (let i = 0; i < data.length; i++) data[i] = ((input[i] ?? 0) + 1) * 127.5;
  return { data, width: size, height: size, channels: 3 };
}

/** The squares of all `pictures`, in their order. */
export function squaresOf(pictures: Pictures, size: number): Pictures {
  const squares = blankPictures(Array.from(pictures.widths, () => ({ width: size, height: size })));
  pictures.widths.forEach((_, i) => {
    pictureAt(squares, i).data.set(squareOf(pictureAt(pictures, i), size).data);
  });
  return squares;
}
