/** Initial weights have the shapes of the spec and the spread of their method. */
import { describe, expect, it } from 'vitest';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { sizeOf, weightShapes } from '../../../protocol/learning/shapes.ts';

describe('initialWeights', () => {
  const spec = mobile({ classes: 7, batchNorm: true });
  const weights = initialWeights(spec, seededRandom(1));

  it('makes every weight of the spec, in order and in shape', () => {
    expect([...weights].map(([name, { shape }]) => ({ name, shape }))).toEqual(weightShapes(spec));
    for (const { shape, values } of weights.values()) expect(values.length).toBe(sizeOf(shape));
  });

  it("has the talk's 10,874,700 parameters for its four classes", () => {
    const shapes = weightShapes(talk({ classes: 4 }));
    expect(shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(10_874_700);
  });

  it('starts batch normalisation as the identity and heads without bias', () => {
    for (const [role, value] of [
      ['gamma', 1],
      ['movingVariance', 1],
      ['beta', 0],
      ['movingMean', 0],
    ] as const)
      expect(new Set(weights.get(`stem/${role}`)?.values)).toEqual(new Set([value]));
    expect(new Set(weights.get('head/bias')?.values)).toEqual(new Set([0]));
  });

  it.each([
    ['features/kernel', Math.sqrt(6 / (112 + 768))],
    ['stem/kernel', Math.sqrt(6 / (9 * (3 + 16)))],
    ['block5/depthwise/kernel', Math.sqrt(6 / 18)],
    ['head/kernel', Math.sqrt(6 / (768 + 7))],
  ])('spreads %s over ±%d', (name, limit) => {
    const values = weights.get(name)?.values ?? new Float32Array();
    const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(limit * 0.97);
  });

  it('repeats itself for the same seed', () => {
    expect(initialWeights(spec, seededRandom(1))).toEqual(weights);
    expect(initialWeights(spec, seededRandom(2))).not.toEqual(weights);
  });
});
