/** The sum of two tensors; its gradient goes to both. */
import type { AddLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Stage } from '../stage.ts';
import type { Node, Placing, Run } from './node.ts';

export class AddNode implements Node {
  readonly #placing: Placing<AddLayer>;

  constructor(placing: Placing<AddLayer>) {
    this.#placing = placing;
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    const [a, b = a] = feeds;
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, images, thread) => {
          const [first, second] = [run.value(a, images, thread), run.value(b, images, thread)];
          emit('addTensors', first, second, run.target(output, images, thread), images.count * output.size);
        },
      },
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, output } = this.#placing;
    return feeds.flatMap((feed): readonly Stage[] => {
      if (!feed.differentiable) return [];
      const accumulate = run.contribute(feed);
      return [
        {
          split: 'images',
          floats: output.size,
          emit: (emit, images, thread) => {
            const [target, source] = [run.gradient(feed, images, thread), run.gradient(output, images, thread)];
            emit('accumulate', target, source, images.count * output.size, accumulate);
          },
        },
      ];
    });
  }
}
