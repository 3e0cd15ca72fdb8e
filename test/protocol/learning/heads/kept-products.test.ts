/** Inner products from one set of vectors to the next. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeptProducts } from '../../../../protocol/learning/heads/kept-products.ts';
import { innerProducts } from '../../../../protocol/learning/heads/linear-algebra.ts';

it('gives what computing all anew gives, whichever vectors come, go and change places', () => {
  const vector = fc.float64Array({ minLength: 5, maxLength: 5, noNaN: true, noDefaultInfinity: true, min: -9, max: 9 });
  const vectors = fc.uniqueArray(vector, { minLength: 9, maxLength: 9 });
  const choices = fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8]), { maxLength: 6 });
  fc.assert(
    fc.property(vectors, choices, (all, chosen) => {
      const kept = new KeptProducts();
      for (const places of chosen) {
        const some = places.flatMap((place) => all[place] ?? []);
        expect([...kept.of(some, some)]).toEqual([...innerProducts(some)]);
      }
    }),
  );
});
