/** The check of an exported model, with answers that differ. */
import { expect, it } from 'vitest';
import { BadInput } from '../../../../server/bad-input.ts';
import { checkParity, parityProbes } from '../../../../server/models/export/parity.ts';
import type { ExportedOutputs } from '../../../../server/models/export/parity.ts';
import { createInference, outputsOf } from '../../../../server/training/inference.ts';
import { smallModel } from '../../../support/small-model.ts';

const model = smallModel(['ball', 'star'], 1);

/** Our own answers, one of them off by `error`. */
function offBy(error: number): ExportedOutputs {
  return async (inputs) => {
    expect(inputs).toHaveLength(parityProbes);
    const inference = await createInference(model.spec, model.weights, 1);
    const outputs = await outputsOf(inference, inputs, 'head');
    await inference.dispose();
    return outputs.map((row, i) => row.map((logit, at) => (i === 20 && at === 1 ? logit + error : logit)));
  };
}

it('gives the largest difference of any logit', async () => {
  expect(await checkParity(model, offBy(0), 1)).toBe(0);
  expect(await checkParity(model, offBy(-5e-4), 1)).toBeCloseTo(5e-4, 6);
});

it.each([
  ['is too far off', offBy(2e-3)],
  ['is no number', offBy(NaN)],
  ['is missing', async (inputs: readonly Float32Array[]) => (await offBy(0)(inputs)).slice(1)],
  ['is too short', async (inputs: readonly Float32Array[]) => (await offBy(0)(inputs)).map((row) => row.subarray(1))],
])('refuses an export of which an answer %s', async (_, exported) => {
  const check = checkParity(model, exported, 1);
  await expect(check).rejects.toThrow(BadInput);
  await expect(check).rejects.toThrow(/gives other answers .* Nothing was written/);
});
