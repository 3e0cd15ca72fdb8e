/** WebAssembly with SIMD, and with threads where the page is cross-origin isolated. */
import { setBackend } from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Backend } from '../backends.ts';

/** More threads than this gain nothing on networks this small. */
const maxThreads = 4;

export const wasm: Backend = {
  async start() {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plainUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    });
    setThreadsCount(Math.min(maxThreads, navigator.hardwareConcurrency || 1));
    return setBackend('wasm');
  },
  detail() {
    const threads = globalThis.crossOriginIsolated ? getThreadsCount() : 1;
    return threads > 1 ? `${String(threads)}×` : '';
  },
  onLost() {
    // A central processor is not lost.
  },
};
