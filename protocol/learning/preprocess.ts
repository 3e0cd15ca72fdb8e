/**
 * The only place where pixels become a network's input: the same code in the browser, on the hub and in pre-training,
 * so that a model sees in use what it saw in training.
 */

import { scratch } from './scratch.ts';

/** Bytes of a picture, row-major, `[height, width, channels]`; a fourth channel (alpha) is ignored. */
export type Pixels = {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
};

/** A rectangle of whole pixels inside a picture. */
export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** How to read a picture: which part of it, and whether mirrored left to right. */
export type View = { readonly crop: Crop; readonly flip: boolean };

/** The largest square in the middle; of an odd rest, the smaller half is cut off before it. */
export function centralSquare(picture: { readonly width: number; readonly height: number }): Crop {
  const side = Math.min(picture.width, picture.height);
  const x = Math.floor((picture.width - side) / 2);
  const y = Math.floor((picture.height - side) / 2);
  return { x, y, width: side, height: side };
}

/** The input `[size, size, 3]`, from -1 (0) to 1 (255), of the central square of `pixels`. */
export function toInput(pixels: Pixels, size: number): Float32Array<ArrayBuffer> {
  const input = new Float32Array(size * size * 3);
  viewToInput(pixels, { crop: centralSquare(pixels), flip: false }, size, input);
  return input;
}

/**
 * Writes the input `[size, size, 3]` of a view of `pixels` into `input`: resized with a triangle filter that widens when
 * the picture shrinks (no aliasing; bilinear when it grows), stretched when the crop is not square, scaled to x / 127.5 - 1.
 * Pixels outside the crop have no influence. Throws a RangeError when the crop does not lie inside the picture.
 */
export function viewToInput(pixels: Pixels, view: View, size: number, input: Float32Array): void {
  const { crop } = view;
  if (!liesInside(crop, pixels))
    throw new RangeError(
      `Crop ${JSON.stringify(crop)} is not inside ${String(pixels.width)}x${String(pixels.height)}.`,
    );
  const rows = shrinkRows(pixels, crop, view.flip, size);
  shrinkColumns(rows, filterFor(crop.height, size), size * 3, input);
}

/** Output cell `i` is the sum over `k < count[i]` of `weights[i * taps + k]` times source cell `first[i] + k`. */
type Filter = {
  readonly taps: number;
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
};

const filters = new Map<string, Filter>();
/** Sides of pictures vary little in one program; a program that meets more starts afresh rather than grow. */
const maxFilters = 1024;

function filterFor(length: number, size: number): Filter {
  const key = `${String(length)}>${String(size)}`;
  const known = filters.get(key);
  if (known) return known;
  if (filters.size >= maxFilters) filters.clear();
  const filter = triangleFilter(length, size);
  filters.set(key, filter);
  return filter;
}

function triangleFilter(length: number, size: number): Filter {
  const scale = length / size;
  const radius = Math.max(1, scale);
  const taps = Math.ceil(2 * radius) + 1;
  const filter = {
    taps,
    first: new Int32Array(size),
    count: new Int32Array(size),
    weights: new Float32Array(size * taps),
  };
  for (let i = 0; i < size; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - radius));
    const end = Math.min(length, Math.ceil(centre + radius));
    const raw = Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / radius),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    filter.first[i] = first;
    filter.count[i] = end - first;
    filter.weights.set(
      raw.map((weight) => weight / sum),
      i * taps,
    );
  }
  return filter;
}

const scratchRows = scratch(Float32Array);

/** `[crop.height, size, 3]`, still from 0 to 255: the picture resized along its rows. In scratch memory. */
function shrinkRows(pixels: Pixels, crop: Crop, flip: boolean, size: number): Float32Array {
  const { data, channels } = pixels;
  const { taps, first, count, weights } = filterFor(crop.width, size);
  const rows = scratchRows(crop.height * size * 3);
  for (let y = 0; y < crop.height; y++) {
    const row = ((crop.y + y) * pixels.width + crop.x) * channels;
    for (let i = 0; i < size; i++) {
      let at = row + (first[i] ?? 0) * channels;
      let r = 0;
      let g = 0;
      let b = 0;
      const end = i * taps + (count[i] ?? 0);
      for (let tap = i * taps; tap < end; tap++, at += channels) {
        const weight = weights[tap] ?? 0;
        r += weight * (data[at] ?? 0);
        g += weight * (data[at + 1] ?? 0);
        b += weight * (data[at + 2] ?? 0);
      }
      const out = (y * size + (flip ? size - 1 - i : i)) * 3;
      rows[out] = r;
      rows[out + 1] = g;
      rows[out + 2] = b;
    }
  }
  return rows;
}

/** `[size, width]` from `rows` `[height, width]`, resized along the columns and scaled from 0..255 to -1..1. */
function shrinkColumns(rows: Float32Array, filter: Filter, width: number, input: Float32Array): void {
  const { taps, first, count, weights } = filter;
  for (let i = 0; i < first.length; i++) {
    const out = i * width;
    for (let x = 0; x < width; x++) {
      let at = (first[i] ?? 0) * width + x;
      let sum = 0;
      const end = i * taps + (count[i] ?? 0);
      for (let tap = i * taps; tap < end; tap++, at += width) sum += (weights[tap] ?? 0) * (rows[at] ?? 0);
      input[out + x] = sum / 127.5 - 1;
    }
  }
}

function liesInside({ x, y, width, height }: Crop, picture: Pixels): boolean {
  const whole = [x, y, width, height].every((n) => Number.isInteger(n) && n >= 0);
  return whole && width > 0 && height > 0 && x + width <= picture.width && y + height <= picture.height;
}
