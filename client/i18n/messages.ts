/** All words of the app, by language. A missing or superfluous one is a type error. */
import type { Label } from '../../protocol/learning/labels.ts';
import { en } from './en.ts';
import { it } from './it.ts';
import type { Words } from './words.ts';

export type Messages = Words<typeof en>;

export const languages = { en: 'English', it: 'Italiano' } as const;
export type Language = keyof typeof languages;

export const messagesOf: Readonly<Record<Language, Messages>> = { en, it };

/** The first of the person's languages that the app speaks. */
export function languageFor(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages);
  return known === 'it' ? 'it' : 'en';
}

/** What a label is called: its name in the language, or for one that a person typed just now, its key. */
export function nameOf(labels: readonly Label[], key: string, language: Language): string {
  return labels.find((label) => label.key === key)?.names[language] ?? key;
}

export function percent(fraction: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
}
