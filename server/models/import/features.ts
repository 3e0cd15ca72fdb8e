/** Which layer of somebody else's network gives the features by which a room is to tell things apart. */
import { BadInput } from '../../bad-input.ts';
import type { ForeignLayer } from './original.ts';

export type Features = {
  /** The layer that gives them: a vector, or a map whose mean over the picture is one. */
  readonly layer: ForeignLayer;
  /** It and all that lead to it, each after those that feed it. */
  readonly leading: readonly ForeignLayer[];
};

/**
 * The last global average pooling; without one, what the last dense layer is fed by; in a network that ends with a map, the
 * map. What comes after names the things that its maker taught it, and is left out. Throws BadInput when it has none of these.
 */
export function featuresOf(name: string, layers: readonly ForeignLayer[]): Features {
  const byName = new Map(layers.map((own) => [own.layer.name, own]));
  const last = (className: string): ForeignLayer | undefined =>
    layers.findLast(({ layer }) => layer.getClassName() === className);
  const layer =
    last('GlobalAveragePooling2D') ?? byName.get(last('Dense')?.feeds[0] ?? layers.at(-1)?.layer.name ?? '');
  const rank = layer && [layer.layer.outputShape].flat().length;
  if (!layer || (rank !== 2 && rank !== 4))
    throw new BadInput(
      `${name} has no features: expected a global average pooling, a dense layer or a map of the picture at its end.`,
    );
  const needed = new Set([layer.layer.name]);
  for (const own of layers.toReversed()) if (needed.has(own.layer.name)) for (const feed of own.feeds) needed.add(feed);
  return { layer, leading: layers.filter((own) => needed.has(own.layer.name)) };
}
