/** What the parts of the settings tell them. */
import type { RoomDevice } from '../../../protocol/messages/devices.ts';

/** The question was answered. */
export class AnswerEvent extends Event {
  static readonly type = 'settings-answer';
  readonly agreed: boolean;
  constructor(agreed: boolean) {
    super(AnswerEvent.type);
    this.agreed = agreed;
  }
}

/** A code for another device is to be shown, or the one that is shown is to go. */
export class InviteEvent extends Event {
  static readonly type = 'settings-invite';
  readonly wanted: boolean;
  constructor(wanted: boolean) {
    super(InviteEvent.type);
    this.wanted = wanted;
  }
}

/** This device is to be removed from the room. */
export class RemoveEvent extends Event {
  static readonly type = 'settings-remove';
  readonly device: RoomDevice;
  constructor(device: RoomDevice) {
    super(RemoveEvent.type);
    this.device = device;
  }
}

declare global {
  interface HTMLElementEventMap {
    'settings-answer': AnswerEvent;
    'settings-invite': InviteEvent;
    'settings-remove': RemoveEvent;
  }
}
