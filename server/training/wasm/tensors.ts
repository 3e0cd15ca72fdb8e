/** The activations of a network, each with its place in the shared memory. */
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { sizeOf, type PlacedLayer } from '../../../protocol/learning/shapes.ts';
import type { TrainerOptions } from '../trainer.ts';
import type { Arena } from './memory.ts';
import type { Tensor } from './nodes/node.ts';
import { isTrained, type Plan } from './plan.ts';

/**
 * A tensor for the input and for each layer whose output is stored; one with a gradient where a trained layer lies at or
 * before it.
 */
export function placeTensors(
  options: Pick<TrainerOptions, 'spec' | 'batchSize' | 'losses' | 'frozen'>,
  placed: readonly PlacedLayer[],
  { pooled, passing }: Plan,
  arena: Arena,
): ReadonlyMap<string, Tensor> {
  const { spec, batchSize, losses } = options;
  const tensors = new Map<string, Tensor>();
  const differentiated = new Set<string>();
  const unstored = new Set([...pooled.values()].map(({ layer }) => layer.name));
  const reserve = (name: string, size: number): Tensor => {
    const place = arena.reserve(size * batchSize);
    const kept = passing.has(name) ? { value: undefined, sums: place } : { value: place };
    return { size, ...kept, differentiable: differentiated.has(name) };
  };
  tensors.set(inputName, reserve(inputName, sizeOf(spec.input)));
  for (const layer of placed) {
    const { name, kind } = layer.layer;
    const isLoss = losses.some((term) => term.layer === name);
    if (isTrained(layer, options) || isLoss || layer.feeds.some((feed) => differentiated.has(feed)))
      differentiated.add(name);
    if (unstored.has(name)) continue;
    const feed = tensors.get(layer.feeds[0] ?? '');
    const tensor = kind === 'flatten' && feed ? feed : reserve(name, sizeOf(layer.outputShape));
    tensors.set(name, tensor);
  }
  return tensors;
}
