import { expect, it } from 'vitest';
import { languageFor, messagesOf, nameOf, percent } from '../../../client/i18n/messages.ts';

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

it('says the same things in both languages, and in different words', () => {
  const { en, it: italian } = messagesOf;
  expect(Object.keys(italian).sort()).toEqual(Object.keys(en).sort());
  const same = Object.entries(en).filter(([key, text]) =>
    Object.entries(italian).some(([k, t]) => k === key && t === text),
  );
  expect(same.map(([key]) => key)).toEqual(['appName']);
  expect(percent(0.87, 'it')).toBe('87%');
});
