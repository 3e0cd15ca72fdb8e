/** Batch normalisation on the current tfjs backend (Ioffe & Szegedy 2015). Axis 3 holds the channels. */
import { add, customGrad, div, mean, mul, rsqrt, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { batchNormEpsilon } from '../../../protocol/learning/fold-batch-norm.ts';

/** Of a batch, over pictures, rows and columns: `[channels]` each. */
export type Moments = { readonly mean: Tensor; readonly variance: Tensor };

const overPixels = [0, 1, 2];

/**
 * Normalises `x` `[n, h, w, channels]` with its own moments, which are handed out on the way. The gradient is written out:
 * tfjs' gradient of a mean uploads a tensor of ones as large as `x`.
 */
export function normalizeBatch(x: Tensor, gamma: Tensor, beta: Tensor, onMoments: (moments: Moments) => void): Tensor {
  return customGrad((...args) => {
    // tfjs calls it with the tensors below and, after them, with what saves tensors for the gradient.
    const [sums, scale, shift, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const center = mean(sums, overPixels);
    const centered = sub(sums, center);
    const variance = mean(square(centered), overPixels);
    const inverse = inverseDeviation(variance);
    onMoments({ mean: center, variance });
    save([centered, inverse, scale]);
    return { value: affine(centered, mul(scale, inverse), shift), gradFunc: normalizeBatchGradient };
  })(x, gamma, beta);
}

/** With `[centered, inverse deviation, gamma]`: the gradients of x, gamma and beta. */
function normalizeBatchGradient(gradient: Tensor, saved: Tensor[]): Tensor[] {
  const [centered, inverse, gamma] = saved;
  if (!centered || !inverse || !gamma) throw new Error('Batch normalisation saves three tensors for its gradient.');
  const count = centered.size / gamma.size;
  const ofBeta = sum(gradient, overPixels);
  const ofGamma = mul(sum(mul(gradient, centered), overPixels), inverse);
  const throughMean = div(ofBeta, count);
  const throughVariance = mul(centered, div(mul(ofGamma, inverse), count));
  return [mul(sub(sub(gradient, throughMean), throughVariance), mul(gamma, inverse)), ofGamma, ofBeta];
}

/** Normalises with moments that are given, as they stand. */
export function normalizeWith({ mean: center, variance }: Moments, x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  return affine(sub(x, center), mul(gamma, inverseDeviation(variance)), beta);
}

function inverseDeviation(variance: Tensor): Tensor {
  return rsqrt(add(variance, batchNormEpsilon));
}

function affine(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return add(mul(x, scale), shift);
}
