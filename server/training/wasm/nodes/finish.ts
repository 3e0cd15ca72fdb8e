/** What follows the weighted sum of a convolution: bias or batch normalisation, then the activation. */
import type { ConvLayer, DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Emit, Stage } from '../stage.ts';
import { BiasFinish } from './bias-finish.ts';
import type { Placing, Run } from './node.ts';
import { NormFinish } from './norm-finish.ts';

export interface Finish {
  /** Where the weighted sums of all pictures go. */
  readonly sums: number;
  prepare?(emit: Emit, run: Run): void;
  forward(run: Run): readonly Stage[];
  /** Turns the gradient of the output, in place, into that of the weighted sums. */
  backward(run: Run): readonly Stage[];
  update(emit: Emit, run: Run, thread: number): void;
}

export function createFinish(placing: Placing<ConvLayer | DepthwiseLayer>): Finish {
  return placing.layer.batchNorm ? new NormFinish(placing) : new BiasFinish(placing);
}
