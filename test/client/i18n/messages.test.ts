import { expect, it } from 'vitest';
import { languageFor, nameOf, percent } from '../../../client/i18n/messages.ts';

it('speaks the first of the person’s languages that it knows, and English otherwise', () => {
  expect(languageFor(['de-DE', 'it-CH', 'en-GB'])).toBe('it');
  expect(languageFor(['en-US', 'it'])).toBe('en');
  expect(languageFor(['fr'])).toBe('en');
  expect(languageFor([])).toBe('en');
});

it('calls a label by its name in the language, and a new one by what was typed', () => {
  const labels = [{ key: 'cup', names: { en: 'cup', it: 'tazza' } }];
  expect(nameOf(labels, 'cup', 'it')).toBe('tazza');
  expect(nameOf(labels, 'grandma’s mug', 'it')).toBe('grandma’s mug');
});

it('writes shares as the language does', () => {
  expect(percent(0.87, 'en')).toBe('87%');
  expect(percent(0.87, 'it')).toBe('87%');
});
