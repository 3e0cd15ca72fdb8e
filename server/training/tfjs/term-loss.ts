/** The terms of the loss on the current tfjs backend. */
import {
  add,
  logSoftmax,
  mean,
  mul,
  neg,
  rsqrt,
  square,
  step,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LossTerm } from '../trainer.ts';

/** `output` and `targets` are `[n, units]`, `exampleWeights` is `[n]`. Differentiable; the caller owns it. */
export function termLoss(
  term: LossTerm,
  { output, targets, exampleWeights }: Readonly<Record<'output' | 'targets' | 'exampleWeights', Tensor>>,
): Scalar {
  return mul(mean<Scalar>(mul(each(term.kind, output, targets), exampleWeights)), term.weight);
}

/** The loss of each example, `[n]`. */
function each(kind: LossTerm['kind'], output: Tensor, targets: Tensor): Tensor {
  switch (kind) {
    case 'softmaxCrossEntropy':
      return neg(sum(mul(logSoftmax(output), targets), 1));
    case 'cosine': {
      const squaredLengths = mul(sum(square(output), 1), sum(square(targets), 1));
      // 1, or 0 where either has no length: the loss is 1 there and the gradient 0.
      const known = step(squaredLengths);
      const inverse = mul(known, rsqrt(add(squaredLengths, sub(1, known))));
      return sub(1, mul(sum(mul(output, targets), 1), inverse));
    }
    default:
      return kind satisfies never;
  }
}
