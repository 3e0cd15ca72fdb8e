/**
 * One update of `count` weights. The gradient is the sum of `parts` buffers, `partStride` bytes apart, in their order.
 * `hyper` holds [learning rate, first decay, second decay, first correction, second correction, epsilon].
 */
import { add, divide, fill, flush, multiply, multiplyAdd, squareRoot, subtract } from './lanes.as';

/** Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019). */
export function adam(
  count: i32, weights: usize, first: usize, second: usize, gradients: usize, parts: i32, partStride: usize, hyper: usize, weightDecay: f32,
): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize>i << 2;
    adamAt<v128>(weights + at, first + at, second + at, gradients + at, parts, partStride, hyper, weightDecay);
  }
  for (; i < count; i++) {
    const at = <usize>i << 2;
    adamAt<f32>(weights + at, first + at, second + at, gradients + at, parts, partStride, hyper, weightDecay);
  }
}

@inline
function adamAt<T>(
  weight: usize, first: usize, second: usize, gradients: usize, parts: i32, partStride: usize, hyper: usize, weightDecay: f32,
): void {
  const rate = load<f32>(hyper), decay1 = load<f32>(hyper, 4), decay2 = load<f32>(hyper, 8);
  const g = total<T>(gradients, parts, partStride), w = load<T>(weight);
  const m = flush<T>(multiplyAdd<T>(g, fill<T>(1 - decay1), multiply<T>(load<T>(first), fill<T>(decay1))));
  const v = flush<T>(multiplyAdd<T>(multiply<T>(g, g), fill<T>(1 - decay2), multiply<T>(load<T>(second), fill<T>(decay2))));
  store<T>(first, m);
  store<T>(second, v);
  const deviation = squareRoot<T>(multiply<T>(v, fill<T>(load<f32>(hyper, 16))));
  const step = divide<T>(multiply<T>(m, fill<T>(load<f32>(hyper, 12))), add<T>(deviation, fill<T>(load<f32>(hyper, 20))));
  store<T>(weight, subtract<T>(w, multiply<T>(fill<T>(rate), multiplyAdd<T>(w, fill<T>(weightDecay), step))));
}

/** Gradient descent; `first decay` of hyper is the momentum. Weight decay is decoupled here too. */
export function sgd(
  count: i32, weights: usize, velocity: usize, gradients: usize, parts: i32, partStride: usize, hyper: usize, weightDecay: f32,
): void {
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize>i << 2;
    sgdAt<v128>(weights + at, velocity + at, gradients + at, parts, partStride, hyper, weightDecay);
  }
  for (; i < count; i++) {
    const at = <usize>i << 2;
    sgdAt<f32>(weights + at, velocity + at, gradients + at, parts, partStride, hyper, weightDecay);
  }
}

@inline
function sgdAt<T>(
  weight: usize, velocity: usize, gradients: usize, parts: i32, partStride: usize, hyper: usize, weightDecay: f32,
): void {
  const w = load<T>(weight);
  const v = flush<T>(multiplyAdd<T>(load<T>(velocity), fill<T>(load<f32>(hyper, 4)), total<T>(gradients, parts, partStride)));
  store<T>(velocity, v);
  store<T>(weight, subtract<T>(w, multiply<T>(fill<T>(load<f32>(hyper)), multiplyAdd<T>(w, fill<T>(weightDecay), v))));
}

@inline
function total<T>(gradients: usize, parts: i32, partStride: usize): T {
  let sum = load<T>(gradients);
  for (let part = 1; part < parts; part++) sum = add<T>(sum, load<T>(gradients + part * partStride));
  return sum;
}
