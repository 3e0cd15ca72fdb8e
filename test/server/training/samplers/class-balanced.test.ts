/** Balanced draws. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { classBalanced } from '../../../../server/training/samplers/class-balanced.ts';

function drawn<T>(classes: readonly (readonly T[])[], count: number): T[] {
  const draws = classBalanced(classes, seededRandom(1));
  return Array.from({ length: count }, () => draws.next()).flatMap((next) => (next.done ? [] : [next.value]));
}

it('draws every class equally often, and the examples of a class equally often, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), (sizes) => {
      const classes = sizes.map((size, i) => Array.from({ length: size }, (_, j) => `${String(i)}/${String(j)}`));
      const draws = drawn(classes, classes.length * 60);
      for (const [i, examples] of classes.entries()) {
        expect(draws.filter((name) => name.startsWith(`${String(i)}/`))).toHaveLength(60);
        for (const name of examples) expect(draws.filter((other) => other === name)).toHaveLength(60 / examples.length);
      }
    }),
  );
});

it('draws the same for the same seed', () => {
  const classes = [['a', 'b', 'c'], ['d'], ['e', 'f']];
  expect(drawn(classes, 50)).toEqual(drawn(classes, 50));
});

it('draws nothing of nothing, and skips classes without examples', () => {
  expect(drawn([], 5)).toEqual([]);
  expect(drawn([[], []], 5)).toEqual([]);
  expect(drawn([[], ['a']], 3)).toEqual(['a', 'a', 'a']);
});
