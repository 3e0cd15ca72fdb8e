/** What a question's card tells its screen. */

/** Nobody wants to answer this question. */
export class SkipEvent extends Event {
  static readonly type = 'question-skip';
  constructor() {
    super(SkipEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'question-skip': SkipEvent;
  }
}
