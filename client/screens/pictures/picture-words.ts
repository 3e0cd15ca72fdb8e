/** Pictures in words. */
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Locale } from '../../contexts.ts';
import { nameOf } from '../../i18n/messages.ts';
import type { Picture, PictureState } from '../../pictures/picture.ts';
import type { PicturesWords } from './words.ts';

/** What a picture shows. */
export function shownName(
  said: Picture['said'] | Picture['dispute'],
  labels: readonly Label[],
  { messages, language }: Locale,
  words: PicturesWords,
): string {
  if (!said) return words.unlabelled;
  return said.label === null ? messages.noneOfThese : nameOf(labels, said.label, language);
}

/** Its state in a word or two. */
export function stateName(state: PictureState, words: PicturesWords): string {
  switch (state.kind) {
    case 'here':
      return words.here;
    case 'sent':
      return words.sent;
    case 'learned':
      return words.learnedIn(String(state.version));
    case 'held-out':
      return words.heldOut;
    case 'refused':
      return words.refused;
    default:
      return state satisfies never;
  }
}

/** With all that there is to know of it. */
export function stateText(state: PictureState, words: PicturesWords): string {
  if (state.kind === 'refused') return words.refusedWhy(state.why);
  return state.kind === 'held-out' ? words.heldOutLong : stateName(state, words);
}
