/** Bias and activation after a convolution. */
import type { ConvLayer, DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Images, Stage } from '../stage.ts';
import { intervals } from './activations.ts';
import type { Finish } from './finish.ts';
import type { Placing, Run } from './node.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';
import { imageShape } from './windows.ts';

export class BiasFinish implements Finish {
  readonly #placing: Placing<ConvLayer | DepthwiseLayer>;
  readonly #bias: Parameter;
  readonly #accumulator: number;

  constructor(placing: Placing<ConvLayer | DepthwiseLayer>) {
    this.#placing = placing;
    this.#bias = placing.parameter('bias');
    this.#accumulator = placing.arena.reserveAccumulator(this.#bias.size);
  }

  sums(run: Run, images: Images, thread: number): number {
    return run.target(this.#placing.output, images, thread);
  }

  forward(run: Run): readonly Stage[] {
    const { layer, placed, output } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, images, thread) => {
          const y = run.target(output, images, thread);
          emit('biasActivate', y, images.count * h * w, c, c, this.#bias.value, ...intervals[layer.activation]);
        },
      },
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { layer, placed, output, trained } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, images, thread) => {
          const { count } = images;
          const gradient = run.gradient(output, images, thread);
          const values = run.value(output, images, thread);
          const { accumulators, accumulatorBytes } = run.regions;
          const sums = accumulators + thread * accumulatorBytes + this.#accumulator;
          const interval = intervals[layer.activation];
          const active = layer.activation !== 'none';
          if (trained && active) emit('biasGradient', gradient, values, count * h * w, c, ...interval, sums);
          else if (trained) emit('columnSums', gradient, count * h * w, c, c, sums);
          else if (active) emit('activationGradient', gradient, values, count * output.size, ...interval);
        },
      },
    ];
  }

  update(emit: Emit, run: Run, thread: number): void {
    const gradient = threadGradient(run, this.#accumulator, this.#placing.threads);
    emitSharedUpdate(emit, this.#bias, gradient, { ...this.#placing, thread });
  }
}
