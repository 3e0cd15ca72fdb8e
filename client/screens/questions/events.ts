/** What a question's card tells its screen. */

/** Nobody wants to answer this question. */
export class SkipEvent extends Event {
  static readonly type = 'question-skip';
  constructor() {
    super(SkipEvent.type);
  }
}

/** The question's picture is not worth an answer, nor being kept. */
export class BadPhotoEvent extends Event {
  static readonly type = 'question-bad-photo';
  constructor() {
    super(BadPhotoEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'question-skip': SkipEvent;
    'question-bad-photo': BadPhotoEvent;
  }
}
