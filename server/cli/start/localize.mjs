/**
 * `npm run localize`: after words have changed in the code, brings what is translated up to date: the files for
 * translators (`it.xlf`) and what the app loads (`it.ts`). A translation of another text than the English of now is taken
 * out. Exits with 1, and says which, while messages want to be translated: write them into the `.xlf`, then run it again.
 */
import './require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pinnedNode } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';
import { step } from './step.mjs';

/** A message as lit-localize writes it. */
const unit = /<trans-unit id="([^"]+)">\s*<source>(.*?)<\/source>(\s*<target>.*?<\/target>)?/gs;

await start(async () => {
  const config = process.argv[2] ?? join(root, 'lit-localize.json');
  const { targetLocales, interchange } = JSON.parse(readFileSync(config, 'utf8'));
  const files = targetLocales.map((locale) => resolve(dirname(config), interchange.xliffDir, `${locale}.xlf`));
  const before = files.map((file) => sourcesIn(readFileSync(file, 'utf8')));
  await litLocalize('Collecting the messages', 'extract', config);
  const untranslated = files.flatMap((file, i) => {
    const text = readFileSync(file, 'utf8').replace(unit, (whole, id, source, target = '') =>
      before[i].has(id) && before[i].get(id) !== source ? whole.slice(0, whole.length - target.length) : whole,
    );
    writeFileSync(file, text);
    return [...text.matchAll(unit)].filter(([, , , target]) => !target).map(([, id]) => `${file}: ${id}`);
  });
  await litLocalize('Writing what the app loads', 'build', config);
  if (untranslated.length > 0) process.stdout.write(`To be translated:\n${untranslated.join('\n')}\n`);
  return untranslated.length > 0 ? 1 : 0;
});

/** The English by id. */
function sourcesIn(text) {
  return new Map([...text.matchAll(unit)].map(([, id, source]) => [id, source]));
}

async function litLocalize(title, command, config) {
  const program = join(root, 'node_modules/@lit/localize-tools/bin/lit-localize.js');
  // It sorts as the machine's language does: on all machines alike, please.
  const env = { ...process.env, LC_ALL: 'en_US.UTF-8' };
  await step(title, pinnedNode(), [program, `--config=${config}`, command], { env });
}
