/** The words of the app and their language, as elements get them: the language of the settings, once it is spoken. */
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Locale } from '../contexts.ts';
import { currentLanguage, speak } from './language.ts';
import type { Language } from './messages.ts';
import { appWords } from './words.ts';

export function localeNow(): Locale {
  return { language: currentLanguage(), messages: appWords() };
}

/** Resolves when the language of the settings is spoken, so that nothing is ever shown in another; follows them from then on. */
export async function localeOf(settings: Readable<{ readonly language: Language }>): Promise<Readable<Locale>> {
  const locale = new Cell(localeNow());
  const follow = async (): Promise<void> => {
    await speak(settings.peek().language);
    if (currentLanguage() !== locale.peek().language) locale.set(localeNow());
  };
  settings.subscribe(() => {
    void follow();
  });
  await follow();
  return locale;
}
