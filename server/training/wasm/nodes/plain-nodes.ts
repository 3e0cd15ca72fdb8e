/** The layers without weights: pooling, addition, flattening. */
import type {
  AddLayer,
  FlattenLayer,
  GlobalAveragePoolLayer,
  MaxPoolLayer,
} from '../../../../protocol/learning/model-spec.ts';
import type { Stage } from '../stage.ts';
import { paddedSize } from './conv-node.ts';
import { imageShape, type Node, type Placing, type Run } from './node.ts';

/** A layer that needs no preparation and has nothing to update. */
abstract class PlainNode implements Node {
  prepare(): void {
    // No weights to pack.
  }

  update(): void {
    // No weights to update.
  }

  abstract forward(): readonly Stage[];
  abstract backward(run: Run): readonly Stage[];
}

/** `flatten` shares its feed's tensor: nothing is left to compute. */
export class FlattenNode extends PlainNode {
  constructor(_placing: Placing<FlattenLayer>) {
    super();
  }

  override forward(): readonly Stage[] {
    return [];
  }

  override backward(): readonly Stage[] {
    return [];
  }
}

export class AddNode extends PlainNode {
  readonly #placing: Placing<AddLayer>;

  constructor(placing: Placing<AddLayer>) {
    super();
    this.#placing = placing;
  }

  override forward(): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const [a, b = a] = feeds;
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, { first, count }) => {
          const at = first * output.size * 4;
          emit('addTensors', a.value + at, b.value + at, output.value + at, count * output.size);
        },
      },
    ];
  }

  override backward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const { gradient } = output;
    if (gradient === undefined) return [];
    return feeds.flatMap((feed): readonly Stage[] => {
      const target = feed.gradient;
      if (target === undefined) return [];
      const accumulate = run.contribute(feed);
      return [
        {
          split: 'images',
          floats: output.size,
          emit: (emit, { first, count }) => {
            const at = first * output.size * 4;
            emit('accumulate', target + at, gradient + at, count * output.size, accumulate);
          },
        },
      ];
    });
  }
}

export class MaxPoolNode extends PlainNode {
  readonly #placing: Placing<MaxPoolLayer>;

  constructor(placing: Placing<MaxPoolLayer>) {
    super();
    this.#placing = placing;
  }

  override forward(): readonly Stage[] {
    const { feeds, layer, output, placed } = this.#placing;
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { top, left } = paddedSize(this.#placing);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, { first, count }) => {
          for (let i = first; i < first + count; i++)
            emit(
              'maxPool',
              ...([feeds[0].value + i * feeds[0].size * 4, ...imageShape(placed.inputShape)] as const),
              ...([layer.kernel, layer.stride, top, left] as const),
              ...([output.value + i * output.size * 4, outputHeight, outputWidth] as const),
            );
        },
      },
    ];
  }

  override backward(run: Run): readonly Stage[] {
    const { feeds, layer, output, placed } = this.#placing;
    const target = feeds[0].gradient;
    const { gradient } = output;
    if (gradient === undefined || target === undefined) return [];
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { top, left } = paddedSize(this.#placing);
    const accumulate = run.contribute(feeds[0]);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, { first, count }) => {
          for (let i = first; i < first + count; i++) {
            const [from, to] = [i * feeds[0].size * 4, i * output.size * 4];
            if (!accumulate) emit('zero', target + from, feeds[0].size * 4);
            emit(
              'maxPoolGradient',
              ...([feeds[0].value + from, ...imageShape(placed.inputShape)] as const),
              ...([layer.kernel, layer.stride, top, left] as const),
              ...([output.value + to, outputHeight, outputWidth, gradient + to, target + from] as const),
            );
          }
        },
      },
    ];
  }
}

export class GlobalAveragePoolNode extends PlainNode {
  readonly #placing: Placing<GlobalAveragePoolLayer>;

  constructor(placing: Placing<GlobalAveragePoolLayer>) {
    super();
    this.#placing = placing;
  }

  override forward(): readonly Stage[] {
    const { feeds, output, placed } = this.#placing;
    const [h, w, c] = imageShape(placed.inputShape);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, { first, count }) => {
          for (let i = first; i < first + count; i++)
            emit('averagePool', feeds[0].value + i * feeds[0].size * 4, h * w, c, output.value + i * output.size * 4);
        },
      },
    ];
  }

  override backward(run: Run): readonly Stage[] {
    const { feeds, output, placed } = this.#placing;
    const target = feeds[0].gradient;
    const { gradient } = output;
    if (gradient === undefined || target === undefined) return [];
    const [h, w, c] = imageShape(placed.inputShape);
    const accumulate = run.contribute(feeds[0]);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, { first, count }) => {
          for (let i = first; i < first + count; i++) {
            const to = target + i * feeds[0].size * 4;
            emit('averagePoolGradient', gradient + i * output.size * 4, h * w, c, to, accumulate);
          }
        },
      },
    ];
  }
}
