/** WebGL on a graphics processor. Where it is emulated in software it counts as absent: wasm is ten times as fast. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgl';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from '../backends.ts';

const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export const webgl: Backend = {
  start: () => (hasProcessor() ? setBackend('webgl') : Promise.resolve(false)),
  detail: () => '',
  onLost(listener) {
    // `start` has put this backend in place.
    const { gpgpu } = backend() as unknown as Pick<MathBackendWebGL, 'gpgpu'>;
    gpgpu.gl.canvas.addEventListener('webglcontextlost', listener);
  },
};

function hasProcessor(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !software.test(String(renderer));
}
