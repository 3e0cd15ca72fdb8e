import { expect, test } from 'vitest';
import { labelKey } from '../../../protocol/learning/labels.ts';
import { readBaseLabels } from '../../../server/pretrain/base-labels.ts';
import { talkLabels, talkPlace } from '../../../protocol/learning/label-set.ts';

const labels = await readBaseLabels();

test('names every label once in each language, under the key that typing the English name gives', () => {
  for (const { key, names } of labels) expect(key).toBe(labelKey(names.en));
  for (const pick of [
    labels.map(({ key }) => key),
    labels.map(({ names }) => names.en),
    labels.map(({ names }) => names.it),
  ])
    expect(new Set(pick).size).toBe(labels.length);
});

test('learns every class of the packs under exactly one label', () => {
  const sources = labels.flatMap((label) => label.sources);
  expect(new Set(sources).size).toBe(sources.length);
  expect(sources).toHaveLength(404);
});

test('has no synset code among the words that people read', () => {
  const words = labels.flatMap(({ key, names, family }) => [
    key,
    names.en,
    names.it,
    family?.en ?? '',
    family?.it ?? '',
  ]);
  expect(words.filter((word) => /n\d{8}|_|,/.test(word))).toEqual([]);
});

test('reaches everything that the talk recognised', () => {
  const reached = new Set(labels.map(talkPlace));
  expect(talkLabels.filter((_, place) => !reached.has(place))).toEqual([]);
});

test('calls a family by one name in each language', () => {
  const families = labels.flatMap(({ family }) => (family ? [family] : []));
  const italian = new Map(families.map(({ en, it }) => [en, it]));
  for (const { en, it } of families) expect(italian.get(en)).toBe(it);
  expect(new Set(italian.values()).size).toBe(italian.size);
});
