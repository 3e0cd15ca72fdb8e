/** Whether an exported model computes what ours does. */
import { probedLayer } from '../../../protocol/learning/model-file.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import { BadInput } from '../../bad-input.ts';
import { createInference, outputsOf } from '../../training/inference.ts';
import { probeInputs } from '../probe-inputs.ts';
import type { TrainedModel } from '../tfjs-format.ts';

/** Pictures that both are shown. */
export const parityProbes = 32;

/** The largest difference of two logits that the order of sums may cost. */
export const parityTolerance = 1e-3;

/** The exported model's logits, or embeddings while it has no labels, for inputs as `preprocess` makes them, in their order. */
export type ExportedOutputs = (inputs: readonly Float32Array[]) => Promise<readonly Float32Array[]>;

/** The largest difference between the two over the probe pictures. Rejects with BadInput when it is above `parityTolerance`. */
export async function checkParity(
  { spec, weights }: TrainedModel,
  exported: ExportedOutputs,
  threads: number,
): Promise<number> {
  const [size] = spec.input;
  const inputs = probeInputs(size, parityProbes).map((data) =>
    toInput({ data, width: size, height: size, channels: 3 }, size),
  );
  const inference = await createInference(spec, weights, threads);
  let expected: readonly Float32Array[];
  try {
    expected = await outputsOf(inference, inputs, probedLayer(spec));
  } finally {
    await inference.dispose();
  }
  const difference = largestDifference(expected, await exported(inputs));
  // Written so that NaN fails it.
  if (!(difference <= parityTolerance))
    throw new BadInput(
      `The exported model gives other answers than this one: on ${String(parityProbes)} probe pictures they are up to ${String(difference)} apart, ${String(parityTolerance)} is allowed. Nothing was written.`,
    );
  return difference;
}

/** NaN when one has what the other lacks. */
function largestDifference(expected: readonly Float32Array[], found: readonly Float32Array[]): number {
  if (found.length !== expected.length) return NaN;
  return Math.max(
    ...expected.map((row, i) => {
      const other = found[i];
      if (other?.length !== row.length) return NaN;
      return row.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? NaN))), 0);
    }),
  );
}
