/** Where networks can be cut. */
import { describe, expect, it } from 'vitest';
import { mobile } from '../../../../protocol/learning/backbones/mobile.ts';
import { initialWeights } from '../../../../protocol/learning/initial-weights.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { cutsFrom, lastCommonCut, workAfter } from '../../../../server/training/round/cuts.ts';

const spec = mobile({ classes: 4, size: 96 });
const cuts = cutsFrom(spec, 'block9/add');

describe('the cuts of a network', () => {
  it("are the bank's and later ones outside residuals whose activations are not much larger, down to the embedding", () => {
    expect(cuts).toEqual(['block9/add', 'block10/project', 'block11/add', 'embedding']);
  });

  it('leave the less work the later they are', () => {
    const work = cuts.map((cut) => workAfter(spec, cut));
    expect(work).toEqual([...work].sort((a, b) => b - a));
    expect(work.at(-1)).toBe(768 * 4);
    // 6 x 6 cells, 112 channels to 768, and the head.
    expect(work.at(-2)).toBe(36 * 112 * 768 + 768 * 4);
  });
});

describe('two networks', () => {
  const weights = initialWeights(spec, seededRandom(1));
  const changed = (name: string) => new Map([...weights, [name, { shape: [1], values: Float32Array.of(9) }]]);

  it('are the same up to the last cut before what differs', () => {
    expect(lastCommonCut(cuts, spec, weights, weights)).toBe('embedding');
    expect(lastCommonCut(cuts, spec, weights, changed('head/kernel'))).toBe('embedding');
    expect(lastCommonCut(cuts, spec, weights, changed('features/bias'))).toBe('block11/add');
    expect(lastCommonCut(cuts, spec, weights, changed('block10/expand/kernel'))).toBe('block9/add');
  });
});
