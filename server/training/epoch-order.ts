/** Which pictures make up which batch. */
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';

/** The pictures of batch 0, 1, 2, ... of a run. The same batch number always gives the same pictures. */
export type BatchOrder = (batch: number) => Uint32Array;

/**
 * Passes over `members`, each in a new random order, in batches of exactly `batchSize`; the rest of a pass, less than a
 * batch, is left out of it. Throws a RangeError when there is not one full batch.
 */
export function epochOrder(members: Uint32Array, batchSize: number, seed: number): BatchOrder {
  const perEpoch = Math.floor(members.length / batchSize);
  if (perEpoch === 0)
    throw new RangeError(`${String(members.length)} pictures do not fill a batch of ${String(batchSize)}.`);
  let shuffledEpoch = -1;
  let order = members;
  return (batch) => {
    const epoch = Math.floor(batch / perEpoch);
    if (epoch !== shuffledEpoch) {
      order = Uint32Array.from(shuffled([...members], seededRandom(seed + epoch)));
      shuffledEpoch = epoch;
    }
    const first = (batch % perEpoch) * batchSize;
    return order.slice(first, first + batchSize);
  };
}
