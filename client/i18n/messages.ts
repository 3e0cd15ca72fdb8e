/** The languages of the app, and what they call a label or a share. */
import type { Label } from '../../protocol/learning/labels.ts';
import type { appWords } from './words.ts';

/** The words that no single screen owns. */
export type Messages = ReturnType<typeof appWords>;

export const languages = { en: 'English', it: 'Italiano' } as const;
export type Language = keyof typeof languages;

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
