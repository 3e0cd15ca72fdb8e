/** What elements may ask their surroundings for: one small context per concern. */
import { createContext } from '@lit/context';
import type { Label } from '../protocol/learning/labels.ts';
import type { Language, Messages } from './i18n/messages.ts';

/** The words of the app, and the language they are in. */
export type Locale = { readonly language: Language; readonly messages: Messages };

export const localeContext = createContext<Locale>('locale');

/** What the live model knows, for names and for search. */
export const labelsContext = createContext<readonly Label[]>('labels');
