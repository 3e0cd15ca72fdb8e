import { expect, it } from 'vitest';
import { searchLabels } from '../../../client/labels/search-labels.ts';
import type { Label } from '../../../protocol/learning/labels.ts';

const label = (key: string, it: string): Label => ({ key, names: { en: key, it } });
const labels = [
  label('coffee mug', 'tazza da caffè'),
  label('mug', 'tazza'),
  label('espresso', 'caffè espresso'),
  label('buttercup', 'ranuncolo'),
  label('cup', 'bicchiere'),
];

it('finds a label by its name in either language, accents and case aside', () => {
  expect(searchLabels(labels, [], 'CAFFE')).toEqual(['espresso', 'coffee mug']);
  expect(searchLabels(labels, [], 'bicch')).toEqual(['cup']);
});

it('puts names that begin with the text first, then words that do, then the rest', () => {
  expect(searchLabels(labels, [], 'mug')).toEqual(['mug', 'coffee mug']);
  expect(searchLabels(labels, [], 'cup')).toEqual(['cup', 'buttercup']);
});

it('finds what people named in this room, once', () => {
  expect(searchLabels(labels, ['grandma’s mug', 'mug'], 'mug')).toEqual(['mug', 'coffee mug', 'grandma’s mug']);
});

it('wants every typed word and finds nothing for blanks', () => {
  expect(searchLabels(labels, [], 'mug coffee')).toEqual(['coffee mug']);
  expect(searchLabels(labels, [], 'mug tea')).toEqual([]);
  expect(searchLabels(labels, [], '  ')).toEqual([]);
});
