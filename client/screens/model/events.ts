/** What the elements of "Model" tell their screen. */

/** Someone wants this version live; null: the newest. */
export class PinEvent extends Event {
  static readonly type = 'model-pin';
  readonly version: number | null;
  constructor(version: number | null) {
    super(PinEvent.type, { bubbles: true, composed: true });
    this.version = version;
  }
}

declare global {
  interface HTMLElementEventMap {
    'model-pin': PinEvent;
  }
}
