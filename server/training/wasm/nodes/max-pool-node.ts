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
    if (!feeds[0].differentiable) return [];
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { top, left } = paddedSize(this.#placing);
    const accumulate = run.contribute(feeds[0]);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, images, thread) => {
          const [target, source] = [run.gradient(feeds[0], images, thread), run.gradient(output, images, thread)];
          for (let i = 0; i < images.count; i++) {
            const [image, from, to] = [images.first + i, target + i * feeds[0].size * 4, source + i * output.size * 4];
            if (!accumulate) emit('zero', from, feeds[0].size * 4);
            emit(
              'maxPoolGradient',
              ...([feeds[0].value + image * feeds[0].size * 4, ...imageShape(placed.inputShape)] as const),
              ...([layer.kernel, layer.stride, top, left] as const),
              ...([output.value + image * output.size * 4, outputHeight, outputWidth, to, from] as const),
            );
          }
        },
      },
    ];
  }
}
