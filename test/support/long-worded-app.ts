/** The app as it is built, but that every word in it is a long one. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { build } from 'vite';
import { temporaryFolder } from './temporary-folder.ts';

const client = fileURLToPath(new URL('../../client', import.meta.url));
const longWords = fileURLToPath(new URL('long-words.ts', import.meta.url));

/** Where every set of words is said. */
const spoken = /\/client\/i18n\/spoken\.ts$/;

/** Resolves with its folder, which is gone when the test has finished. */
export async function buildLongWordedApp(): Promise<string> {
  const outDir = join(await temporaryFolder(), 'app');
  await build({
    root: client,
    configFile: join(client, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
    plugins: [longWorded],
  });
  return outDir;
}

/** After types are gone, before anything is bundled. */
const longWorded: Plugin = {
  name: 'long-worded',
  transform(code, id) {
    if (!spoken.test(id)) return undefined;
    const long = code.replace('words: say()', 'words: longWords(say())');
    if (long === code) throw new Error(`Expected "words: say()" in ${id}: look how words are said now.`);
    return `import { longWords } from ${JSON.stringify(longWords)};\n${long}`;
  },
};
