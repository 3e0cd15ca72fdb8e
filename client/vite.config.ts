/** How the app is built: one page, one recognition worker, one service worker. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './manifest.ts';
import { screenshots } from './screenshots-plugin.ts';
import { wasmThreads } from './wasm-threads-plugin.ts';

// Our own file: it has one.
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // A build is told from the next by its time: the backends are measured again after an update of the app.
  define: { __BUILD__: JSON.stringify(new Date().toISOString()), __VERSION__: JSON.stringify(version) },
  build: { outDir: 'dist', target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  server: { headers: isolation },
  preview: { headers: isolation },
  plugins: [
    screenshots(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'sw.ts',
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm}'],
        // Whoever looks at the screenshots has a network: they look before they install.
        globIgnores: ['screenshots/**'],
        // The wasm backends; models are kept apart, in a cache of their own.
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
    // The hub sends the compressed files that lie beside the others.
    compression({ algorithms: ['brotliCompress'], include: /\.(js|css|html|svg|wasm|webmanifest)$/ }),
  ],
});
