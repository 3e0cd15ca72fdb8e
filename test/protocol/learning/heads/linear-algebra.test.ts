/** Inner products, many at once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dot, innerProducts } from '../../../../protocol/learning/heads/linear-algebra.ts';

it('gives of every two vectors the inner product, to the last bit', () => {
  const vector = fc.float64Array({ minLength: 7, maxLength: 7, noNaN: true, noDefaultInfinity: true, min: -9, max: 9 });
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 11 }), (vectors) => {
      const expected = vectors.flatMap((a) => vectors.map((b) => dot(a, b)));
      expect([...innerProducts(vectors)]).toEqual(expected);
    }),
  );
});
