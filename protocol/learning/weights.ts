/** The weights of a network, by name. */
import type { Shape } from './model-spec.ts';

/** `values` holds the tensor row-major; kernels lie as in tfjs: conv `[kh, kw, in, out]`, depthwise `[kh, kw, c, 1]`, dense `[in, out]`. */
export type Weight = { readonly shape: Shape; readonly values: Float32Array };

/** Keyed by `<layer>/<kernel|bias|gamma|beta|movingMean|movingVariance>`, in the order of `weightShapes(spec)`. */
export type Weights = ReadonlyMap<string, Weight>;
