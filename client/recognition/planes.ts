/** A camera's frame as it comes from the camera: brightness and two colour differences, the latter at half the size. */
import { scratch } from '../../protocol/learning/scratch.ts';
import type { Square } from '../camera/guide.ts';

/** Every `step`-th byte from `offset` on is a sample; `stride` bytes a row. */
type Plane = { readonly offset: number; readonly stride: number; readonly step: number };

export type Planes = {
  readonly data: Uint8Array;
  /** Of the frame, in pixels; both are even. */
  readonly width: number;
  readonly height: number;
  /** Brightness, blue difference, red difference. */
  readonly luma: Plane;
  readonly blue: Plane;
  readonly red: Plane;
  readonly colours: Colours;
};

/** How samples become RGB: the shares of red and blue in the brightness, and whether it lies in 16..235 instead of 0..255. */
export type Colours = { readonly redShare: number; readonly blueShare: number; readonly limited: boolean };

/** ITU-R BT.601 and BT.709, by the names of WebCodecs. */
const shares: Readonly<Record<string, Pick<Colours, 'redShare' | 'blueShare'>>> = {
  bt470bg: { redShare: 0.299, blueShare: 0.114 },
  smpte170m: { redShare: 0.299, blueShare: 0.114 },
  bt709: { redShare: 0.2126, blueShare: 0.0722 },
};

/** Used for every frame: to get so much memory anew takes longer than to copy into it. */
let bytes = new Uint8Array();

/**
 * Copies the frame's planes into memory that the next call uses again. Undefined for a frame that says nothing of its planes or
 * colours, or that has to be turned.
 */
export async function planesOf(frame: VideoFrame): Promise<Planes | undefined> {
  const { format, displayWidth: width, displayHeight: height, visibleRect, colorSpace } = frame;
  const known = shares[colorSpace.matrix ?? ''];
  const upright = visibleRect?.width === width && visibleRect.height === height;
  const even = width % 2 === 0 && height % 2 === 0;
  if (!known || !upright || !even || (format !== 'I420' && format !== 'NV12')) return undefined;
  const needed = frame.allocationSize();
  if (bytes.length < needed) bytes = new Uint8Array(needed);
  const data = bytes;
  const layout = await frame.copyTo(data);
  const [luma, blue, red] = layout.map((plane) => ({ ...plane, step: 1 }));
  const colours = { ...known, limited: colorSpace.fullRange !== true };
  if (!luma || !blue) return undefined;
  if (red) return { data, width, height, luma, blue, red, colours };
  // NV12: blue and red take turns in one plane.
  const both = { ...blue, step: 2 };
  return { data, width, height, luma, blue: both, red: { ...both, offset: both.offset + 1 }, colours };
}

const means = { luma: scratch(Float32Array), blue: scratch(Float32Array), red: scratch(Float32Array) };

/**
 * The square as RGBA `[side, side, 4]`: each pixel is the mean of the samples that it covers, to half a sample. Where the
 * square is smaller than `side`, samples repeat.
 */
export function shrinkPlanes(planes: Planes, square: Square, side: number): Uint8ClampedArray<ArrayBuffer> {
  const { data, width, height, colours } = planes;
  const cells = side * side;
  const [luma, blue, red] = [means.luma(cells), means.blue(cells), means.red(cells)];
  shrink(data, planes.luma, cellsOf(square, { width, height }, side), luma);
  const half = { x: square.x / 2, y: square.y / 2, side: square.side / 2 };
  const halfCells = cellsOf(half, { width: width / 2, height: height / 2 }, side);
  shrink(data, planes.blue, halfCells, blue);
  shrink(data, planes.red, halfCells, red);
  return toRgba(luma, blue, red, colours);
}

/** Bounds of the output's columns and rows, in samples: column `i` covers from `left[i]` up to `right[i]`, not included. */
type Cells = {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly top: Int32Array;
  readonly end: Int32Array;
};

function cellsOf({ x, y, side: length }: Square, size: { width: number; height: number }, side: number): Cells {
  const [left, right] = boundsOf(x, length, size.width, side);
  const [top, end] = boundsOf(y, length, size.height, side);
  return { left, right, top, end };
}

/** First samples of `side` cells that share `length` samples from `from` on, and the ones after their last; below `limit`. */
function boundsOf(from: number, length: number, limit: number, side: number): readonly [Int32Array, Int32Array] {
  const [starts, ends] = [new Int32Array(side), new Int32Array(side)];
  for (let i = 0; i < side; i++) {
    const at = (cell: number): number => from + (cell * length) / side;
    const [start, end] = [Math.max(0, Math.round(at(i))), Math.min(limit, Math.round(at(i + 1)))];
    // A cell smaller than a sample is the sample in which it lies.
    const only = Math.min(limit - 1, Math.max(0, Math.floor(at(i + 0.5))));
    starts[i] = start < end ? start : only;
    ends[i] = start < end ? end : only + 1;
  }
  return [starts, ends];
}

/** Writes the mean of each cell's samples into `means` `[side, side]`: first the rows of a cell are added up, then its columns. */
function shrink(data: Uint8Array, { offset, stride, step }: Plane, cells: Cells, means: Float32Array): void {
  const { left, right, top, end } = cells;
  const side = left.length;
  const first = left[0] ?? 0;
  const sums = new Int32Array((right[side - 1] ?? 0) - first);
  for (let row = 0; row < side; row++) {
    const from = top[row] ?? 0;
    const to = end[row] ?? 0;
    sums.fill(0);
    for (let y = from; y < to; y++) {
      let at = offset + y * stride + first * step;
      for (let x = 0; x < sums.length; x++, at += step) sums[x] = (sums[x] ?? 0) + (data[at] ?? 0);
    }
    for (let column = 0; column < side; column++) {
      const start = left[column] ?? 0;
      const stop = right[column] ?? 0;
      let sum = 0;
      for (let x = start; x < stop; x++) sum += sums[x - first] ?? 0;
      means[row * side + column] = sum / ((to - from) * (stop - start));
    }
  }
}

function toRgba(
  luma: Float32Array,
  blue: Float32Array,
  red: Float32Array,
  colours: Colours,
): Uint8ClampedArray<ArrayBuffer> {
  const { redShare, blueShare, limited } = colours;
  const greenShare = 1 - redShare - blueShare;
  const black = limited ? 16 : 0;
  const scale = limited ? 255 / 219 : 1;
  // The differences span -1/2..1/2 of the range: 224 steps where it is limited.
  const spread = limited ? 255 / 224 : 1;
  const toRed = 2 * (1 - redShare) * spread;
  const toBlue = 2 * (1 - blueShare) * spread;
  const rgba = new Uint8ClampedArray(luma.length * 4);
  for (let i = 0; i < luma.length; i++) {
    const y = ((luma[i] ?? 0) - black) * scale;
    const r = y + toRed * ((red[i] ?? 0) - 128);
    const b = y + toBlue * ((blue[i] ?? 0) - 128);
    const at = i * 4;
    rgba[at] = r;
    rgba[at + 1] = (y - redShare * r - blueShare * b) / greenShare;
    rgba[at + 2] = b;
    rgba[at + 3] = 255;
  }
  return rgba;
}
