/** How words are said: a set of them in the language that is spoken now. */
import { currentLanguage } from './language.ts';
import type { Language } from './messages.ts';

/** `say` holds the messages; it is asked again when another language is spoken. */
export function spoken<Words extends object>(say: () => Words): () => Words {
  let last: { readonly language: Language; readonly words: Words } | undefined;
  return () => {
    const language = currentLanguage();
    if (last?.language !== language) last = { language, words: say() };
    return last.words;
  };
}

/** A number within a message, as the language writes it. */
export function digits(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value);
}
