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

  forward(run: Run): readonly Stage[] {
    const { feeds, layer, output, placed } = this.#placing;
    const [outputHeight, outputWidth] = imageShape(placed.outputShape);
    const { top, left } = paddedSize(this.#placing);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, images, thread) => {
          const [source, target] = [run.value(feeds[0], images, thread), run.target(output, images, thread)];
          for (let i = 0; i < images.count; i++)
            emit(
              'maxPool',
              ...([source + i * feeds[0].size * 4, ...imageShape(placed.inputShape)] as const),
              ...([layer.kernel, layer.stride, top, left] as const),
              ...([target + i * output.size * 4, outputHeight, outputWidth] as const),
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
          const [values, largest] = [run.value(feeds[0], images, thread), run.value(output, images, thread)];
          for (let i = 0; i < images.count; i++) {
            const [from, to] = [target + i * feeds[0].size * 4, source + i * output.size * 4];
            if (!accumulate) emit('zero', from, feeds[0].size * 4);
            emit(
              'maxPoolGradient',
              ...([values + i * feeds[0].size * 4, ...imageShape(placed.inputShape)] as const),
              ...([layer.kernel, layer.stride, top, left] as const),
              ...([largest + i * output.size * 4, outputHeight, outputWidth, to, from] as const),
            );
          }
        },
      },
    ];
  }
}
