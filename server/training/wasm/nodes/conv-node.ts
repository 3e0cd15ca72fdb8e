/** Convolution as matrix products: 1x1 directly, others over unfolded rows of one padded picture. */
import type { ConvLayer } from '../../../../protocol/learning/model-spec.ts';
import { align } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Images, Stage } from '../stage.ts';
import { createFinish, type Finish } from './finish.ts';
import type { Node, Placing, Run } from './node.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';
import { imageShape, paddedSize } from './windows.ts';

/** Floats of unfolded rows that are made at a time. */
const unfoldedFloats = 48 * 1024;

export class ConvNode implements Node {
  readonly #placing: Placing<ConvLayer>;
  readonly #kernel: Parameter;
  readonly #finish: Finish;
  /** Rows and columns of the kernel as a matrix. */
  readonly #depth: number;
  readonly #filters: number;
  readonly #packed: number;
  readonly #packedTransposed: number;
  readonly #accumulator: number;
  readonly #pointwise: boolean;

  constructor(placing: Placing<ConvLayer>) {
    const { arena, layer, placed } = placing;
    const [, , channels] = imageShape(placed.inputShape);
    this.#placing = placing;
    this.#kernel = placing.parameter('kernel');
    this.#depth = layer.kernel * layer.kernel * channels;
    this.#filters = layer.filters;
    this.#packed = arena.reserve(this.#depth * Math.ceil(this.#filters / 8) * 8);
    this.#packedTransposed = arena.reserve(this.#filters * Math.ceil(this.#depth / 8) * 8);
    this.#accumulator = arena.reserveAccumulator(this.#kernel.size);
    this.#pointwise = layer.kernel === 1 && layer.stride === 1;
    this.#finish = createFinish(placing);
    arena.needScratch(this.#scratch(0).bytes);
  }

  prepare(emit: Emit, run: Run): void {
    const { feeds } = this.#placing;
    emit('packB', this.#filters, this.#depth, this.#kernel.value, this.#filters, 1, this.#packed);
    if (run.training && feeds[0].gradient !== undefined)
      emit('packB', this.#depth, this.#filters, this.#kernel.value, 1, this.#filters, this.#packedTransposed);
    this.#finish.prepare?.(emit, run);
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const multiply: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: this.#pointwise
        ? (emit, images, thread) => {
            this.#emitPointwise(emit, images, run, thread);
          }
        : (emit, images, thread) => {
            for (let i = 0; i < images.count; i++) this.#emitWindows(emit, images.first + i, run, thread);
          },
    };
    return [multiply, ...this.#finish.forward(run)];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const { gradient } = output;
    if (gradient === undefined) return [];
    const accumulate = feeds[0].gradient === undefined ? 0 : run.contribute(feeds[0]);
    const back: Stage = {
      split: 'images',
      floats: Math.max(feeds[0].size, output.size),
      emit: this.#pointwise
        ? (emit, images, thread) => {
            this.#emitPointwiseGradient(emit, images, { run, thread, gradient, accumulate });
          }
        : (emit, images, thread) => {
            for (let i = 0; i < images.count; i++)
              this.#emitWindowsGradient(emit, images.first + i, { run, thread, gradient, accumulate });
          },
    };
    return [...this.#finish.backward(run), back];
  }

  update(emit: Emit, run: Run, thread: number): void {
    const gradient = threadGradient(run, this.#accumulator, this.#placing.threads);
    emitSharedUpdate(emit, this.#kernel, gradient, { ...this.#placing, thread });
    this.#finish.update(emit, run, thread);
  }

  #emitPointwise(emit: Emit, images: Images, run: Run, thread: number): void {
    const { feeds, output } = this.#placing;
    const rows = (images.count * output.size) / this.#filters;
    emit(
      'gemmPacked',
      ...([rows, this.#filters, this.#depth] as const),
      ...([feeds[0].value + images.first * feeds[0].size * 4, this.#depth, 1, this.#packed] as const),
      ...([
        this.#finish.sums + images.first * output.size * 4,
        this.#filters,
        0,
        this.#threadScratch(run, thread),
      ] as const),
    );
  }

  #emitPointwiseGradient(emit: Emit, images: Images, back: Back): void {
    const { feeds, output, trained } = this.#placing;
    const { run, thread, gradient, accumulate } = back;
    const scratch = this.#threadScratch(run, thread);
    const rows = (images.count * output.size) / this.#filters;
    const [input, outputGradient] = [images.first * feeds[0].size * 4, gradient + images.first * output.size * 4];
    if (trained)
      emit(
        'gemm',
        ...([this.#depth, this.#filters, rows, feeds[0].value + input, 1, this.#depth] as const),
        ...([outputGradient, this.#filters, 1] as const),
        ...([this.#kernelGradient(run, thread), this.#filters, 1, scratch] as const),
      );
    if (feeds[0].gradient !== undefined)
      emit(
        'gemmPacked',
        ...([rows, this.#depth, this.#filters, outputGradient, this.#filters, 1, this.#packedTransposed] as const),
        ...([feeds[0].gradient + input, this.#depth, accumulate, scratch] as const),
      );
  }

  #emitWindows(emit: Emit, image: number, run: Run, thread: number): void {
    const { output } = this.#placing;
    const scratch = this.#scratch(this.#threadScratch(run, thread));
    this.#emitPad(emit, image, scratch.padded);
    for (const rows of this.#rowBlocks()) {
      this.#emitUnfold(emit, rows, scratch);
      emit(
        'gemmPacked',
        ...([rows.pixels, this.#filters, this.#depth, scratch.columns, this.#depth, 1, this.#packed] as const),
        ...([this.#finish.sums + (image * output.size + rows.firstPixel * this.#filters) * 4, this.#filters] as const),
        ...([0, scratch.gemm] as const),
      );
    }
  }

  #emitWindowsGradient(emit: Emit, image: number, back: Back): void {
    const { feeds, layer, output, placed, trained } = this.#placing;
    const { run, thread, gradient, accumulate } = back;
    const scratch = this.#scratch(this.#threadScratch(run, thread));
    const { height, width, top, left } = this.#padded();
    const [h, w, c] = imageShape(placed.inputShape);
    const [, outputWidth] = imageShape(placed.outputShape);
    const source = (rows: RowBlock): number => gradient + (image * output.size + rows.firstPixel * this.#filters) * 4;
    if (trained) {
      this.#emitPad(emit, image, scratch.padded);
      for (const rows of this.#rowBlocks()) {
        this.#emitUnfold(emit, rows, scratch);
        emit(
          'gemm',
          ...([this.#depth, this.#filters, rows.pixels, scratch.columns, 1, this.#depth] as const),
          ...([source(rows), this.#filters, 1] as const),
          ...([this.#kernelGradient(run, thread), this.#filters, 1, scratch.gemm] as const),
        );
      }
    }
    if (feeds[0].gradient === undefined) return;
    emit('zero', scratch.padded, height * width * c * 4);
    for (const rows of this.#rowBlocks()) {
      emit(
        'gemmPacked',
        ...([rows.pixels, this.#depth, this.#filters, source(rows), this.#filters, 1, this.#packedTransposed] as const),
        ...([scratch.columns, this.#depth, 0, scratch.gemm] as const),
      );
      emit(
        'fold',
        ...([scratch.padded, width, c, layer.kernel, layer.stride] as const),
        ...([rows.first, rows.count, outputWidth, scratch.columns] as const),
      );
    }
    const target = feeds[0].gradient + image * feeds[0].size * 4;
    emit('crop', scratch.padded, height, width, c, top, left, target, h, w, accumulate);
  }

  #emitPad(emit: Emit, image: number, target: number): void {
    const { feeds, placed } = this.#placing;
    const { height, width, top, left } = this.#padded();
    const source = feeds[0].value + image * feeds[0].size * 4;
    emit('pad', source, ...imageShape(placed.inputShape), top, left, 1, target, height, width);
  }

  #emitUnfold(emit: Emit, rows: RowBlock, scratch: { readonly padded: number; readonly columns: number }): void {
    const { layer, placed } = this.#placing;
    const [, , c] = imageShape(placed.inputShape);
    const [, outputWidth] = imageShape(placed.outputShape);
    emit(
      'unfold',
      ...([scratch.padded, this.#padded().width, c, layer.kernel, layer.stride] as const),
      ...([rows.first, rows.count, outputWidth, scratch.columns] as const),
    );
  }

  /** The part of a picture that the windows cover, with its padding. */
  #padded(): { readonly height: number; readonly width: number; readonly top: number; readonly left: number } {
    return paddedSize(this.#placing);
  }

  /** Output rows in blocks whose unfolded windows fit `unfoldedFloats`. */
  #rowBlocks(): readonly RowBlock[] {
    const [height, width] = imageShape(this.#placing.placed.outputShape);
    const block = this.#blockRows();
    return Array.from({ length: Math.ceil(height / block) }, (_, i) => {
      const count = Math.min(block, height - i * block);
      return { first: i * block, count, firstPixel: i * block * width, pixels: count * width };
    });
  }

  #blockRows(): number {
    const [height, width] = imageShape(this.#placing.placed.outputShape);
    return Math.min(height, Math.max(1, Math.floor(unfoldedFloats / (width * this.#depth))));
  }

  #scratch(base: number): {
    readonly gemm: number;
    readonly padded: number;
    readonly columns: number;
    readonly bytes: number;
  } {
    const { gemmScratchBytes, placed } = this.#placing;
    if (this.#pointwise) return { gemm: base, padded: base, columns: base, bytes: gemmScratchBytes };
    const { height, width } = this.#padded();
    const [, , c] = imageShape(placed.inputShape);
    const [, outputWidth] = imageShape(placed.outputShape);
    const padded = base + align(gemmScratchBytes);
    const columns = padded + align(height * width * c * 4 + 64);
    return { gemm: base, padded, columns, bytes: columns + this.#blockRows() * outputWidth * this.#depth * 4 - base };
  }

  #threadScratch(run: Run, thread: number): number {
    return run.regions.scratch + thread * run.regions.scratchBytes;
  }

  #kernelGradient(run: Run, thread: number): number {
    return run.regions.accumulators + thread * run.regions.accumulatorBytes + this.#accumulator;
  }
}

type Back = { readonly run: Run; readonly thread: number; readonly gradient: number; readonly accumulate: 0 | 1 };

type RowBlock = {
  readonly first: number;
  readonly count: number;
  readonly firstPixel: number;
  readonly pixels: number;
};
