/** A module of ours on a page that is cross-origin isolated like the app's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { build } from 'vite';
import { wasmThreads } from '../../client/wasm-threads-plugin.ts';
import { writeInto } from './drawn-pictures.ts';

export type ServedModule = {
  readonly url: string;
  readonly close: () => void;
};

/** Bundles `entry` into `folder` and serves it, beside what lies in the folder's `public`. The caller closes the server. */
export async function serveModule(entry: string, folder: string): Promise<ServedModule> {
  await writeInto(folder, 'index.html', `<!doctype html><script type="module" src="/@fs${entry}"></script>`);
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    define: { __BUILD__: '"test"' },
    build: { target: 'es2023', minify: false, assetsInlineLimit: 0 },
    plugins: [{ name: 'entry', resolveId: (id) => (id === `/@fs${entry}` ? entry : null) }, wasmThreads()],
  });
  const files = sirv(join(folder, 'dist'), {
    setHeaders(response) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    },
  });
  const server = createServer((request, response) => {
    files(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/`, close: () => void server.close() };
}
