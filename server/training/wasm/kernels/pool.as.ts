/** Pooling of one picture `[h, w, c]`. Cells of padding take no part. */
import { add, clamp, fill, multiply } from './lanes.as';

/** The largest value of each window. */
export function maxPool(
  source: usize, height: i32, width: i32, channels: i32, side: i32, stride: i32, top: i32, left: i32,
  target: usize, outputHeight: i32, outputWidth: i32,
): void {
  const pixel = <usize>channels << 2;
  for (let y = 0; y < outputHeight; y++)
    for (let x = 0; x < outputWidth; x++) {
      const y0 = y * stride - top, x0 = x * stride - left;
      const firstY = max(0, y0), lastY = min(height, y0 + side), firstX = max(0, x0), lastX = min(width, x0 + side);
      for (let c = 0; c < channels; c += 4) {
        const at = <usize>c << 2, from = source + at, to = target + at;
        if (c + 4 <= channels) largest<v128>(from, pixel, width, firstY, lastY, firstX, lastX, to);
        else for (let i: usize = 0; i < <usize>(channels - c) << 2; i += 4) largest<f32>(from + i, pixel, width, firstY, lastY, firstX, lastX, to + i);
      }
      target += pixel;
    }
}

@inline
function largest<T>(source: usize, pixel: usize, width: i32, firstY: i32, lastY: i32, firstX: i32, lastX: i32, target: usize): void {
  let best = fill<T>(-Infinity);
  for (let y = firstY; y < lastY; y++)
    for (let x = firstX; x < lastX; x++) best = larger<T>(best, load<T>(source + <usize>(y * width + x) * pixel));
  store<T>(target, best);
}

@inline
function larger<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.max(a, b);
  else return max<f32>(a, b);
}

/**
 * Bias, activation (see norm.as.ts) and the largest value of each window of a convolution's sums, at once: y is what
 * pooling the activated sums would give, `winners` the cell (row * side + column) that the gradient goes back to, -1
 * where the activation is off. Of equal cells the first, row by row, wins.
 */
export function biasPool(
  sums: usize, height: i32, width: i32, channels: i32, side: i32, stride: i32, top: i32, left: i32,
  bias: usize, low: f32, high: f32, y: usize, winners: usize, outputHeight: i32, outputWidth: i32,
): void {
  const pixel = <usize>channels << 2;
  for (let row = 0; row < outputHeight; row++)
    for (let column = 0; column < outputWidth; column++) {
      const y0 = row * stride - top, x0 = column * stride - left;
      const firstY = max(0, -y0), lastY = min(side, height - y0), firstX = max(0, -x0), lastX = min(side, width - x0);
      const window = sums + <usize>(y0 * width + x0) * pixel;
      let c: i32 = 0;
      for (; c + 4 <= channels; c += 4) {
        const at = <usize>c << 2;
        let best = f32x4.splat(-Infinity), winner = i32x4.splat(-1);
        for (let dy = firstY; dy < lastY; dy++)
          for (let dx = firstX; dx < lastX; dx++) {
            const value = v128.load(window + <usize>(dy * width + dx) * pixel + at), larger = f32x4.gt(value, best);
            // A NaN is larger than nothing, and must not be lost.
            const taken = v128.or(larger, f32x4.ne(value, value));
            best = v128.bitselect(value, best, taken);
            winner = v128.bitselect(i32x4.splat(dy * side + dx), winner, taken);
          }
        best = f32x4.add(best, v128.load(bias + at));
        const on = v128.and(f32x4.gt(best, f32x4.splat(low)), f32x4.lt(best, f32x4.splat(high)));
        v128.store(y + at, clamp<v128>(best, low, high));
        v128.store(winners + at, v128.bitselect(winner, i32x4.splat(-1), on));
      }
      for (; c < channels; c++) {
        const at = <usize>c << 2;
        let best: f32 = -Infinity, winner = -1;
        for (let dy = firstY; dy < lastY; dy++)
          for (let dx = firstX; dx < lastX; dx++) {
            const value = load<f32>(window + <usize>(dy * width + dx) * pixel + at);
            if (value > best || value != value) {
              best = value;
              winner = dy * side + dx;
            }
          }
        best += load<f32>(bias + at);
        store<f32>(y + at, clamp<f32>(best, low, high));
        store<i32>(winners + at, best > low && best < high ? winner : -1);
      }
      y += pixel;
      winners += pixel;
    }
}

/** Adds the gradient of each window to its first cell, row by row, that holds the largest value. */
export function maxPoolGradient(
  source: usize, height: i32, width: i32, channels: i32, side: i32, stride: i32, top: i32, left: i32,
  output: usize, outputHeight: i32, outputWidth: i32, outputGradient: usize, sourceGradient: usize,
): void {
  const pixel = <usize>channels << 2;
  for (let y = 0; y < outputHeight; y++)
    for (let x = 0; x < outputWidth; x++) {
      const y0 = y * stride - top, x0 = x * stride - left;
      const firstY = max(0, y0), lastY = min(height, y0 + side), firstX = max(0, x0), lastX = min(width, x0 + side);
      let c: i32 = 0;
      for (; c + 4 <= channels; c += 4) {
        const at = <usize>c << 2, best = v128.load(output + at);
        let rest = v128.load(outputGradient + at);
        for (let sy = firstY; sy < lastY; sy++)
          for (let sx = firstX; sx < lastX; sx++) {
            const cell = <usize>(sy * width + sx) * pixel + at;
            const hit = f32x4.eq(v128.load(source + cell), best), to = sourceGradient + cell;
            v128.store(to, f32x4.add(v128.load(to), v128.and(rest, hit)));
            rest = v128.andnot(rest, hit);
          }
      }
      for (; c < channels; c++) {
        const at = <usize>c << 2, best = load<f32>(output + at);
        let found = false;
        for (let sy = firstY; sy < lastY; sy++)
          for (let sx = firstX; sx < lastX; sx++) {
            const cell = <usize>(sy * width + sx) * pixel + at;
            if (found || load<f32>(source + cell) != best) continue;
            found = true;
            const to = sourceGradient + cell;
            store<f32>(to, load<f32>(to) + load<f32>(outputGradient + at));
          }
      }
      output += pixel;
      outputGradient += pixel;
    }
}

/** The mean of each channel over `cells` pixels. */
export function averagePool(source: usize, cells: i32, channels: i32, target: usize): void {
  let c: i32 = 0;
  for (; c + 4 <= channels; c += 4) average<v128>(source + (<usize>c << 2), cells, channels, target + (<usize>c << 2));
  for (; c < channels; c++) average<f32>(source + (<usize>c << 2), cells, channels, target + (<usize>c << 2));
}

@inline
function average<T>(source: usize, cells: i32, channels: i32, target: usize): void {
  let sum = fill<T>(0);
  for (let i = 0; i < cells; i++) sum = add<T>(sum, load<T>(source + (<usize>(i * channels) << 2)));
  store<T>(target, multiply<T>(sum, fill<T>(<f32>1 / <f32>cells)));
}

/** Spreads the gradient of the mean over `cells` pixels, written or added. */
export function averagePoolGradient(outputGradient: usize, cells: i32, channels: i32, target: usize, accumulate: i32): void {
  let c: i32 = 0;
  for (; c + 4 <= channels; c += 4) spread<v128>(outputGradient + (<usize>c << 2), cells, channels, target + (<usize>c << 2), accumulate);
  for (; c < channels; c++) spread<f32>(outputGradient + (<usize>c << 2), cells, channels, target + (<usize>c << 2), accumulate);
}

@inline
function spread<T>(outputGradient: usize, cells: i32, channels: i32, target: usize, accumulate: i32): void {
  const share = multiply<T>(load<T>(outputGradient), fill<T>(<f32>1 / <f32>cells));
  for (let i = 0; i < cells; i++) {
    const to = target + (<usize>(i * channels) << 2);
    store<T>(to, accumulate ? add<T>(load<T>(to), share) : share);
  }
}
