/** WebGPU on a real adapter. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from '../backends.ts';

export const webgpu: Backend = {
  async start() {
    const adapter = await (navigator as { gpu?: GPU }).gpu?.requestAdapter();
    if (!adapter || adapter.info.isFallbackAdapter) return false;
    // Loaded only where it can run: it is the largest backend.
    await import('@tensorflow/tfjs-backend-webgpu');
    return setBackend('webgpu');
  },
  detail: () => '',
  onLost(listener) {
    // `start` has put this backend in place.
    void (backend() as unknown as Pick<WebGPUBackend, 'device'>).device.lost.then(listener);
  },
};
