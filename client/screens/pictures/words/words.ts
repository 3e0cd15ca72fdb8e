/** All words of "Pictures", by language. A missing or superfluous one is a type error. */
import type { Language } from '../../../i18n/messages.ts';
import type { Words } from '../../../i18n/words.ts';
import { en } from './en.ts';
import { it } from './it.ts';

export type PicturesWords = Words<typeof en>;

export const wordsOf: Readonly<Record<Language, PicturesWords>> = { en, it };
