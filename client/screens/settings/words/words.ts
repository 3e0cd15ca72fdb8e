/** All words of "Settings", by language. A missing or superfluous one is a type error. */
import type { Language } from '../../../i18n/messages.ts';
import type { Words } from '../../../i18n/words.ts';
import { en } from './en.ts';
import { it } from './it.ts';

export type SettingsWords = Words<typeof en>;

export const wordsOf: Readonly<Record<Language, SettingsWords>> = { en, it };
