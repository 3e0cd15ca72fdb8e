/** WebGL on a graphics processor; tfjs itself refuses one that is emulated in software. */
import '@tensorflow/tfjs-backend-webgl';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from '../backends.ts';

export const webgl: Backend = {
  start: () => setBackend('webgl'),
  detail: () => '',
};
