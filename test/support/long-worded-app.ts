/** The app as it is built, but that every word in it is a long one. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { build } from 'vite';
import { temporaryFolder } from './temporary-folder.ts';

const client = fileURLToPath(new URL('../../client', import.meta.url));
const longWords = fileURLToPath(new URL('long-words.ts', import.meta.url));

/** The files of words: those that all screens share and a screen's own. */
const wordsFile = /\/client\/(?:i18n|screens\/\w+\/words)\/(en|it)\.ts$/;

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
    const language = wordsFile.exec(id)?.[1];
    if (language === undefined) return undefined;
    const kept = code.replace(`export const ${language} =`, 'const short =');
    if (kept === code)
      throw new Error(`Expected words in "export const ${language} =" of ${id}: look how they are exported now.`);
    return `import { longWords } from ${JSON.stringify(longWords)};\n${kept}\nexport const ${language} = longWords(short);`;
  },
};
