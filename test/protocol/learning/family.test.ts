import { expect, it } from 'vitest';
import { sureFamily } from '../../../protocol/learning/family.ts';
import type { Label } from '../../../protocol/learning/labels.ts';

const named = (key: string, family?: string): Label => {
  const label = { key, names: { en: key, it: `${key}o` } };
  return family === undefined ? label : { ...label, family: { en: family, it: `${family}o` } };
};
const labels = [named('robin', 'bird'), named('gull', 'bird'), named('beagle', 'dog'), named('dog'), named('cup')];

it('is the family that is sure as a whole, though none of its kinds is', () => {
  expect(sureFamily(labels, [0.4, 0.35, 0.1, 0.1, 0.05])).toEqual({ en: 'bird', it: 'birdo' });
});

it('has in it the label that is called as it is', () => {
  expect(sureFamily(labels, [0.1, 0.1, 0.35, 0.35, 0.1])?.en).toBe('dog');
});

it('is none when no family is sure, and none for a thing without family', () => {
  expect(sureFamily(labels, [0.3, 0.2, 0.2, 0.1, 0.2])).toBeNull();
  expect(sureFamily(labels, [0, 0, 0, 0, 1])).toBeNull();
  expect(sureFamily([], [])).toBeNull();
});
