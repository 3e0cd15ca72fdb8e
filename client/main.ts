/** The app's entry: wiring only. */
import './elements/occhio-app.ts';
import { Clip } from './camera/clip.ts';
import { Demo } from './camera/demo.ts';
import { PictureFile } from './camera/picture-file.ts';
import { takeSharedPicture } from './camera/shared-picture.ts';
import { painted } from './painted.ts';
import { startSession } from './session.ts';
import { eraseIfAsked } from './storage/erase.ts';

await eraseIfAsked();
const shown = Promise.withResolvers<unknown>();
const session = await startSession(shown.promise);
const app = document.createElement('occhio-app');
app.session = session;
document.body.append(app);
// Until then it would take the processors from what a person waits to see.
void painted().then(shown.resolve);

const source = new URLSearchParams(location.search).get('camera');
if (source === 'demo') await session.camera.open(new Demo());
else if (source === 'shared') {
  const picture = await takeSharedPicture();
  if (picture) await session.camera.open(new PictureFile(picture));
} else if (source !== null) await session.camera.open(new Clip(source));
