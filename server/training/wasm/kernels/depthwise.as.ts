/**
 * Depthwise convolution of one padded picture (see `pad`). The gradient of its input is the same kernel with the taps in
 * reverse over a padded, spread gradient. 3x3, the kernel of `mobile`, is written out; rows stay in the first cache.
 */
import { add, fill, multiplyAdd } from './lanes.as';

/** `tapStride` floats lie between two taps of `kernel`; negative to run through them in reverse. */
export function depthwise(
  source: usize, paddedWidth: i32, channels: i32, side: i32, stride: i32, kernel: usize, tapStride: i32,
  target: usize, height: i32, width: i32, accumulate: i32,
): void {
  const line = <usize>(paddedWidth * channels) << 2, pixel = <usize>channels << 2, tap = <isize>tapStride << 2;
  for (let y = 0; y < height; y++) {
    const from = source + <usize>(y * stride) * line, to = target + <usize>(y * width) * pixel;
    let c: i32 = 0;
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      if (side == 3) row3<v128>(from + at, line, pixel, stride, kernel + at, tap, to + at, width, accumulate);
      else row<v128>(from + at, line, pixel, side, stride, kernel + at, tap, to + at, width, accumulate);
    }
    for (; c < channels; c++) {
      const at = <usize>c << 2;
      row<f32>(from + at, line, pixel, side, stride, kernel + at, tap, to + at, width, accumulate);
    }
  }
}

/** Adds the gradient of the kernel `[side, side, channels]` for one picture: padded input times gradient of the output. */
export function depthwiseKernelGradient(
  source: usize, paddedWidth: i32, channels: i32, side: i32, stride: i32, gradient: usize, height: i32, width: i32, kernelGradient: usize,
): void {
  const line = <usize>(paddedWidth * channels) << 2, pixel = <usize>channels << 2;
  for (let y = 0; y < height; y++) {
    const from = source + <usize>(y * stride) * line, g = gradient + <usize>(y * width) * pixel;
    let c: i32 = 0;
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      if (side == 3) rowGradient3<v128>(from + at, line, pixel, stride, g + at, width, kernelGradient + at);
      else rowGradient<v128>(from + at, line, pixel, side, stride, g + at, width, kernelGradient + at);
    }
    for (; c < channels; c++) {
      const at = <usize>c << 2;
      rowGradient<f32>(from + at, line, pixel, side, stride, g + at, width, kernelGradient + at);
    }
  }
}

@inline
function row3<T>(
  source: usize, line: usize, pixel: usize, stride: i32, kernel: usize, tap: isize, target: usize, width: i32, accumulate: i32,
): void {
  const k0 = load<T>(kernel), k1 = load<T>(kernel + tap), k2 = load<T>(kernel + 2 * tap);
  const k3 = load<T>(kernel + 3 * tap), k4 = load<T>(kernel + 4 * tap), k5 = load<T>(kernel + 5 * tap);
  const k6 = load<T>(kernel + 6 * tap), k7 = load<T>(kernel + 7 * tap), k8 = load<T>(kernel + 8 * tap);
  const step = <usize>stride * pixel;
  let top = source, middle = source + line, bottom = source + 2 * line;
  for (let x = 0; x < width; x++) {
    let a = accumulate ? load<T>(target) : fill<T>(0);
    a = multiplyAdd<T>(load<T>(top), k0, a);
    let b = multiplyAdd<T>(load<T>(middle), k3, fill<T>(0));
    let c = multiplyAdd<T>(load<T>(bottom), k6, fill<T>(0));
    a = multiplyAdd<T>(load<T>(top + pixel), k1, a);
    b = multiplyAdd<T>(load<T>(middle + pixel), k4, b);
    c = multiplyAdd<T>(load<T>(bottom + pixel), k7, c);
    a = multiplyAdd<T>(load<T>(top + 2 * pixel), k2, a);
    b = multiplyAdd<T>(load<T>(middle + 2 * pixel), k5, b);
    c = multiplyAdd<T>(load<T>(bottom + 2 * pixel), k8, c);
    store<T>(target, add<T>(a, add<T>(b, c)));
    top += step;
    middle += step;
    bottom += step;
    target += pixel;
  }
}

@inline
function row<T>(
  source: usize, line: usize, pixel: usize, side: i32, stride: i32, kernel: usize, tap: isize, target: usize, width: i32,
  accumulate: i32,
): void {
  for (let x = 0; x < width; x++) {
    let sum = accumulate ? load<T>(target) : fill<T>(0);
    let weight = kernel;
    for (let ky = 0; ky < side; ky++)
      for (let kx = 0; kx < side; kx++) {
        sum = multiplyAdd<T>(load<T>(source + <usize>ky * line + <usize>kx * pixel), load<T>(weight), sum);
        weight += tap;
      }
    store<T>(target, sum);
    source += <usize>stride * pixel;
    target += pixel;
  }
}

@inline
function rowGradient3<T>(
  source: usize, line: usize, pixel: usize, stride: i32, gradient: usize, width: i32, target: usize,
): void {
  let k0 = load<T>(target), k1 = load<T>(target + pixel), k2 = load<T>(target + 2 * pixel);
  let k3 = load<T>(target + 3 * pixel), k4 = load<T>(target + 4 * pixel), k5 = load<T>(target + 5 * pixel);
  let k6 = load<T>(target + 6 * pixel), k7 = load<T>(target + 7 * pixel), k8 = load<T>(target + 8 * pixel);
  const step = <usize>stride * pixel;
  let top = source, middle = source + line, bottom = source + 2 * line;
  for (let x = 0; x < width; x++) {
    const g = load<T>(gradient);
    k0 = multiplyAdd<T>(load<T>(top), g, k0);
    k1 = multiplyAdd<T>(load<T>(top + pixel), g, k1);
    k2 = multiplyAdd<T>(load<T>(top + 2 * pixel), g, k2);
    k3 = multiplyAdd<T>(load<T>(middle), g, k3);
    k4 = multiplyAdd<T>(load<T>(middle + pixel), g, k4);
    k5 = multiplyAdd<T>(load<T>(middle + 2 * pixel), g, k5);
    k6 = multiplyAdd<T>(load<T>(bottom), g, k6);
    k7 = multiplyAdd<T>(load<T>(bottom + pixel), g, k7);
    k8 = multiplyAdd<T>(load<T>(bottom + 2 * pixel), g, k8);
    top += step;
    middle += step;
    bottom += step;
    gradient += pixel;
  }
  store<T>(target, k0);
  store<T>(target + pixel, k1);
  store<T>(target + 2 * pixel, k2);
  store<T>(target + 3 * pixel, k3);
  store<T>(target + 4 * pixel, k4);
  store<T>(target + 5 * pixel, k5);
  store<T>(target + 6 * pixel, k6);
  store<T>(target + 7 * pixel, k7);
  store<T>(target + 8 * pixel, k8);
}

@inline
function rowGradient<T>(
  source: usize, line: usize, pixel: usize, side: i32, stride: i32, gradient: usize, width: i32, target: usize,
): void {
  for (let ky = 0; ky < side; ky++)
    for (let kx = 0; kx < side; kx++) {
      let sum = load<T>(target);
      let from = source + <usize>ky * line + <usize>kx * pixel, g = gradient;
      for (let x = 0; x < width; x++) {
        sum = multiplyAdd<T>(load<T>(from), load<T>(g), sum);
        from += <usize>stride * pixel;
        g += pixel;
      }
      store<T>(target, sum);
      target += pixel;
    }
}
