/** The talk's nine things out of what a model knows. */
import { expect, test } from 'vitest';
import { talkLabels, talkPlace, talkProbabilities, withTalkLabels } from '../../../protocol/learning/label-set.ts';
import type { Label } from '../../../protocol/learning/labels.ts';

const word = (key: string, family?: string): Label => ({
  key,
  names: { en: key, it: key },
  ...(family ? { family: { en: family, it: family } } : {}),
});
const labels = [word('ferry', 'boat'), word('cat'), word('acorn'), word('persian cat', 'cat'), word('gondola', 'boat')];
const placeOf = (key: string): number => talkLabels.findIndex((label) => label.key === key);

test('a label is one of the nine by itself or as a kind of it, or none', () => {
  expect(labels.map(talkPlace)).toEqual([placeOf('boat'), placeOf('cat'), -1, placeOf('cat'), placeOf('boat')]);
});

test('the kinds of one thing speak for it together, and what is none of the nine for none', () => {
  const probabilities = talkProbabilities(labels, [0.125, 0.25, 0.375, 0.125, 0.125]);
  expect(probabilities[placeOf('cat')]).toBe(0.375);
  expect(probabilities[placeOf('boat')]).toBe(0.25);
  expect(probabilities.reduce((sum, one) => sum + one, 0)).toBe(0.625);
});

test('a name is added for what the model knows only by its kinds', () => {
  const named = withTalkLabels(labels);
  expect(named.slice(0, labels.length)).toEqual(labels);
  expect(named.filter(({ key }) => key === 'boat')).toEqual([{ key: 'boat', names: { en: 'boat', it: 'barca' } }]);
  expect(named.filter(({ key }) => key === 'cat')).toHaveLength(1);
});
