/**
 * Makes the threads of tfjs' wasm backend survive bundling. tfjs hands its threads their script by `toString()` of a
 * function; bundled, that text names helpers that no thread has. The threads get the untouched file instead. Drop this
 * when tfjs does the like (tfjs 4.22, dist/backend_wasm.js).
 */
import type { Plugin } from 'vite';

const blob =
  /new Blob\(\[`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)\], \{ type: 'text\/javascript' \}\)/;

export function wasmThreads(): Plugin {
  return {
    name: 'occhio-wasm-threads',
    transform(code, id) {
      if (!id.includes('tfjs-backend-wasm/dist/backend_wasm.js')) return null;
      if (!blob.test(code)) throw new Error('tfjs-backend-wasm has changed: look at client/wasm-threads-plugin.ts.');
      const script = `import threadScriptUrl from '../wasm-out/tfjs-backend-wasm-threaded-simd.js?url';\n`;
      // The thread itself is a blob, against which a relative address means nothing.
      return { code: script + code.replace(blob, 'new URL(threadScriptUrl, self.location.href).href'), map: null };
    },
  };
}
