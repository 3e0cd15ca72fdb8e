import { expect, it } from 'vitest';
import { wordsOf } from '../../../../client/screens/model/words/words.ts';

/** Every text by its path; what a function says, for numbers and for the figures of a class. */
function textsOf(words: object, path = ''): readonly (readonly [path: string, text: string])[] {
  const figures = { right: 2, n: 5, low: '12 %', high: '77 %', more: 9, others: 2, as: 'x' };
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value] as const];
    if (typeof value === 'function') {
      const values = key === 'enoughUnsure' || key === 'enoughWeak' ? ['x', figures] : [3, 4, 5, 6];
      return [[here, String((value as (...values: unknown[]) => unknown)(...values))] as const];
    }
    return textsOf(value as object, here);
  });
}

it('says the same things in both languages, and in different words but for the field’s own terms', () => {
  const [en, it] = [new Map(textsOf(wordsOf.en)), new Map(textsOf(wordsOf.it))];
  expect([...it.keys()]).toEqual([...en.keys()]);
  const same = [...en].filter(([path, text]) => it.get(path) === text).map(([, text]) => text);
  expect([...new Set(same)].sort()).toEqual(['3 (4)', 'F1']);
  for (const text of [...en.values(), ...it.values()]) expect(text).not.toMatch(/undefined|NaN|\[object/);
});
