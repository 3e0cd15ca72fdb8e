/** What follows the weighted sum of a convolution: bias or batch normalisation, then the activation. */
import type { ConvLayer, DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Emit, Images, Stage } from '../stage.ts';
import { BiasFinish } from './bias-finish.ts';
import type { Placing, Run } from './node.ts';
import { NormFinish } from './norm-finish.ts';

export interface Finish {
  /** Where the weighted sums of `images` go. */
  sums(run: Run, images: Images, thread: number): number;
  prepare?(emit: Emit, run: Run): void;
  forward(run: Run): readonly Stage[];
  /** The stage that makes the output from the sums, when they are kept. */
  restore?(run: Run): Stage;
  /** Turns the gradient of the output, in place, into that of the weighted sums. */
  backward(run: Run): readonly Stage[];
  update(emit: Emit, run: Run, thread: number): void;
}

export function createFinish(placing: Placing<ConvLayer | DepthwiseLayer>): Finish {
  return placing.layer.batchNorm ? new NormFinish(placing) : new BiasFinish(placing);
}

/** The stage of a node with `finish` that makes its output once more. */
export function restoring(finish: Finish, run: Run): Stage {
  if (!finish.restore) throw new Error('The output of a convolution with bias is always kept.');
  return finish.restore(run);
}
