import { expect, it } from 'vitest';
import { wordsOf } from '../../../../client/screens/pictures/words/words.ts';
import { textsOf } from '../../../support/texts-of.ts';

it('says the same things in both languages, and in different words', () => {
  const [en, it] = [new Map(textsOf(wordsOf.en)), new Map(textsOf(wordsOf.it))];
  expect([...it.keys()]).toEqual([...en.keys()]);
  const same = [...en].filter(([path, text]) => it.get(path) === text).map(([path]) => path);
  // A name and a number, which no language changes.
  expect(same).toEqual(['/said']);
});
