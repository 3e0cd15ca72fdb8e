import { expect, it, vi } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { localeOf } from '../../../client/i18n/locale.ts';
import type { Language } from '../../../client/i18n/messages.ts';
import '../../support/speaking.ts';

it('speaks the language of the settings from the first, and follows them', async () => {
  const settings = new Cell<{ readonly language: Language }>({ language: 'it' });
  const locale = await localeOf(settings);
  expect(locale.peek()).toMatchObject({ language: 'it', messages: { camera: 'Fotocamera' } });
  settings.set({ language: 'en' });
  await vi.waitFor(() => {
    expect(locale.peek().language).toBe('en');
  });
  expect(locale.peek().messages.camera).toBe('Camera');
  settings.set({ language: 'it' });
  await vi.waitFor(() => {
    expect(locale.peek().language).toBe('it');
  });
  expect(locale.peek().messages.camera).toBe('Fotocamera');
});

it('changes only once where the choice was taken back before the words came', async () => {
  const settings = new Cell<{ readonly language: Language }>({ language: 'en' });
  const locale = await localeOf(settings);
  const heard: Language[] = [];
  locale.subscribe(({ language }) => heard.push(language));
  settings.set({ language: 'it' });
  settings.set({ language: 'en' });
  settings.set({ language: 'it' });
  await vi.waitFor(() => {
    expect(heard).toEqual(['it']);
  });
});
