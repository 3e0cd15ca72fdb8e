/** What the parts of the camera screen tell it. Every event bubbles through shadow roots. */

const options = { bubbles: true, composed: true } as const;

/** Someone chose one of the camera's plain actions. */
export type CameraAction =
  | 'freeze'
  | 'resume'
  | 'start-camera'
  | 'start-demo'
  | 'other-picture'
  | 'flip'
  | 'torch'
  | 'zoom'
  | 'mirror'
  | 'explain'
  | 'install'
  | 'not-install'
  | 'back-to-parent'
  | 'dismiss-report';

export class CameraActionEvent extends Event {
  static readonly type = 'occhio-camera-action';
  readonly action: CameraAction;
  constructor(action: CameraAction) {
    super(CameraActionEvent.type, options);
    this.action = action;
  }
}

/** Someone chose one of the device's cameras. */
export class CameraChoiceEvent extends Event {
  static readonly type = 'occhio-camera-choice';
  readonly camera: string;
  constructor(camera: string) {
    super(CameraChoiceEvent.type, options);
    this.camera = camera;
  }
}

/** Someone chose a picture. */
export class PictureEvent extends Event {
  static readonly type = 'occhio-picture';
  readonly file: Blob;
  constructor(file: Blob) {
    super(PictureEvent.type, options);
    this.file = file;
  }
}

declare global {
  interface HTMLElementEventMap {
    'occhio-camera-action': CameraActionEvent;
    'occhio-camera-choice': CameraChoiceEvent;
    'occhio-picture': PictureEvent;
  }
}
