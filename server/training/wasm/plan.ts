/** What is decided about a network before anything is placed: what is computed together, and what is not kept. */
import type { ConvLayer } from '../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../protocol/learning/shapes.ts';
import type { TrainerOptions } from '../trainer.ts';

export type Plan = {
  /** By the name of a max-pooling: the convolution that is computed with it, and whose own output is never stored. */
  readonly pooled: ReadonlyMap<string, PlacedConv>;
  /**
   * By the name of a layer with batch normalisation whose output the next layer alone reads, that layer: it costs less to
   * normalise twice than to keep the output.
   */
  readonly passing: ReadonlyMap<string, string>;
};

type Planned = Pick<TrainerOptions, 'losses' | 'frozen'>;

type PlacedConv = PlacedLayer & { readonly layer: ConvLayer };

export function planOf(options: Planned, placed: readonly PlacedLayer[]): Plan {
  const pooled = pooledConvolutions(options, placed);
  return { pooled, passing: passingOutputs(options, placed, pooled) };
}

export function isTrained({ layer, weights }: PlacedLayer, { frozen }: Planned): boolean {
  return weights.length > 0 && frozen?.has(layer.name) !== true;
}

/** Convolutions with bias whose output goes into max-pooling without overlap, and nowhere else. */
function pooledConvolutions({ losses }: Planned, placed: readonly PlacedLayer[]): ReadonlyMap<string, PlacedConv> {
  const isPlain = (p: PlacedLayer): p is PlacedConv => p.layer.kind === 'conv' && !p.layer.batchNorm;
  const pairs = placed.flatMap(({ layer, feeds: [feed] }) => {
    const conv = placed.find((p) => p.layer.name === feed);
    if (layer.kind !== 'maxPool' || layer.stride < layer.kernel || !conv || !isPlain(conv)) return [];
    const readers = placed.filter(({ feeds }) => feeds.includes(conv.layer.name)).length;
    const isLoss = losses.some((term) => term.layer === conv.layer.name);
    return readers === 1 && !isLoss ? [[layer.name, conv] as const] : [];
  });
  return new Map(pairs);
}

function passingOutputs(
  { losses }: Planned,
  placed: readonly PlacedLayer[],
  pooled: ReadonlyMap<string, PlacedConv>,
): ReadonlyMap<string, string> {
  const readers = new Set(['conv', 'depthwise', 'add', 'globalAveragePool']);
  const pairs = placed.flatMap(({ layer }, i) => {
    const next = placed[i + 1];
    const normalizes = (layer.kind === 'conv' || layer.kind === 'depthwise') && layer.batchNorm;
    if (!normalizes || !next || !readers.has(next.layer.kind) || !next.feeds.includes(layer.name)) return [];
    const isRead = placed.some((other) => other !== next && other.feeds.includes(layer.name));
    const isLoss = losses.some((term) => term.layer === layer.name);
    const isPooled = [...pooled.values()].some((conv) => conv === next);
    return isRead || isLoss || isPooled ? [] : [[layer.name, next.layer.name] as const];
  });
  return new Map(pairs);
}
