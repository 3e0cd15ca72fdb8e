/** What the settings ask before something is gone for good, in words. */
import type { RoomDevice } from '../../../protocol/messages/devices.ts';
import type { SettingsWords } from './words.ts';

export type Question =
  /** Everything on this device; `unsent`: the pictures that are nowhere else. */
  | { readonly kind: 'erase-here'; readonly unsent: number }
  /** Everything that this device gave to the hub. */
  | { readonly kind: 'erase-hub'; readonly own: RoomDevice }
  | { readonly kind: 'remove'; readonly device: RoomDevice };

export type QuestionTexts = {
  readonly title: string;
  /** What would be lost. */
  readonly lost: string;
  readonly then: string;
  readonly yes: string;
};

export function textsOf(question: Question, words: SettingsWords): QuestionTexts {
  switch (question.kind) {
    case 'erase-here':
      return {
        title: words.eraseTitle,
        lost: question.unsent > 0 ? words.eraseUnsent(question.unsent) : words.eraseNothing,
        then: words.eraseAgain,
        yes: words.eraseYes,
      };
    case 'erase-hub': {
      const { pictures, labels } = question.own;
      return {
        title: words.eraseHubTitle,
        lost: words.eraseHubLost(words.countPictures(pictures), words.countLabels(labels)),
        then: words.eraseHubThen,
        yes: words.eraseHubYes,
      };
    }
    case 'remove':
      return {
        title: words.removeTitle(question.device.name),
        lost: words.removeLost,
        then: words.removeThen,
        yes: words.removeYes,
      };
    default:
      return question satisfies never;
  }
}
