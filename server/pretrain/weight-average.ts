/** The moving average of a run's weights, which is better than the last weights while the learning rate is high (Polyak & Juditsky 1992). */
import type { Weight, Weights } from '../../protocol/learning/weights.ts';

/** `average` moved towards `weights` by the part `share` (0 to 1) of the way. */
export function averaged(average: Weights, weights: Weights, share: number): Weights {
  return new Map(
    [...average].map(([name, { shape, values }]): [string, Weight] => {
      const latest = weights.get(name)?.values;
      if (latest?.length !== values.length) throw new Error(`The average and the weights differ at ${name}.`);
      return [name, { shape, values: values.map((value, i) => value + share * ((latest[i] ?? 0) - value)) }];
    }),
  );
}
