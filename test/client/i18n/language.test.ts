import { expect, it, vi } from 'vitest';
import { currentLanguage, speak } from '../../../client/i18n/language.ts';
import '../../support/speaking.ts';

const fetched = vi.hoisted(() => ({ fails: true }));
vi.mock('../../../client/i18n/it.ts', () => {
  if (fetched.fails) throw new Error('The network is gone.');
  return { templates: {} };
});

it('speaks English while the words of another language cannot be had, and tries again when asked again', async () => {
  await speak('it');
  expect(currentLanguage()).toBe('en');
  fetched.fails = false;
  await speak('it');
  expect(currentLanguage()).toBe('it');
});
