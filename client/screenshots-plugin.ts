/** Puts the screenshots that the manifest names, which belong to the docs, beside the app. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { manifest } from './manifest.ts';

export function screenshots(): Plugin {
  return {
    name: 'screenshots',
    apply: 'build',
    generateBundle() {
      for (const { src } of manifest.screenshots)
        this.emitFile({
          type: 'asset',
          fileName: src.slice(1),
          source: readFileSync(new URL(`../docs${src}`, import.meta.url)),
        });
    },
  };
}
