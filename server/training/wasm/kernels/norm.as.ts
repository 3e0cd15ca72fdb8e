/**
 * Bias, activation and batch normalisation over `[rows, channels]`. An activation is the interval [low, high] to which it
 * clamps: none is (-inf, inf), relu (0, inf), relu6 (0, 6).
 */
import { add, clamp, fill, multiply, multiplyAdd, subtract, within } from './lanes.as';

/** y = clamp(y + bias) in place; rows lie `stride` floats apart. */
export function biasActivate(y: usize, rows: i32, columns: i32, stride: i32, bias: usize, low: f32, high: f32): void {
  for (let r = 0; r < rows; r++) {
    let c: i32 = 0;
    for (; c + 4 <= columns; c += 4) biasActivateAt<v128>(y + (<usize>c << 2), bias + (<usize>c << 2), low, high);
    for (; c < columns; c++) biasActivateAt<f32>(y + (<usize>c << 2), bias + (<usize>c << 2), low, high);
    y += <usize>stride << 2;
  }
}

@inline
function biasActivateAt<T>(y: usize, bias: usize, low: f32, high: f32): void {
  store<T>(y, clamp<T>(add<T>(load<T>(y), load<T>(bias)), low, high));
}

/**
 * The gradient through an activation behind a bias, in place: kept where `y` is strictly inside the interval. Adds the sum
 * of each column to `sums`.
 */
export function biasGradient(gradient: usize, y: usize, rows: i32, columns: i32, low: f32, high: f32, sums: usize): void {
  const row = <usize>columns << 2;
  let c: i32 = 0;
  for (; c + 16 <= columns; c += 16) {
    const at = <usize>c << 2;
    let g = gradient + at, from = y + at;
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    for (let r = rows; r > 0; r--) {
      s0 = f32x4.add(s0, biasGradientAt<v128>(g, from, low, high));
      s1 = f32x4.add(s1, biasGradientAt<v128>(g + 16, from + 16, low, high));
      s2 = f32x4.add(s2, biasGradientAt<v128>(g + 32, from + 32, low, high));
      s3 = f32x4.add(s3, biasGradientAt<v128>(g + 48, from + 48, low, high));
      g += row;
      from += row;
    }
    v128.store(sums + at, f32x4.add(v128.load(sums + at), s0));
    v128.store(sums + at, f32x4.add(v128.load(sums + at, 16), s1), 16);
    v128.store(sums + at, f32x4.add(v128.load(sums + at, 32), s2), 32);
    v128.store(sums + at, f32x4.add(v128.load(sums + at, 48), s3), 48);
  }
  for (; c + 4 <= columns; c += 4) biasGradientColumn<v128>(gradient + (<usize>c << 2), y + (<usize>c << 2), rows, row, low, high, sums + (<usize>c << 2));
  for (; c < columns; c++) biasGradientColumn<f32>(gradient + (<usize>c << 2), y + (<usize>c << 2), rows, row, low, high, sums + (<usize>c << 2));
}

@inline
function biasGradientAt<T>(gradient: usize, y: usize, low: f32, high: f32): T {
  const g = within<T>(load<T>(gradient), load<T>(y), low, high);
  store<T>(gradient, g);
  return g;
}

@inline
function biasGradientColumn<T>(gradient: usize, y: usize, rows: i32, row: usize, low: f32, high: f32, sum: usize): void {
  let total = fill<T>(0);
  for (let r = 0; r < rows; r++) {
    total = add<T>(total, biasGradientAt<T>(gradient, y, low, high));
    gradient += row;
    y += row;
  }
  store<T>(sum, add<T>(load<T>(sum), total));
}

/** The gradient through the activation, in place: kept where `y` is strictly inside the interval. */
export function activationGradient(gradient: usize, y: usize, count: i32, low: f32, high: f32): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) activationGradientAt<v128>(gradient + (<usize>i << 2), y + (<usize>i << 2), low, high);
  for (; i < count; i++) activationGradientAt<f32>(gradient + (<usize>i << 2), y + (<usize>i << 2), low, high);
}

@inline
function activationGradientAt<T>(gradient: usize, y: usize, low: f32, high: f32): void {
  store<T>(gradient, within<T>(load<T>(gradient), load<T>(y), low, high));
}

/** Adds the sum of each column to `sums`; rows lie `stride` floats apart. */
export function columnSums(x: usize, rows: i32, columns: i32, stride: i32, sums: usize): void {
  let c: i32 = 0;
  for (; c + 4 <= columns; c += 4) columnSum<v128>(x + (<usize>c << 2), rows, <usize>stride << 2, sums + (<usize>c << 2));
  for (; c < columns; c++) columnSum<f32>(x + (<usize>c << 2), rows, <usize>stride << 2, sums + (<usize>c << 2));
}

@inline
function columnSum<T>(x: usize, rows: i32, stride: usize, sum: usize): void {
  let total = fill<T>(0);
  for (let r = 0; r < rows; r++) {
    total = add<T>(total, load<T>(x));
    x += stride;
  }
  store<T>(sum, add<T>(load<T>(sum), total));
}

/**
 * Adds each channel's sums of z - origin and of (z - origin)^2 to `sums` `[2, channels]`. An origin near the mean keeps
 * the variance precise in single precision.
 */
export function moments(z: usize, rows: i32, channels: i32, origin: usize, sums: usize): void {
  let c: i32 = 0;
  for (; c + 4 <= channels; c += 4) channelMoments<v128>(z + (<usize>c << 2), rows, channels, origin + (<usize>c << 2), sums + (<usize>c << 2));
  for (; c < channels; c++) channelMoments<f32>(z + (<usize>c << 2), rows, channels, origin + (<usize>c << 2), sums + (<usize>c << 2));
}

@inline
function channelMoments<T>(z: usize, rows: i32, channels: i32, origin: usize, sums: usize): void {
  const pixel = <usize>channels << 2, zero = load<T>(origin);
  let sum = fill<T>(0), squares = fill<T>(0);
  for (let r = 0; r < rows; r++) {
    const d = subtract<T>(load<T>(z), zero);
    sum = add<T>(sum, d);
    squares = multiplyAdd<T>(d, d, squares);
    z += pixel;
  }
  store<T>(sums, add<T>(load<T>(sums), sum));
  store<T>(sums + pixel, add<T>(load<T>(sums + pixel), squares));
}

/**
 * From the threads' `moments` (`parts` of them, `partStride` bytes apart, around `origin`) to the batch's coefficients.
 * `count` values went into each channel.
 */
export function batchCoefficients(
  channels: i32, sums: usize, parts: i32, partStride: usize, count: f32, origin: usize, gamma: usize, beta: usize,
  coefficients: usize, epsilon: f32,
): void {
  const pixel = <usize>channels << 2;
  for (let at: usize = 0; at < pixel; at += 4) {
    let sum: f64 = 0, squares: f64 = 0;
    for (let part = 0; part < parts; part++) {
      sum += <f64>load<f32>(sums + part * partStride + at);
      squares += <f64>load<f32>(sums + part * partStride + pixel + at);
    }
    const offset = sum / count, variance = <f32>max<f64>(0, squares / count - offset * offset);
    const mean = <f32>(<f64>load<f32>(origin + at) + offset);
    setCoefficients(coefficients + at, pixel, mean, variance, load<f32>(gamma + at), load<f32>(beta + at), epsilon);
  }
}

/** The same coefficients from the moving statistics. */
export function movingCoefficients(
  channels: i32, gamma: usize, beta: usize, movingMean: usize, movingVariance: usize, coefficients: usize, epsilon: f32,
): void {
  const pixel = <usize>channels << 2;
  for (let at: usize = 0; at < pixel; at += 4) {
    const mean = load<f32>(movingMean + at), variance = load<f32>(movingVariance + at);
    setCoefficients(coefficients + at, pixel, mean, variance, load<f32>(gamma + at), load<f32>(beta + at), epsilon);
  }
}

/** Coefficients lie as `[mean, 1 / deviation, scale, shift, variance]`, each `[channels]`; NaN variance stays NaN. */
function setCoefficients(target: usize, pixel: usize, mean: f32, variance: f32, gamma: f32, beta: f32, epsilon: f32): void {
  const inverse: f32 = 1 / sqrt<f32>(variance + epsilon), scale = gamma * inverse;
  store<f32>(target, mean);
  store<f32>(target + pixel, inverse);
  store<f32>(target + 2 * pixel, scale);
  store<f32>(target + 3 * pixel, beta - mean * scale);
  store<f32>(target + 4 * pixel, variance);
}

/** moving = momentum * moving + (1 - momentum) * batch; `count` floats. */
export function moveStatistics(count: i32, moving: usize, batch: usize, momentum: f32): void {
  for (let i = 0; i < count; i++) {
    const at = moving + (<usize>i << 2);
    store<f32>(at, momentum * load<f32>(at) + (1 - momentum) * load<f32>(batch + (<usize>i << 2)));
  }
}

/** y = clamp(z * scale + shift). */
export function normalize(z: usize, rows: i32, channels: i32, coefficients: usize, y: usize, low: f32, high: f32): void {
  const pixel = <usize>channels << 2, scale = coefficients + 2 * pixel;
  for (let r = 0; r < rows; r++) {
    let c: i32 = 0;
    for (; c + 4 <= channels; c += 4) normalizeAt<v128>(z + (<usize>c << 2), scale + (<usize>c << 2), pixel, y + (<usize>c << 2), low, high);
    for (; c < channels; c++) normalizeAt<f32>(z + (<usize>c << 2), scale + (<usize>c << 2), pixel, y + (<usize>c << 2), low, high);
    z += pixel;
    y += pixel;
  }
}

@inline
function normalizeAt<T>(z: usize, scale: usize, pixel: usize, y: usize, low: f32, high: f32): void {
  store<T>(y, clamp<T>(multiplyAdd<T>(load<T>(z), load<T>(scale), load<T>(scale + pixel)), low, high));
}

/**
 * First half of the gradient: g = gradient through the activation, in place; adds each channel's sums of g and of
 * g * (z - mean) to `sums` `[2, channels]`. What went into the activation is computed again from z, which costs less
 * than reading the output.
 */
export function normGradientSums(
  gradient: usize, z: usize, rows: i32, channels: i32, coefficients: usize, low: f32, high: f32, sums: usize,
): void {
  let c: i32 = 0;
  for (; c + 4 <= channels; c += 4) {
    const at = <usize>c << 2;
    channelGradientSums<v128>(gradient + at, z + at, rows, channels, coefficients + at, low, high, sums + at);
  }
  for (; c < channels; c++) {
    const at = <usize>c << 2;
    channelGradientSums<f32>(gradient + at, z + at, rows, channels, coefficients + at, low, high, sums + at);
  }
}

@inline
function channelGradientSums<T>(
  gradient: usize, z: usize, rows: i32, channels: i32, coefficients: usize, low: f32, high: f32, sums: usize,
): void {
  const pixel = <usize>channels << 2, mean = load<T>(coefficients);
  const scale = load<T>(coefficients + 2 * pixel), shift = load<T>(coefficients + 3 * pixel);
  let sum = fill<T>(0), product = fill<T>(0), at: usize = 0;
  for (let r = 0; r < rows; r++) {
    const value = load<T>(z + at);
    const g = within<T>(load<T>(gradient + at), multiplyAdd<T>(value, scale, shift), low, high);
    store<T>(gradient + at, g);
    sum = add<T>(sum, g);
    product = multiplyAdd<T>(g, subtract<T>(value, mean), product);
    at += pixel;
  }
  store<T>(sums, add<T>(load<T>(sums), sum));
  store<T>(sums + pixel, add<T>(load<T>(sums + pixel), product));
}

/**
 * From the threads' `normGradientSums` to the factors `[3, channels]` of dz = f0 * g + f1 * z + f2 and to the gradients
 * of gamma and beta. With `count` 0 the statistics were the moving ones, which do not depend on z.
 */
export function normGradientFactors(
  channels: i32, sums: usize, parts: i32, partStride: usize, count: f32, coefficients: usize, factors: usize,
  gammaGradient: usize, betaGradient: usize,
): void {
  const pixel = <usize>channels << 2;
  for (let at: usize = 0; at < pixel; at += 4) {
    let sum: f64 = 0, product: f64 = 0;
    for (let part = 0; part < parts; part++) {
      sum += <f64>load<f32>(sums + part * partStride + at);
      product += <f64>load<f32>(sums + part * partStride + pixel + at);
    }
    const mean = load<f32>(coefficients + at), inverse = load<f32>(coefficients + pixel + at);
    const scale = load<f32>(coefficients + 2 * pixel + at), gamma = <f32>product * inverse;
    const slope: f32 = count > 0 ? (-scale * inverse * gamma) / count : 0;
    store<f32>(factors + at, scale);
    store<f32>(factors + pixel + at, slope);
    store<f32>(factors + 2 * pixel + at, count > 0 ? (-scale * <f32>sum) / count - slope * mean : 0);
    store<f32>(gammaGradient + at, gamma);
    store<f32>(betaGradient + at, <f32>sum);
  }
}

/** Second half: gradient = f0 * g + f1 * z + f2, in place. */
export function normGradient(gradient: usize, z: usize, rows: i32, channels: i32, factors: usize): void {
  const pixel = <usize>channels << 2;
  for (let r = 0; r < rows; r++) {
    let c: i32 = 0;
    for (; c + 4 <= channels; c += 4) normGradientAt<v128>(gradient + (<usize>c << 2), z + (<usize>c << 2), factors + (<usize>c << 2), pixel);
    for (; c < channels; c++) normGradientAt<f32>(gradient + (<usize>c << 2), z + (<usize>c << 2), factors + (<usize>c << 2), pixel);
    gradient += pixel;
    z += pixel;
  }
}

@inline
function normGradientAt<T>(gradient: usize, z: usize, factors: usize, pixel: usize): void {
  const fromZ = multiplyAdd<T>(load<T>(z), load<T>(factors + pixel), load<T>(factors + 2 * pixel));
  store<T>(gradient, add<T>(multiply<T>(load<T>(gradient), load<T>(factors)), fromZ));
}
