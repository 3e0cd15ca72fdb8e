/** Runs a module of ours in a real browser, on a page that is cross-origin isolated like the app's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sirv from 'sirv';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { wasmThreads } from '../../client/wasm-threads-plugin.ts';
import { openBrowser } from './app-browser.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeInto } from './drawn-pictures.ts';

/** Bundles `entry`, serves it and opens it; resolves when it has run. */
export async function openModule(entry: string): Promise<Page> {
  const folder = await temporaryFolder();
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
  onTestFinished(() => void server.close());
  const { page } = await openBrowser({ profile: folder });
  // A server that listens on a port has an address of this kind.
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  await page.waitForFunction(() => 'ready' in document.documentElement.dataset, undefined, { timeout: 60_000 });
  return page;
}
