import fc from 'fast-check';
import { expect, it } from 'vitest';
import { enoughOf, goodShare, picturesToBeSure } from '../../../../client/screens/model/enough.ts';
import { wilsonInterval } from '../../../../protocol/learning/wilson-interval.ts';
import { figuresWith } from './figures.ts';

it('has nothing to say before a round has learned what people taught', () => {
  expect(enoughOf(null)).toEqual({ kind: 'nothing' });
  expect(enoughOf(figuresWith({ cup: { n: 20, rightAfter: 20 } }))).toEqual({ kind: 'nothing' });
});

it('is not content with a class that no picture judged, or too few, however right', () => {
  const figures = figuresWith({
    tea: { taught: 8 },
    milk: { taught: 8, n: 5, rightAfter: 5 },
    rice: { taught: 8, n: 40, rightAfter: 40 },
  });
  expect(enoughOf(figures)).toMatchObject({ kind: 'unsure', weakest: { label: 'tea' }, others: 1, more: 9 });
});

it('says of which class it is surely not enough, and what that class is taken for', () => {
  const figures = figuresWith({ tea: { taught: 8, n: 2, rightAfter: 1 }, milk: { taught: 8, n: 12, rightAfter: 3 } }, [
    { label: 'milk', as: 'rice', n: 6, samples: [] },
    { label: 'milk', as: 'tea', n: 3, samples: [] },
  ]);
  expect(enoughOf(figures)).toMatchObject({ kind: 'weak', weakest: { label: 'milk' }, others: 0, as: 'rice' });
});

it('does not call a class weak that was only unlucky once', () => {
  expect(enoughOf(figuresWith({ tea: { taught: 8, n: 1 } })).kind).toBe('unsure');
});

it('says that it is enough when every class that people taught is good, whatever the others are', () => {
  const figures = figuresWith({
    milk: { taught: 8, n: 20, rightAfter: 19 },
    rice: { taught: 8, n: 40, rightAfter: 40 },
    cup: { n: 20, rightAfter: 2 },
  });
  const { low } = wilsonInterval(19, 20);
  expect(enoughOf(figures)).toEqual({ kind: 'enough', classes: 2, n: 60, low });
});

it('asks for just as many pictures as it takes', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), (right, wrong) => {
      const n = right + wrong;
      const more = picturesToBeSure({ rightAfter: right, n });
      const lowAfter = (added: number): number => (n + added > 0 ? wilsonInterval(right + added, n + added).low : 0);
      expect(lowAfter(more)).toBeGreaterThanOrEqual(goodShare);
      if (more > 0) expect(lowAfter(more - 1)).toBeLessThan(goodShare);
    }),
  );
});
