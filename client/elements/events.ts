/** What elements tell the page. Every event bubbles through shadow roots. */
import type { AskingLevel } from '../../protocol/learning/hardness/asking.ts';
import type { LabelSet } from '../../protocol/learning/label-set.ts';
import type { Language } from '../i18n/messages.ts';
import type { Motion, Theme } from '../storage/settings.ts';

const options = { bubbles: true, composed: true } as const;

/** Someone says what a picture shows; null is "none of these". */
export class SayEvent extends Event {
  static readonly type = 'occhio-say';
  readonly label: string | null;
  readonly burst: boolean;
  constructor(label: string | null, burst: boolean) {
    super(SayEvent.type, options);
    this.label = label;
    this.burst = burst;
  }
}

/** Someone chose an action that every screen may offer. */
export type Action = 'undo' | 'dismiss-notice' | 'open-keys' | 'update-app' | 'retry-screen' | 'close';

export class ActionEvent extends Event {
  static readonly type = 'occhio-action';
  readonly action: Action;
  constructor(action: Action) {
    super(ActionEvent.type, options);
    this.action = action;
  }
}

/** Settings that are on or off. */
export type Switched = 'consent' | 'adapted' | 'learnUncorrected' | 'burst';

/** Someone changed one of these settings. */
export type Change =
  | { readonly key: 'language'; readonly value: Language }
  | { readonly key: 'theme'; readonly value: Theme }
  | { readonly key: 'motion'; readonly value: Motion }
  | { readonly key: 'labelSet'; readonly value: LabelSet }
  | { readonly key: 'asking'; readonly value: AskingLevel }
  | { readonly key: 'deviceName'; readonly value: string }
  | { readonly key: Switched; readonly value: boolean };

export class ChangeEvent extends Event {
  static readonly type = 'occhio-change';
  readonly change: Change;
  constructor(change: Change) {
    super(ChangeEvent.type, options);
    this.change = change;
  }
}

declare global {
  interface HTMLElementEventMap {
    'occhio-say': SayEvent;
    'occhio-action': ActionEvent;
    'occhio-change': ChangeEvent;
  }
}
