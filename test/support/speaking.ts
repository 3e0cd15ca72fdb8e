/** The app's words in each language, outside a browser. */
import { vi } from 'vitest';
import { speak } from '../../client/i18n/language.ts';
import type { Language } from '../../client/i18n/messages.ts';

// lit-localize tells its window when the language changes.
vi.stubGlobal('window', new EventTarget());

/** What `say` says when the language is spoken. */
export async function saidIn<Said>(language: Language, say: () => Said): Promise<Said> {
  await speak(language);
  return say();
}
