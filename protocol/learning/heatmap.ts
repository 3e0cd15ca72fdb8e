/**
 * Which places of a picture speak for a label: for a linear head exactly the class-activation map (Zhou et al. 2016), and
 * the same question for a head that is not linear.
 */
import type { ModelSpec } from './model-spec.ts';

/** The layer whose maps the embedding averages; undefined when it is no global average, because then places are mixed. */
export function averagedLayer(spec: ModelSpec): string | undefined {
  const at = spec.layers.findIndex(({ name }) => name === spec.embedding);
  const layer = spec.layers[at];
  return layer?.kind === 'globalAveragePool' ? (layer.from ?? spec.layers[at - 1]?.name) : undefined;
}

/**
 * What each place adds to a logit, `[places]`: the logit of the average of `maps` `[places, channels]`, less the logit when
 * the place counts as nothing in it. A linear head's shares add up to its logit without the bias.
 */
export function sharesOf(
  maps: Float32Array,
  channels: number,
  logitOf: (embedding: Float32Array) => number,
): Float32Array<ArrayBuffer> {
  const places = maps.length / channels;
  const whole = new Float32Array(channels);
  maps.forEach((value, i) => {
    whole[i % channels] = (whole[i % channels] ?? 0) + value / places;
  });
  const logit = logitOf(whole);
  return Float32Array.from({ length: places }, (_, place) => {
    const without = whole.map((value, channel) => value - (maps[place * channels + channel] ?? 0) / places);
    return logit - logitOf(without);
  });
}
