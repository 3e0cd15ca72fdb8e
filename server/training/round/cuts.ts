/** Where a network can be cut in two, so that a round trains only what comes after. */
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { placeLayers, sizeOf, weightShapes } from '../../../protocol/learning/shapes.ts';
import { tailSpec } from '../../../protocol/learning/tail.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';

/** A later cut's activations may be so much larger than the first one's: all of the bank's are held in memory. */
const mostGrowth = 2;

/**
 * The layer `first`, and those after it at which the network can be cut as well: deepest first, the embedding last. Each but
 * that leaves more than the head to be trained.
 */
export function cutsFrom(spec: ModelSpec, first: string): readonly string[] {
  const placed = placeLayers(spec);
  const names = placed.map(({ layer }) => layer.name);
  const [from, to] = [names.indexOf(first), names.indexOf(spec.embedding)];
  const floats = sizeOf(placed[from]?.outputShape ?? []);
  return placed
    .slice(from, to + 1)
    .filter(({ outputShape }) => sizeOf(outputShape) <= mostGrowth * floats)
    .map(({ layer }) => layer.name)
    .filter((name) => canBeCut(spec, name))
    .filter((name) => name === spec.embedding || workAfter(spec, name) > workAfter(spec, spec.embedding));
}

function canBeCut(spec: ModelSpec, name: string): boolean {
  try {
    tailSpec(spec, name);
    return true;
  } catch {
    // A layer after it is also fed by one before it: `tailSpec` is what knows.
    return false;
  }
}

/** Multiplications that one picture takes after the cut. */
export function workAfter(spec: ModelSpec, cut: string): number {
  return placeLayers(tailSpec(spec, cut)).reduce((sum, { outputShape, layer, weights }) => {
    const kernel = weights.find(({ name }) => name.endsWith('/kernel'));
    const [h = 1, w = 1] = outputShape.length === 3 ? outputShape : [];
    return sum + (kernel && layer.kind !== 'flatten' ? h * w * sizeOf(kernel.shape) : 0);
  }, 0);
}

/** The last of `cuts` up to which `weights` are those of `base`: there, and before it, both compute the same. */
export function lastCommonCut(cuts: readonly string[], spec: ModelSpec, base: Weights, weights: Weights): string {
  const [first = ''] = cuts;
  const after = (cut: string): ReadonlySet<string> =>
    new Set(weightShapes(tailSpec(spec, cut)).map(({ name }) => name));
  const changed = [...after(first)].filter((name) => !sameValues(base.get(name)?.values, weights.get(name)?.values));
  return cuts.findLast((cut) => changed.every((name) => after(cut).has(name))) ?? first;
}

function sameValues(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((value, i) => value === b[i]);
}
