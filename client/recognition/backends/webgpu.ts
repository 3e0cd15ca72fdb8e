/** WebGPU on a real adapter. */
import { setBackend } from '@tensorflow/tfjs-core';
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
};
