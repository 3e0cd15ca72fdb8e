/** The mean of each channel over the whole picture. */
import type { GlobalAveragePoolLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Stage } from '../stage.ts';
import type { Node, Placing, Run } from './node.ts';
import { imageShape } from './windows.ts';

export class GlobalAveragePoolNode implements Node {
  readonly #placing: Placing<GlobalAveragePoolLayer>;

  constructor(placing: Placing<GlobalAveragePoolLayer>) {
    this.#placing = placing;
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, output, placed } = this.#placing;
    const [h, w, c] = imageShape(placed.inputShape);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, images, thread) => {
          const [source, target] = [run.value(feeds[0], images, thread), run.target(output, images, thread)];
          for (let i = 0; i < images.count; i++)
            emit('averagePool', source + i * feeds[0].size * 4, h * w, c, target + i * output.size * 4);
        },
      },
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, output, placed } = this.#placing;
    if (!feeds[0].differentiable) return [];
    const [h, w, c] = imageShape(placed.inputShape);
    const accumulate = run.contribute(feeds[0]);
    return [
      {
        split: 'images',
        floats: feeds[0].size,
        emit: (emit, images, thread) => {
          const [target, source] = [run.gradient(feeds[0], images, thread), run.gradient(output, images, thread)];
          for (let i = 0; i < images.count; i++) {
            const to = target + i * feeds[0].size * 4;
            emit('averagePoolGradient', source + i * output.size * 4, h * w, c, to, accumulate);
          }
        },
      },
    ];
  }
}
