/** What the camera's plain actions do to the session. */
import { Demo } from '../../camera/demo.ts';
import { Webcam } from '../../camera/webcam.ts';
import type { Session } from '../../session.ts';
import type { CameraAction } from './events.ts';

/** A report is dismissed on the screen alone. */
export type SessionAction = Exclude<CameraAction, 'dismiss-report'>;

export function perform(action: SessionAction, { corrections, camera }: Pick<Session, 'corrections' | 'camera'>): void {
  switch (action) {
    case 'freeze':
      corrections.dismissNotice();
      void corrections.freeze();
      break;
    case 'resume':
      corrections.resume();
      break;
    case 'start-camera':
      void camera.open(new Webcam());
      break;
    case 'start-demo':
      void camera.open(new Demo());
      break;
    case 'other-picture':
      camera.close();
      break;
    default:
      action satisfies never;
  }
}
