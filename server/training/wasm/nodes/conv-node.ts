/** Convolution as matrix products over the unfolded windows of one padded picture. */
import type { ConvLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Stage } from '../stage.ts';
import { createFinish, restoring, type Finish } from './finish.ts';
import { threadScratch, type Node, type Placing, type Run } from './node.ts';
import { PackedKernel } from './packed-kernel.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';
import { Unfolding, type RowBlock, type UnfoldScratch } from './unfolding.ts';
import { imageShape } from './windows.ts';

export class ConvNode implements Node {
  readonly #placing: Placing<ConvLayer>;
  readonly #kernel: Parameter;
  readonly #packed: PackedKernel;
  readonly #unfolding: Unfolding;
  readonly #finish: Finish;
  readonly #accumulator: number;

  constructor(placing: Placing<ConvLayer>) {
    const { arena, layer } = placing;
    this.#placing = placing;
    this.#kernel = placing.parameter('kernel');
    this.#packed = new PackedKernel(arena, this.#kernel, layer.filters);
    this.#unfolding = new Unfolding(placing);
    this.#accumulator = arena.reserveAccumulator(this.#kernel.size);
    this.#finish = createFinish(placing);
    arena.needScratch(this.#unfolding.bytes);
  }

  prepare(emit: Emit, run: Run): void {
    this.#packed.emitPack(emit, run.training && this.#placing.feeds[0].differentiable);
    this.#finish.prepare?.(emit, run);
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const multiply: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: (emit, images, thread) => {
        for (let i = 0; i < images.count; i++) {
          const source = run.value(feeds[0], images, thread) + i * feeds[0].size * 4;
          const sums = this.#finish.sums(run, images, thread) + i * output.size * 4;
          this.#emitProduct(emit, source, sums, threadScratch(run, thread));
        }
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
        const scratch = this.#unfolding.scratch(threadScratch(run, thread));
        const { accumulators, accumulatorBytes } = run.regions;
        const kernelGradient = accumulators + thread * accumulatorBytes + this.#accumulator;
        for (let i = 0; i < images.count; i++) {
          const imageGradient = run.gradient(output, images, thread) + i * output.size * 4;
          if (trained) {
            const source = run.value(feeds[0], images, thread) + i * feeds[0].size * 4;
            this.#emitKernelGradient(emit, { source, imageGradient, kernelGradient, scratch });
          }
          if (!feeds[0].differentiable) continue;
          const inputGradient = run.gradient(feeds[0], images, thread) + i * feeds[0].size * 4;
          this.#emitInputGradient(emit, { imageGradient, inputGradient, accumulate, scratch });
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

  #emitProduct(emit: Emit, source: number, sums: number, base: number): void {
    const { depth, filters, forward } = this.#packed;
    const scratch = this.#unfolding.scratch(base);
    this.#unfolding.emitPad(emit, source, scratch.padded);
    for (const rows of this.#unfolding.blocks()) {
      this.#unfolding.emitUnfold(emit, rows, scratch);
      emit(
        'gemmPacked',
        ...([rows.pixels, filters, depth, scratch.columns, depth, 1, forward] as const),
        ...([sums + rows.firstPixel * filters * 4, filters, 0, scratch.gemm] as const),
      );
    }
  }

  #emitKernelGradient(
    emit: Emit,
    pointers: {
      readonly source: number;
      readonly imageGradient: number;
      readonly kernelGradient: number;
      readonly scratch: UnfoldScratch;
    },
  ): void {
    const { depth, filters } = this.#packed;
    const { source, imageGradient, kernelGradient, scratch } = pointers;
    this.#unfolding.emitPad(emit, source, scratch.padded);
    for (const rows of this.#unfolding.blocks()) {
      this.#unfolding.emitUnfold(emit, rows, scratch);
      emit(
        'gemm',
        ...([depth, filters, rows.pixels, scratch.columns, 1, depth] as const),
        ...([imageGradient + rows.firstPixel * filters * 4, filters, 1] as const),
        ...([kernelGradient, filters, 1, scratch.gemm] as const),
      );
    }
  }

  #emitInputGradient(
    emit: Emit,
    pointers: {
      readonly imageGradient: number;
      readonly inputGradient: number;
      readonly accumulate: 0 | 1;
      readonly scratch: UnfoldScratch;
    },
  ): void {
    const { placed } = this.#placing;
    const { imageGradient, inputGradient, accumulate, scratch } = pointers;
    const { height, width, top, left } = this.#unfolding.padded;
    const [h, w, c] = imageShape(placed.inputShape);
    emit('zero', scratch.padded, this.#unfolding.paddedBytes);
    for (const rows of this.#unfolding.blocks()) this.#emitFold(emit, rows, imageGradient, scratch);
    emit('crop', scratch.padded, height, width, c, top, left, inputGradient, h, w, accumulate);
  }

  #emitFold(emit: Emit, rows: RowBlock, imageGradient: number, scratch: UnfoldScratch): void {
    const { layer, placed } = this.#placing;
    const { depth, filters, backward } = this.#packed;
    const [, , c] = imageShape(placed.inputShape);
    const [, outputWidth] = imageShape(placed.outputShape);
    const source = imageGradient + rows.firstPixel * filters * 4;
    emit(
      'gemmPacked',
      ...([rows.pixels, depth, filters, source, filters, 1, backward] as const),
      ...([scratch.columns, depth, 0, scratch.gemm] as const),
    );
    emit(
      'fold',
      ...([scratch.padded, this.#unfolding.padded.width, c, layer.kernel, layer.stride] as const),
      ...([rows.first, rows.count, outputWidth, scratch.columns] as const),
    );
  }
}
