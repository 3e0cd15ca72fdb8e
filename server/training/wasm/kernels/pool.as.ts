/** Pooling of one picture `[h, w, c]`. Cells of padding take no part. */
import { add, fill, multiply } from './lanes.as';

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
