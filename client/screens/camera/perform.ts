/** What the camera's plain actions do to the session. */
import { Demo } from '../../camera/demo.ts';
import type { Lens } from '../../camera/lens.ts';
import { Webcam } from '../../camera/webcam.ts';
import type { Session } from '../../session.ts';
import { parentVersionOf } from './camera-view.ts';
import type { CameraAction } from './events.ts';

/** The rest happens on the screen alone. */
export type SessionAction = Exclude<CameraAction, 'dismiss-report' | 'explain'>;

type Parts = Pick<Session, 'corrections' | 'camera' | 'settings'>;

export function perform(action: SessionAction, session: Session): void {
  const { corrections, camera, settings, installOffer, versions } = session;
  switch (action) {
    case 'freeze':
      void corrections.freeze();
      break;
    case 'resume':
      corrections.resume();
      break;
    case 'start-camera':
      void camera.open(new Webcam(settings.state.peek().camera));
      break;
    case 'start-demo':
      void camera.open(new Demo());
      break;
    case 'other-picture':
      camera.close();
      break;
    case 'flip':
      chooseCamera(undefined, session);
      break;
    case 'torch':
      void lensOf(session)?.torch();
      break;
    case 'zoom':
      void lensOf(session)?.zoom();
      break;
    case 'mirror':
      turnMirror(session);
      break;
    case 'install':
      void installOffer.accept();
      break;
    case 'not-install':
      void installOffer.dismiss();
      break;
    case 'back-to-parent': {
      const parent = parentVersionOf(session);
      if (parent !== null) versions.pin(parent);
      break;
    }
    default:
      action satisfies never;
  }
}

/** That camera, or the next one; it is used from then on. Not while a picture is frozen. */
export function chooseCamera(id: string | undefined, session: Parts): void {
  const other = session.corrections.state.peek().kind === 'watching' && lensOf(session)?.other(id);
  if (!other) return;
  void session.camera.open(other).then(() => {
    const lens = session.camera.lens.peek();
    if (lens) void session.settings.write('camera', lens.current);
  });
}

/** On or off, for this camera and from then on; where the device is full, until the app is closed. */
function turnMirror({ camera, settings }: Parts): void {
  const current = camera.lens.peek()?.current;
  if (current === undefined) return;
  const { mirroredOtherwise: before } = settings.state.peek();
  const after = before.includes(current) ? before.filter((id) => id !== current) : [...before, current];
  settings.write('mirroredOtherwise', after).catch(() => undefined);
}

function lensOf({ camera }: Parts): Lens | undefined {
  const state = camera.state.peek();
  return state.kind === 'on' ? state.source.lens : undefined;
}
