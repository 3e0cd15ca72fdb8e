/** The end of a network, as a network of its own: what latent replay trains (Pellegrini et al. 2020). */
import type { ImageShape, Layer, ModelSpec } from './model-spec.ts';
import { inputName } from './model-spec.ts';
import { placeLayers, weightShapes } from './shapes.ts';
import type { Weight, Weights } from './weights.ts';

/**
 * The layers of `spec` after the layer `cut`; its input is the cut's output `[h, w, c]`. Layers keep their names, so the
 * tail's weights are some of the whole network's. Throws an Error when `cut` is no such layer, or when a layer after it
 * is also fed by one before it.
 */
export function tailSpec(spec: ModelSpec, cut: string): ModelSpec {
  const placed = placeLayers(spec);
  const at = placed.findIndex(({ layer }) => layer.name === cut);
  const [h, w, c] = placed[at]?.outputShape ?? [];
  if (h === undefined || w === undefined || c === undefined)
    throw new Error(`${spec.name} has no layer named ${cut} with an output of height, width and channels.`);
  const input: ImageShape = [h, w, c];
  const fedByInput = (name: string): string => (name === cut ? inputName : name);
  const layers = placed.slice(at + 1).map(({ layer }): Layer => {
    const fed = layer.from === undefined ? layer : { ...layer, from: fedByInput(layer.from) };
    return fed.kind === 'add' ? { ...fed, with: fedByInput(fed.with) } : fed;
  });
  const tail = { ...spec, input, layers };
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
