import { describe, expect, it } from 'vitest';
import { appWords } from '../../../client/i18n/words.ts';
import { insideWords } from '../../../client/screens/inside/words.ts';
import { modelWords } from '../../../client/screens/model/words.ts';
import { picturesWords } from '../../../client/screens/pictures/words.ts';
import { questionsWords } from '../../../client/screens/questions/words.ts';
import { settingsWords } from '../../../client/screens/settings/words.ts';
import { saidIn } from '../../support/speaking.ts';
import { textsOf } from '../../support/texts-of.ts';

/** The words of each screen, and which of them are the same in all languages: names, numbers, the field's own terms. */
const sets = [
  { screen: 'all screens', words: appWords, same: ['Hub: 3', 'Occhio'] },
  { screen: 'Inside', words: insideWords, same: ['Max-pooling', 'ReLU', 'Softmax'] },
  { screen: 'Model', words: modelWords, same: ['3 (4)', 'F1'] },
  { screen: 'Pictures', words: picturesWords, same: ['3: 4'] },
  { screen: 'Questions', words: questionsWords, same: [] },
  { screen: 'Settings', words: settingsWords, same: ['App'] },
];

describe.each(sets)('the words of $screen', ({ words, same }) => {
  it('say the same things in both languages, in different words', async () => {
    const [en, italian] = [
      new Map(await saidIn('en', () => textsOf(words()))),
      new Map(await saidIn('it', () => textsOf(words()))),
    ];
    expect([...italian.keys()]).toEqual([...en.keys()]);
    const alike = [...en].filter(([path, text]) => italian.get(path) === text).map(([, text]) => text);
    expect([...new Set(alike)].sort()).toEqual(same);
    for (const text of [...en.values(), ...italian.values()]) expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

it('speaks of one thing as of one', async () => {
  const figures = { right: 1, n: 1, low: '12 %', high: '77 %', more: 1, others: 1, as: null };
  const counted = (): readonly string[] => [
    appWords().progressKeptHere(1),
    appWords().progressKeptHere(2),
    appWords().reportNewClasses(1, 'cup'),
    modelWords().enoughUnsure('cup', figures),
    modelWords().fell('cup', 1),
    picturesWords().selected(1),
    picturesWords().selected(1234),
    settingsWords().eraseUnsent(1),
  ];
  expect(await saidIn('en', counted)).toEqual([
    '1 kept here',
    '2 kept here',
    '+1 class: cup',
    'Not quite: “cup” was right in 1 of 1 picture, and that means anything from 12 % to 77 %. It takes 1 more to be sure. So it is with 1 other class, too.',
    'Fell: cup and 1 other.',
    '1 selected',
    '1,234 selected',
    '1 picture has not been sent to your hub and would be lost.',
  ]);
  expect(await saidIn('it', counted)).toEqual([
    '1 tenuta qui',
    '2 tenute qui',
    '+1 classe: cup',
    'Non del tutto: «cup» era giusto in 1 su 1 immagine, cioè in una quota qualsiasi fra 12 % e 77 %. Per esserne sicuri ne serve almeno un’altra. Vale anche per 1 altra classe.',
    'In calo: cup e 1 altra.',
    '1 selezionata',
    '1234 selezionate',
    '1 foto non è ancora arrivata al tuo hub e andrebbe persa.',
  ]);
});
