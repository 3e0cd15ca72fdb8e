/** Depthwise convolution, one padded picture at a time. */
import type { DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import { align } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Stage } from '../stage.ts';
import { createFinish, restoring, type Finish } from './finish.ts';
import { threadScratch, type Node, type Placing, type Run } from './node.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';
import { imageShape, paddedSize } from './windows.ts';

export class DepthwiseNode implements Node {
  readonly #placing: Placing<DepthwiseLayer>;
  readonly #kernel: Parameter;
  readonly #finish: Finish;
  readonly #accumulator: number;

  constructor(placing: Placing<DepthwiseLayer>) {
    this.#placing = placing;
    this.#kernel = placing.parameter('kernel');
    this.#accumulator = placing.arena.reserveAccumulator(this.#kernel.size);
    this.#finish = createFinish(placing);
    const [h, w, c] = imageShape(placing.placed.inputShape);
    const { height, width } = paddedSize(placing);
    const spread = (h + placing.layer.kernel - 1) * (w + placing.layer.kernel - 1);
    placing.arena.needScratch(align(Math.max(height * width, spread) * c * 4));
  }

  prepare(emit: Emit, run: Run): void {
    this.#finish.prepare?.(emit, run);
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, layer, output, placed } = this.#placing;
    const [, , c] = imageShape(placed.inputShape);
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { width } = paddedSize(this.#placing);
    const convolve: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: (emit, images, thread) => {
        const padded = threadScratch(run, thread);
        for (let i = 0; i < images.count; i++) {
          const target = this.#finish.sums(run, images, thread) + i * output.size * 4;
          this.#emitPad(emit, run.value(feeds[0], images, thread) + i * feeds[0].size * 4, padded);
          emit(
            'depthwise',
            ...([padded, width, c, layer.kernel, layer.stride, this.#kernel.value, c] as const),
            ...([target, outputHeight, outputWidth, 0] as const),
          );
        }
      },
    };
    return [convolve, ...this.#finish.forward(run)];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, layer, output, placed, trained } = this.#placing;
    const [, , c] = imageShape(placed.inputShape);
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { width } = paddedSize(this.#placing);
    const accumulate = feeds[0].differentiable ? run.contribute(feeds[0]) : 0;
    const back: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: (emit, images, thread) => {
        const padded = threadScratch(run, thread);
        const kernelGradient = run.regions.accumulators + thread * run.regions.accumulatorBytes + this.#accumulator;
        for (let i = 0; i < images.count; i++) {
          const outputGradient = run.gradient(output, images, thread) + i * output.size * 4;
          if (trained) {
            this.#emitPad(emit, run.value(feeds[0], images, thread) + i * feeds[0].size * 4, padded);
            emit(
              'depthwiseKernelGradient',
              ...([padded, width, c, layer.kernel, layer.stride] as const),
              ...([outputGradient, outputHeight, outputWidth, kernelGradient] as const),
            );
          }
          if (feeds[0].differentiable) {
            const inputGradient = run.gradient(feeds[0], images, thread) + i * feeds[0].size * 4;
            this.#emitInputGradient(emit, { padded, outputGradient, inputGradient, accumulate });
          }
        }
      },
    };
    return [...this.#finish.backward(run), ...(trained ? run.restored(feeds[0]) : []), back];
  }

  restore(run: Run): Stage {
    return restoring(this.#finish, run);
  }

  update(emit: Emit, run: Run, thread: number): void {
    const gradient = threadGradient(run, this.#accumulator, this.#placing.threads);
    emitSharedUpdate(emit, this.#kernel, gradient, { ...this.#placing, thread });
    this.#finish.update(emit, run, thread);
  }

  #emitPad(emit: Emit, source: number, target: number): void {
    const { placed } = this.#placing;
    const { height, width, top, left } = paddedSize(this.#placing);
    emit('pad', source, ...imageShape(placed.inputShape), top, left, 1, target, height, width);
  }

  /** The same convolution with the taps in reverse, over the gradient spread by the stride. */
  #emitInputGradient(
    emit: Emit,
    pointers: {
      readonly padded: number;
      readonly outputGradient: number;
      readonly inputGradient: number;
      readonly accumulate: 0 | 1;
    },
  ): void {
    const { layer, placed } = this.#placing;
    const { kernel, stride } = layer;
    const [h, w, c] = imageShape(placed.inputShape);
    const { top, left } = paddedSize(this.#placing);
    const { padded, outputGradient, inputGradient, accumulate } = pointers;
    const lastTap = this.#kernel.value + (kernel * kernel - 1) * c * 4;
    emit(
      'pad',
      ...([outputGradient, ...imageShape(placed.outputShape), kernel - 1 - top, kernel - 1 - left, stride] as const),
      ...([padded, h + kernel - 1, w + kernel - 1] as const),
    );
    emit('depthwise', padded, w + kernel - 1, c, kernel, 1, lastTap, -c, inputGradient, h, w, accumulate);
  }
}
