/** Where training from the command line begins. */
import { describe, expect, it, vi } from 'vitest';
import { mobile } from '../../../../protocol/learning/backbones/mobile.ts';
import { initialWeights } from '../../../../protocol/learning/initial-weights.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { weightShapes } from '../../../../protocol/learning/shapes.ts';
import { recipes, withNewHead } from '../../../../server/training/fit/recipes.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('recipes', () => {
  it('keeps every layer but the head, which is new and of the size of the labels', () => {
    const spec = mobile({ classes: 9 });
    const base = { spec, weights: initialWeights(spec, seededRandom(1)) };
    const start = withNewHead(base, 4, 2);
    expect(start.spec).toEqual(mobile({ classes: 4 }));
    expect([...start.weights].map(([name, { shape }]) => ({ name, shape }))).toEqual(weightShapes(start.spec));
    for (const [name, weight] of start.weights)
      if (!name.startsWith('head/')) expect(weight).toBe(base.weights.get(name));
    expect(new Set(start.weights.get('head/kernel')?.values).size).toBeGreaterThan(1000);
  });

  it.each(['talk', 'mobile'] as const)(
    'starts %s with all its weights and the same head for the same seed',
    async (name) => {
      const { spec, weights } = await recipes[name].start(3, 1);
      expect([...weights].map(([key, { shape }]) => ({ name: key, shape }))).toEqual(weightShapes(spec));
      expect((await recipes[name].start(3, 1)).weights.get('head/kernel')).toEqual(weights.get('head/kernel'));
      expect((await recipes[name].start(3, 2)).weights.get('head/kernel')).not.toEqual(weights.get('head/kernel'));
    },
  );
});
