/** The largest value of each window. */
import type { MaxPoolLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Stage } from '../stage.ts';
import type { Node, Placing, Run } from './node.ts';
import { imageShape, paddedSize } from './windows.ts';

export class MaxPoolNode implements Node {
  readonly #placing: Placing<MaxPoolLayer>;

  constructor(placing: Placing<MaxPoolLayer>) {
    this.#placing = placing;
  }

  forward(): readonly Stage[] {
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

  backward(run: Run): readonly Stage[] {
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
