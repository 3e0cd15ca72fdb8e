/** The app's entry: wiring only. */
import './elements/occhio-app.ts';
import { Clip } from './camera/clip.ts';
import { Demo } from './camera/demo.ts';
import { PictureFile } from './camera/picture-file.ts';
import { takeSharedPicture } from './camera/shared-picture.ts';
import { startSession } from './session.ts';
import { eraseIfAsked } from './storage/erase.ts';

await eraseIfAsked();
const session = await startSession();
const app = document.createElement('occhio-app');
app.session = session;
document.body.append(app);

const source = new URLSearchParams(location.search).get('camera');
if (source === 'demo') await session.camera.open(new Demo());
else if (source === 'shared') {
  const picture = await takeSharedPicture();
  if (picture) await session.camera.open(new PictureFile(picture));
} else if (source !== null) await session.camera.open(new Clip(source));
