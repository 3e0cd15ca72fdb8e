/** How far new labels may be raised. */
import { describe, expect, it } from 'vitest';
import { raiseOf, raisedBias } from '../../../../server/training/round/raised-bias.ts';

/** Of a base picture whose best shipped logit leads the only new one by `gap`. */
const leading = (gap: number): Float32Array => Float32Array.of(0, 3, 3 - gap);

describe('the raise of new labels', () => {
  it('goes as far as all but a five-hundredth of the base pictures allow', () => {
    const logits = Array.from({ length: 1000 }, (_, i) => leading(i === 0 ? 0.1 : i === 1 ? 0.2 : 1.5));
    expect(raiseOf(logits, 2)).toBeCloseTo(1.5, 5);
    expect(raiseOf([...logits, leading(0.3), leading(0.4)], 2)).toBeCloseTo(0.3, 5);
  });

  it('is never more than two, and nothing where base pictures have gone over already', () => {
    expect(raiseOf([leading(9), leading(8)], 2)).toBe(2);
    expect(raiseOf([leading(-1), leading(8)], 2)).toBe(0);
  });

  it('touches new labels only', () => {
    const raised = raisedBias({ shape: [3], values: Float32Array.of(1, 2, 3) }, 2, 0.5);
    expect([...raised.values]).toEqual([1, 2, 3.5]);
  });
});
