/** What the question before deleting tells the settings. */

export class EraseEvent extends Event {
  static readonly type = 'settings-erase';
  /** Whether everything is to be deleted. */
  readonly agreed: boolean;
  constructor(agreed: boolean) {
    super(EraseEvent.type);
    this.agreed = agreed;
  }
}

declare global {
  interface HTMLElementEventMap {
    'settings-erase': EraseEvent;
  }
}
