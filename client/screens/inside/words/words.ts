/** All words of "Inside", by language. A missing or superfluous one is a type error. */
import type { Language } from '../../../i18n/messages.ts';
import { en } from './en.ts';
import { it } from './it.ts';

type Words<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Texts[Key] extends readonly string[]
      ? readonly string[]
      : Texts[Key] extends string
        ? string
        : Words<Texts[Key]>;
};

export type InsideWords = Words<typeof en>;

export const wordsOf: Readonly<Record<Language, InsideWords>> = { en, it };
