/** Padding, cropping and im2col of one picture `[h, w, c]`: windows over a padded picture need no bounds checks. */
import { add } from './lanes.as';

/**
 * Copies a picture into a zeroed one of `paddedHeight` x `paddedWidth`, its pixel (y, x) to (top + y * spacing,
 * left + x * spacing). What falls outside is left out.
 */
export function pad(
  source: usize, height: i32, width: i32, channels: i32, top: i32, left: i32, spacing: i32,
  target: usize, paddedHeight: i32, paddedWidth: i32,
): void {
  const pixel = <usize>channels << 2;
  memory.fill(target, 0, <usize>(paddedHeight * paddedWidth) * pixel);
  for (let y = 0; y < height; y++) {
    const row = top + y * spacing;
    if (row < 0 || row >= paddedHeight) continue;
    const from = source + <usize>(y * width) * pixel, to = target + <usize>(row * paddedWidth + left) * pixel;
    if (spacing == 1) memory.copy(to, from, <usize>min(width, paddedWidth - left) * pixel);
    else
      for (let x = 0; x < width && left + x * spacing < paddedWidth; x++)
        copyFloats(to + <usize>(x * spacing) * pixel, from + <usize>x * pixel, channels);
  }
}

/** The inverse of `pad` with spacing 1: the picture inside a padded one, written or added to `target`. */
export function crop(
  source: usize, paddedHeight: i32, paddedWidth: i32, channels: i32, top: i32, left: i32,
  target: usize, height: i32, width: i32, accumulate: i32,
): void {
  const row = <usize>(width * channels) << 2, inside = min(width, paddedWidth - left) * channels;
  if (!accumulate) memory.fill(target, 0, row * height);
  for (let y = 0; y < height && top + y < paddedHeight; y++)
    addFloats(target + y * row, source + (<usize>(((top + y) * paddedWidth + left) * channels) << 2), inside);
}

/** Output rows `firstRow`... of a convolution as a matrix `[rows * outputWidth, kernel * kernel * channels]`. */
export function unfold(
  source: usize, paddedWidth: i32, channels: i32, kernel: i32, stride: i32,
  firstRow: i32, rows: i32, outputWidth: i32, target: usize,
): void {
  const run = kernel * channels, bytes = <usize>run << 2, line = <usize>(paddedWidth * channels) << 2;
  for (let y = firstRow; y < firstRow + rows; y++)
    for (let x = 0; x < outputWidth; x++) {
      let from = source + (<usize>((y * stride * paddedWidth + x * stride) * channels) << 2);
      for (let ky = 0; ky < kernel; ky++) {
        copyFloats(target, from, run);
        target += bytes;
        from += line;
      }
    }
}

/** The gradient of `unfold`: adds the matrix back onto the padded picture. */
export function fold(
  target: usize, paddedWidth: i32, channels: i32, kernel: i32, stride: i32,
  firstRow: i32, rows: i32, outputWidth: i32, source: usize,
): void {
  const run = kernel * channels, bytes = <usize>run << 2, line = <usize>(paddedWidth * channels) << 2;
  for (let y = firstRow; y < firstRow + rows; y++)
    for (let x = 0; x < outputWidth; x++) {
      let to = target + (<usize>((y * stride * paddedWidth + x * stride) * channels) << 2);
      for (let ky = 0; ky < kernel; ky++) {
        addFloats(to, source, run);
        source += bytes;
        to += line;
      }
    }
}

/** Sets `bytes` bytes to zero. */
export function zero(target: usize, bytes: usize): void {
  memory.fill(target, 0, bytes);
}

/** target = source, or target += source; `count` floats. */
export function accumulate(target: usize, source: usize, count: i32, add: i32): void {
  if (add) addFloats(target, source, count);
  else memory.copy(target, source, <usize>count << 2);
}

/** target = a + b; `count` floats. */
export function addTensors(a: usize, b: usize, target: usize, count: i32): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize>i << 2;
    v128.store(target + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(target + at, load<f32>(a + at) + load<f32>(b + at));
  }
}

@inline
function copyFloats(target: usize, source: usize, count: i32): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) v128.store(target + (<usize>i << 2), v128.load(source + (<usize>i << 2)));
  for (; i < count; i++) store<f32>(target + (<usize>i << 2), load<f32>(source + (<usize>i << 2)));
}

@inline
function addFloats(target: usize, source: usize, count: i32): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) addAt<v128>(target + (<usize>i << 2), source + (<usize>i << 2));
  for (; i < count; i++) addAt<f32>(target + (<usize>i << 2), source + (<usize>i << 2));
}

@inline
function addAt<T>(target: usize, source: usize): void {
  store<T>(target, add<T>(load<T>(target), load<T>(source)));
}
