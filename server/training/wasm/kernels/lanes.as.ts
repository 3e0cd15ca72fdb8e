/**
 * Arithmetic on one float (f32) or on four at once (v128), so that a kernel's body is written once: `body<v128>` runs over
 * the channels in fours, `body<f32>` over the rest.
 */

/** a * b + c; one rounding where the relaxed-SIMD build runs on a processor with FMA, two otherwise. */
@inline
export function multiplyAdd<T>(a: T, b: T, c: T): T {
  if (isVector<T>()) {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    else return f32x4.add(f32x4.mul(a, b), c);
  } else return a * b + c;
}

@inline
export function add<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.add(a, b);
  else return a + b;
}

@inline
export function subtract<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.sub(a, b);
  else return a - b;
}

@inline
export function multiply<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.mul(a, b);
  else return a * b;
}

@inline
export function divide<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.div(a, b);
  else return a / b;
}

@inline
export function squareRoot<T>(a: T): T {
  if (isVector<T>()) return f32x4.sqrt(a);
  else return sqrt<f32>(a);
}

/** `x` in every lane. */
@inline
export function fill<T>(x: f32): T {
  if (isVector<T>()) return f32x4.splat(x);
  else return x;
}

/** min(max(x, low), high); NaN stays NaN, so that the loss shows it. */
@inline
export function clamp<T>(x: T, low: f32, high: f32): T {
  if (isVector<T>()) return f32x4.pmin(f32x4.pmax(x, f32x4.splat(low)), f32x4.splat(high));
  else return x < low ? low : x > high ? high : x;
}

/** `x` where `y` lies strictly between `low` and `high`, else 0: the gradient through `clamp`. */
@inline
export function within<T>(x: T, y: T, low: f32, high: f32): T {
  if (isVector<T>())
    return v128.and(x, v128.and(f32x4.gt(y, f32x4.splat(low)), f32x4.lt(y, f32x4.splat(high))));
  else return y > low && y < high ? x : <f32>0;
}

/**
 * 0 for what is smaller than 1e-30, as a moment that decays without gradients becomes: numbers too small for the
 * normal format make processors a hundred times slower. NaN stays NaN.
 */
@inline
export function flush<T>(x: T): T {
  if (isVector<T>()) return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-30)));
  else return abs<f32>(x) < 1e-30 ? <f32>0 : x;
}
