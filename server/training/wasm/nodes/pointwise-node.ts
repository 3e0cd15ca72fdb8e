/** A 1x1 convolution: a matrix product of all pixels at once. */
import type { ConvLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Images, Stage } from '../stage.ts';
import { createFinish, restoring, type Finish } from './finish.ts';
import { threadScratch, type Node, type Placing, type Run } from './node.ts';
import { PackedKernel } from './packed-kernel.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';

export class PointwiseNode implements Node {
  readonly #placing: Placing<ConvLayer>;
  readonly #kernel: Parameter;
  readonly #packed: PackedKernel;
  readonly #finish: Finish;
  readonly #accumulator: number;

  constructor(placing: Placing<ConvLayer>) {
    const { arena, layer } = placing;
    this.#placing = placing;
    this.#kernel = placing.parameter('kernel');
    this.#packed = new PackedKernel(arena, this.#kernel, layer.filters);
    this.#accumulator = arena.reserveAccumulator(this.#kernel.size);
    this.#finish = createFinish(placing);
    arena.needScratch(placing.gemmScratchBytes);
  }

  prepare(emit: Emit, run: Run): void {
    this.#packed.emitPack(emit, run.training && this.#placing.feeds[0].differentiable);
    this.#finish.prepare?.(emit, run);
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const { depth, filters, forward } = this.#packed;
    const multiply: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: (emit, images, thread) => {
        emit(
          'gemmPacked',
          ...([(images.count * output.size) / filters, filters, depth] as const),
          ...([run.value(feeds[0], images, thread), depth, 1, forward] as const),
          ...([this.#finish.sums(run, images, thread), filters, 0, threadScratch(run, thread)] as const),
        );
      },
    };
    return [multiply, ...this.#finish.forward(run)];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, output, trained } = this.#placing;
    const accumulate = feeds[0].differentiable ? run.contribute(feeds[0]) : 0;
    const back: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: (emit, images, thread) => {
        this.#emitGradients(emit, images, { run, thread, accumulate });
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

  #emitGradients(
    emit: Emit,
    images: Images,
    back: { readonly run: Run; readonly thread: number; readonly accumulate: 0 | 1 },
  ): void {
    const { feeds, output, trained } = this.#placing;
    const { depth, filters, backward } = this.#packed;
    const { run, thread, accumulate } = back;
    const scratch = threadScratch(run, thread);
    const rows = (images.count * output.size) / filters;
    const outputGradient = run.gradient(output, images, thread);
    const { accumulators, accumulatorBytes } = run.regions;
    if (trained)
      emit(
        'gemm',
        ...([depth, filters, rows, run.value(feeds[0], images, thread), 1, depth] as const),
        ...([outputGradient, filters, 1] as const),
        ...([accumulators + thread * accumulatorBytes + this.#accumulator, filters, 1, scratch] as const),
      );
    if (feeds[0].differentiable)
      emit(
        'gemmPacked',
        ...([rows, depth, filters, outputGradient, filters, 1, backward] as const),
        ...([run.gradient(feeds[0], images, thread), depth, accumulate, scratch] as const),
      );
  }
}
