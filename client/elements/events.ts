/** What elements tell the app. Every event bubbles through shadow roots. */

const options = { bubbles: true, composed: true } as const;

/** Someone says what the frozen picture shows; null is "none of these". */
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

/** Someone chose one of the app's plain actions. */
export type Action =
  | 'freeze'
  | 'resume'
  | 'undo'
  | 'dismiss-notice'
  | 'dismiss-report'
  | 'start-camera'
  | 'start-demo'
  | 'other-picture'
  | 'open-settings'
  | 'open-keys'
  | 'open-question'
  | 'skip-question'
  | 'update-app'
  | 'close';

export class ActionEvent extends Event {
  static readonly type = 'occhio-action';
  readonly action: Action;
  constructor(action: Action) {
    super(ActionEvent.type, options);
    this.action = action;
  }
}

/** Someone chose or dropped a picture. */
export class PictureEvent extends Event {
  static readonly type = 'occhio-picture';
  readonly file: Blob;
  constructor(file: Blob) {
    super(PictureEvent.type, options);
    this.file = file;
  }
}

/** Someone changed one of these settings. */
export type Change =
  | { readonly key: 'language'; readonly value: 'en' | 'it' }
  | { readonly key: 'consent' | 'adapted' | 'burst'; readonly value: boolean };

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
    'occhio-picture': PictureEvent;
    'occhio-change': ChangeEvent;
  }
}
