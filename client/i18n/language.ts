/** The language that is spoken now. English stands in the code; the words of another are fetched when it is asked for. */
import { configureLocalization } from '@lit/localize';
import type { Language } from './messages.ts';

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['it'],
  loadLocale: () => import('./it.ts'),
});

export function currentLanguage(): Language {
  // `speak` sets no other.
  return getLocale() as Language;
}

/** Resolves when the language is spoken; where its words cannot be had, English is. */
export async function speak(language: Language): Promise<void> {
  try {
    await setLocale(language);
  } catch {
    // Out of reach and not kept, either. A failed attempt lasts until another language is set: then it may be tried again.
    await setLocale('en');
  }
}
