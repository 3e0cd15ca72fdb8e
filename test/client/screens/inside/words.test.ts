import { expect, it } from 'vitest';
import { wordsOf } from '../../../../client/screens/inside/words/words.ts';

/** Every text by its path; what a function says, for numbers. */
function textsOf(words: object, path = ''): readonly (readonly [path: string, text: string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value] as const];
    if (typeof value === 'function')
      return [[here, String((value as (...numbers: number[]) => unknown)(3, 4))] as const];
    return textsOf(value as object, here);
  });
}

it('says the same things in both languages, and in different words but for the field’s own terms', () => {
  const [en, it] = [new Map(textsOf(wordsOf.en)), new Map(textsOf(wordsOf.it))];
  expect([...it.keys()]).toEqual([...en.keys()]);
  const same = [...en].filter(([path, text]) => it.get(path) === text).map(([, text]) => text);
  expect([...new Set(same)].sort()).toEqual(['Max-pooling', 'ReLU', 'Softmax']);
});
