/** The windows of a convolution as rows of a matrix (im2col), a block of output rows of one padded picture at a time. */
import type { ConvLayer } from '../../../../protocol/learning/model-spec.ts';
import { align } from '../memory.ts';
import type { Emit } from '../stage.ts';
import type { Placing } from './node.ts';
import { imageShape, paddedSize } from './windows.ts';

/** Floats of unfolded rows that are made at a time. */
const unfoldedFloats = 48 * 1024;

/** Output rows `first` to `first + count`, and the pixels that they hold. */
export type RowBlock = {
  readonly first: number;
  readonly count: number;
  readonly firstPixel: number;
  readonly pixels: number;
};

/** Byte offsets of what a thread needs to unfold one picture. */
export type UnfoldScratch = { readonly gemm: number; readonly padded: number; readonly columns: number };

export class Unfolding {
  /** Floats of one window. */
  readonly depth: number;
  /** Size of the padded picture and where the picture lies in it. */
  readonly padded: ReturnType<typeof paddedSize>;
  /** Bytes of the padded picture. */
  readonly paddedBytes: number;
  /** Bytes of scratch. */
  readonly bytes: number;
  /** Output rows of a block: a multiple of `rowUnit`, as many as `unfoldedFloats` hold. */
  readonly blockRows: number;
  readonly #placing: Placing<ConvLayer>;

  constructor(placing: Placing<ConvLayer>, rowUnit = 1) {
    const [, , channels] = imageShape(placing.placed.inputShape);
    const [, width] = imageShape(placing.placed.outputShape);
    this.#placing = placing;
    this.depth = placing.layer.kernel ** 2 * channels;
    this.padded = paddedSize(placing);
    this.paddedBytes = this.padded.height * this.padded.width * channels * 4;
    this.blockRows = rowUnit * Math.max(1, Math.floor(unfoldedFloats / (width * this.depth * rowUnit)));
    this.bytes = this.scratch(0).columns + this.blockRows * width * this.depth * 4;
  }

  scratch(base: number): UnfoldScratch {
    const padded = base + align(this.#placing.gemmScratchBytes);
    // The kernels may read a few floats past the padded picture's end.
    return { gemm: base, padded, columns: padded + align(this.paddedBytes + 64) };
  }

  blocks(): readonly RowBlock[] {
    const [height, width] = imageShape(this.#placing.placed.outputShape);
    return Array.from({ length: Math.ceil(height / this.blockRows) }, (_, i) => {
      const first = i * this.blockRows;
      const count = Math.min(this.blockRows, height - first);
      return { first, count, firstPixel: first * width, pixels: count * width };
    });
  }

  /** The picture at `source` with its padding. */
  emitPad(emit: Emit, source: number, target: number): void {
    const { placed } = this.#placing;
    const { height, width, top, left } = this.padded;
    emit('pad', source, ...imageShape(placed.inputShape), top, left, 1, target, height, width);
  }

  emitUnfold(emit: Emit, rows: Pick<RowBlock, 'first' | 'count'>, scratch: UnfoldScratch): void {
    const { layer, placed } = this.#placing;
    const [, , c] = imageShape(placed.inputShape);
    const [, outputWidth] = imageShape(placed.outputShape);
    emit(
      'unfold',
      ...([scratch.padded, this.padded.width, c, layer.kernel, layer.stride] as const),
      ...([rows.first, rows.count, outputWidth, scratch.columns] as const),
    );
  }
}
