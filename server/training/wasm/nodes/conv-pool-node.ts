/**
 * A convolution with bias whose output goes into max-pooling and nowhere else, both at once. Its unpooled output is never
 * stored, nor its gradient: of each pooling window only the winner is remembered, and only winners are multiplied back.
 */
import type { ConvLayer, MaxPoolLayer } from '../../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../../protocol/learning/shapes.ts';
import { align } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Stage } from '../stage.ts';
import { intervals } from './activations.ts';
import { threadScratch, type Node, type Placing, type Run } from './node.ts';
import { emitSharedUpdate, threadGradient } from './shared-update.ts';
import { Unfolding } from './unfolding.ts';
import { imageShape, paddedSize } from './windows.ts';

export type ConvPoolPlacing = {
  /** The convolution's, but its output is that of the pooling. */
  readonly conv: Placing<ConvLayer>;
  readonly pool: MaxPoolLayer;
  readonly pooled: PlacedLayer;
};

export class ConvPoolNode implements Node {
  readonly #placing: ConvPoolPlacing;
  readonly #unfolding: Unfolding;
  readonly #kernel: Parameter;
  readonly #bias: Parameter;
  readonly #packed: number;
  /** The kernel as `[filters, kernel, run]`: a row of a window is one run, padded to a multiple of four floats. */
  readonly #rows: number;
  readonly #run: number;
  readonly #paddedRun: number;
  readonly #winners: number;
  readonly #kernelAccumulator: number;
  readonly #rowsAccumulator: number;
  readonly #biasAccumulator: number;
  readonly #list: number;
  readonly #sums: number;

  constructor(placing: ConvPoolPlacing) {
    const { conv, pool } = placing;
    const { arena, layer, batchSize, output } = conv;
    const [, , channels] = imageShape(conv.placed.inputShape);
    const [, width] = imageShape(conv.placed.outputShape);
    this.#placing = placing;
    this.#kernel = conv.parameter('kernel');
    this.#bias = conv.parameter('bias');
    this.#unfolding = new Unfolding(conv, pool.stride);
    this.#run = layer.kernel * channels;
    this.#paddedRun = Math.ceil(this.#run / 4) * 4;
    this.#packed = arena.reserve(this.#unfolding.depth * Math.ceil(layer.filters / 8) * 8);
    this.#rows = arena.reserve(this.#rowsFloats);
    this.#winners = arena.reserve(output.size * batchSize);
    this.#kernelAccumulator = arena.reserveAccumulator(this.#kernel.size);
    this.#rowsAccumulator = arena.reserveAccumulator(this.#rowsFloats);
    this.#biasAccumulator = arena.reserveAccumulator(layer.filters);
    this.#sums = align(this.#unfolding.bytes);
    const groups = Math.max(layer.filters, this.#windowCells);
    this.#list = this.#sums + align(this.#unfolding.blockRows * width * layer.filters * 4);
    // One entry more than there can be: the list's end is written before it is known to be one.
    arena.needScratch(this.#list + 8 + groups * 8 + (output.size + 1) * 8);
  }

  prepare(emit: Emit, run: Run): void {
    const { conv } = this.#placing;
    const { filters } = conv.layer;
    const { depth } = this.#unfolding;
    emit('packB', filters, depth, this.#kernel.value, filters, 1, this.#packed);
    if (run.training && conv.feeds[0].differentiable)
      for (let row = 0; row < conv.layer.kernel; row++)
        emit(
          'transpose',
          ...([this.#kernel.value + row * this.#run * filters * 4, this.#run, filters, filters] as const),
          ...([this.#rows + row * this.#paddedRun * 4, conv.layer.kernel * this.#paddedRun] as const),
        );
  }

  forward(run: Run): readonly Stage[] {
    const { conv } = this.#placing;
    const { output } = conv;
    return [
      {
        split: 'images',
        floats: Math.max(conv.feeds[0].size, output.size),
        emit: (emit, images, thread) => {
          for (let i = 0; i < images.count; i++)
            this.#emitForward(emit, {
              source: run.value(conv.feeds[0], images, thread) + i * conv.feeds[0].size * 4,
              target: run.target(output, images, thread) + i * output.size * 4,
              winners: this.#winnersOf(images.first + i),
              base: threadScratch(run, thread),
            });
        },
      },
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { conv } = this.#placing;
    const { output } = conv;
    const [feed] = conv.feeds;
    const accumulate = feed.differentiable ? run.contribute(feed) : 0;
    const back: Stage = {
      split: 'images',
      floats: Math.max(feed.size, output.size),
      emit: (emit, images, thread) => {
        for (let i = 0; i < images.count; i++) {
          const gradient = run.gradient(output, images, thread) + i * output.size * 4;
          const winners = { gradient, winners: this.#winnersOf(images.first + i) };
          if (conv.trained) {
            const source = run.value(feed, images, thread) + i * feed.size * 4;
            this.#emitKernelGradient(emit, source, winners, run, thread);
          }
          if (!feed.differentiable) continue;
          const target = run.gradient(feed, images, thread) + i * feed.size * 4;
          this.#emitInputGradient(emit, winners, threadScratch(run, thread), { target, accumulate });
        }
      },
    };
    if (!conv.trained) return [back];
    return [
      back,
      {
        split: 'threads',
        emit: (emit, thread) => {
          this.#emitTranspose(emit, run, thread);
        },
      },
    ];
  }

  update(emit: Emit, run: Run, thread: number): void {
    const { conv } = this.#placing;
    const parameters = [
      [this.#kernel, this.#kernelAccumulator],
      [this.#bias, this.#biasAccumulator],
    ] as const;
    for (const [parameter, accumulator] of parameters)
      emitSharedUpdate(emit, parameter, threadGradient(run, accumulator, conv.threads), { ...conv, thread });
  }

  #emitForward(
    emit: Emit,
    picture: { readonly source: number; readonly target: number; readonly winners: number; readonly base: number },
  ): void {
    const { conv, pool, pooled } = this.#placing;
    const { source, target, winners, base } = picture;
    const { filters, activation } = conv.layer;
    const scratch = this.#unfolding.scratch(base);
    const sums = base + this.#sums;
    const [, width] = imageShape(conv.placed.outputShape);
    const [pooledHeight, pooledWidth] = imageShape(pooled.outputShape);
    const { top, left } = this.#poolPadding();
    const blockRows = this.#unfolding.blockRows / pool.stride;
    this.#unfolding.emitPad(emit, source, scratch.padded);
    for (let first = 0; first < pooledHeight; first += blockRows) {
      const count = Math.min(blockRows, pooledHeight - first);
      const rows = this.#rowsUnder(first, count);
      this.#unfolding.emitUnfold(emit, rows, scratch);
      emit(
        'gemmPacked',
        ...([rows.count * width, filters, this.#unfolding.depth, scratch.columns, this.#unfolding.depth, 1] as const),
        ...([this.#packed, sums, filters, 0, scratch.gemm] as const),
      );
      const at = first * pooledWidth * filters * 4;
      emit(
        'biasPool',
        ...([sums, rows.count, width, filters, pool.kernel, pool.stride, first === 0 ? top : 0, left] as const),
        ...([this.#bias.value, ...intervals[activation]] as const),
        ...([target + at, winners + at, count, pooledWidth] as const),
      );
    }
  }

  #emitKernelGradient(emit: Emit, source: number, winners: Winners, run: Run, thread: number): void {
    const { conv } = this.#placing;
    const { filters, kernel } = conv.layer;
    const base = threadScratch(run, thread);
    const { padded } = this.#unfolding.scratch(base);
    const { accumulators, accumulatorBytes } = run.regions;
    const own = accumulators + thread * accumulatorBytes;
    const rowBytes = this.#paddedRun * 4;
    this.#unfolding.emitPad(emit, source, padded);
    emit(
      'listByChannel',
      ...this.#winnerArguments(winners),
      ...([kernel * rowBytes, own + this.#biasAccumulator, base + this.#list] as const),
    );
    for (let row = 0; row < kernel; row++)
      emit(
        'gatherRows',
        ...([base + this.#list, filters, padded + row * this.#lineBytes] as const),
        ...([own + this.#rowsAccumulator + row * rowBytes, this.#paddedRun] as const),
      );
  }

  #emitInputGradient(
    emit: Emit,
    winners: Winners,
    base: number,
    input: { readonly target: number; readonly accumulate: 0 | 1 },
  ): void {
    const { conv } = this.#placing;
    const { kernel } = conv.layer;
    const { padded } = this.#unfolding.scratch(base);
    const [h, w, c] = imageShape(conv.placed.inputShape);
    const { height, width, top, left } = this.#unfolding.padded;
    const rowBytes = this.#paddedRun * 4;
    emit('zero', padded, this.#unfolding.paddedBytes);
    emit('listByPixel', ...this.#winnerArguments(winners), kernel * rowBytes, base + this.#list);
    for (let row = 0; row < kernel; row++)
      emit(
        'gatherRows',
        ...([
          base + this.#list,
          this.#windowCells,
          this.#rows + row * rowBytes,
          padded + row * this.#lineBytes,
        ] as const),
        this.#paddedRun,
      );
    emit('crop', padded, height, width, c, top, left, input.target, h, w, input.accumulate);
  }

  /** This thread's kernel gradient from rows of windows to the kernel's own order. */
  #emitTranspose(emit: Emit, run: Run, thread: number): void {
    const { filters, kernel } = this.#placing.conv.layer;
    const own = run.regions.accumulators + thread * run.regions.accumulatorBytes;
    for (let row = 0; row < kernel; row++)
      emit(
        'transpose',
        ...([own + this.#rowsAccumulator + row * this.#paddedRun * 4, filters, this.#run] as const),
        ...([kernel * this.#paddedRun, own + this.#kernelAccumulator + row * this.#run * filters * 4] as const),
        filters,
      );
  }

  /** What both lists are made from: the pooled gradients and where winners' windows lie in the padded input. */
  #winnerArguments({ gradient, winners }: Winners): readonly [...WinnerArguments] {
    const { conv, pool, pooled } = this.#placing;
    const [, , c] = imageShape(conv.placed.inputShape);
    const { top, left } = this.#poolPadding();
    const [line, pixel] = [conv.layer.stride * this.#lineBytes, conv.layer.stride * c * 4];
    return [
      ...([gradient, winners, ...imageShape(pooled.outputShape), pool.kernel, pool.stride] as const),
      ...([-top * line - left * pixel, line, pixel] as const),
    ];
  }

  /** The convolution's output rows that pooled rows `first` to `first + count` look at. */
  #rowsUnder(first: number, count: number): { readonly first: number; readonly count: number } {
    const { conv, pool } = this.#placing;
    const [height] = imageShape(conv.placed.outputShape);
    const { top } = this.#poolPadding();
    const begin = Math.max(0, first * pool.stride - top);
    const end = Math.min(height, (first + count - 1) * pool.stride - top + pool.kernel);
    return { first: begin, count: end - begin };
  }

  #poolPadding(): { readonly top: number; readonly left: number } {
    return paddedSize({ layer: this.#placing.pool, placed: this.#placing.pooled });
  }

  #winnersOf(image: number): number {
    return this.#winners + image * this.#placing.conv.output.size * 4;
  }

  /** Bytes of a row of the padded input. */
  get #lineBytes(): number {
    return this.#unfolding.paddedBytes / this.#unfolding.padded.height;
  }

  /** Cells of all pooling windows of a picture. */
  get #windowCells(): number {
    const { pool, pooled } = this.#placing;
    const [height, width] = imageShape(pooled.outputShape);
    return height * width * pool.kernel ** 2;
  }

  get #rowsFloats(): number {
    const { filters, kernel } = this.#placing.conv.layer;
    return filters * kernel * this.#paddedRun;
  }
}

/** One picture's. */
type Winners = { readonly gradient: number; readonly winners: number };

type WinnerArguments = [
  ...[gradient: number, winners: number, height: number, width: number, channels: number, side: number],
  ...[stride: number, origin: number, line: number, pixel: number],
];
