/** The end of a network, as a network of its own: what latent replay trains (Pellegrini et al. 2020). */
import type { ImageShape, Layer, ModelSpec } from './model-spec.ts';
import { inputName } from './model-spec.ts';
import { placeLayers, weightShapes } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

/**
 * The layers of `spec` after the layer `cut`; its input is the cut's output `[h, w, c]`, or `[1, 1, n]` of a vector, which the
 * tail then begins with as a flatten layer of the cut's name. Layers keep their names, so the tail's weights are some of the
 * whole network's. Throws an Error when `cut` is no such layer, or when a layer after it is also fed by one before it.
 */
export function tailSpec(spec: ModelSpec, cut: string): ModelSpec {
  const placed = placeLayers(spec);
  const at = placed.findIndex(({ layer }) => layer.name === cut);
  const shape = placed[at]?.outputShape;
  if (!shape) throw new Error(`${spec.name} has no layer named ${cut}.`);
  const isVector = shape.length === 1;
  const [h = 1, w = 1, c = 1] = isVector ? [1, 1, ...shape] : shape;
  const input: ImageShape = [h, w, c];
  const fedByInput = (name: string): string => (name === cut && !isVector ? inputName : name);
  const layers = placed.slice(at + 1).map(({ layer }): Layer => {
    const fed = layer.from === undefined ? layer : { ...layer, from: fedByInput(layer.from) };
    return fed.kind === 'add' ? { ...fed, with: fedByInput(fed.with) } : fed;
  });
  const tail = { ...spec, input, layers: isVector ? [{ kind: 'flatten', name: cut } as const, ...layers] : layers };
  placeLayers(tail);
  return tail;
}

/** Those of `weights` that `spec` has, in its order. Throws an Error that names one that is missing. */
export function weightsOf(spec: ModelSpec, weights: Weights): Weights {
  return new Map(
    weightShapes(spec).map(({ name }): [string, Weight] => {
      const weight = weights.get(name);
      if (!weight) throw new Error(`The weight ${name} is missing.`);
      return [name, weight];
    }),
  );
}
