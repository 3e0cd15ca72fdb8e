import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProcess } from '../../support/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = join(root, 'server/cli/start/localize.mjs');

/** A copy of the words and their translations. */
async function copyOfWords() {
  const folder = await temporaryFolder();
  for (const path of [
    'lit-localize.json',
    'tsconfig.base.json',
    'client/tsconfig.json',
    'client/i18n',
    'client/screens',
  ])
    await cp(join(root, path), join(folder, path), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const change = async (path: string, from: string, to: string) => {
    const text = await readFile(join(folder, path), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(folder, path), text.replace(from, to));
  };
  const localize = () => runProcess(process.execPath, [script, join(folder, 'lit-localize.json')]);
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  return { change, localize, read };
}

it('has all that the app says in Italian, translated from what it says now, and loads just that', async () => {
  const { localize, read } = await copyOfWords();
  expect(await localize()).toMatchObject({ code: 0, stdout: '' });
  for (const path of ['client/i18n/it.xlf', 'client/i18n/it.ts'])
    expect(await read(path), `run \`npm run localize\`, which writes ${path}`).toBe(
      await readFile(join(root, path), 'utf8'),
    );
});

it('asks for a translation of what is new and of what has changed', async () => {
  const { change, localize, read } = await copyOfWords();
  const words = 'client/screens/questions/words.ts';
  await change(words, 'Nothing to ask just now.', 'Nothing to ask.');
  await change(words, '  intro:', "  hint: msg('Take your time.', { id: 'questions.hint' }),\n  intro:");
  const { code, stdout } = await localize();
  expect(code).toBe(1);
  expect(stdout.match(/questions\..*/g)).toEqual(['questions.none', 'questions.hint']);
  expect(await read('client/i18n/it.xlf')).not.toContain('Adesso non ha niente da chiedere.');
});
