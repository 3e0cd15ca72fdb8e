import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { runProcess } from './support/run-process.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['protocol', 'certs', 'client', 'server', 'test'];

/** Builds the types of a project with this project's own tsconfig files, one source per folder, and `imports` between them. */
async function build(imports: Readonly<Record<string, string>>): Promise<{ code: number | null; stdout: string }> {
  const path = await temporaryFolder();
  for (const file of ['tsconfig.json', 'tsconfig.base.json']) await cp(join(root, file), join(path, file));
  await mkdir(join(path, 'node_modules'));
  await symlink(join(root, 'node_modules/@types'), join(path, 'node_modules/@types'));
  for (const folder of folders) {
    await mkdir(join(path, folder));
    await cp(join(root, folder, 'tsconfig.json'), join(path, folder, 'tsconfig.json'));
    const from = imports[folder];
    const imported = from === undefined ? '' : `export type { Thing as Other } from '../${from}/thing.ts';\n`;
    await writeFile(join(path, folder, 'thing.ts'), `export type Thing = number;\n${imported}`);
  }
  return await runProcess(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: path });
}

describe('the build of the types', () => {
  test('accepts imports in the right direction', async () => {
    const result = await build({ client: 'protocol', server: 'protocol', test: 'client' });
    expect(result).toMatchObject({ code: 0, stdout: '' });
  });

  test.each([
    ['client', 'server'],
    ['client', 'certs'],
    ['server', 'client'],
    ['protocol', 'client'],
    ['protocol', 'server'],
    ['certs', 'protocol'],
  ])('fails when %s imports %s', async (from, to) => {
    const { code, stdout } = await build({ [from]: to });
    expect(code).not.toBe(0);
    expect(stdout).toMatch(new RegExp(`${from}/thing\\.ts.*TS(6307|6059)`));
  });
});

describe('the lint', () => {
  const rule = '@typescript-eslint/no-restricted-imports';
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint({
      cwd: root,
      ruleFilter: ({ ruleId }) => ruleId === rule,
      // Only this rule runs, and it needs no types; so the files need not exist.
      overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } },
    });
  });

  /** The rules that `import '<library>'` in a file at `path` breaks. */
  async function brokenRules(path: string, library: string): Promise<readonly (string | null)[]> {
    const results = await eslint.lintText(`import '${library}';\n`, { filePath: join(root, path) });
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  }

  test.each([
    ['protocol/codec.ts', 'msgpackr/index-no-eval'],
    ['server/store/store.ts', 'node:sqlite'],
    ['server/net/hub.ts', 'ws'],
    ['certs/leaf.ts', '@peculiar/x509'],
    ['client/i18n/language.ts', '@lit/localize'],
    ['client/screens/model/words.ts', '@lit/localize'],
    ['client/main.ts', '../protocol/codec.ts'],
    ['server/training/net.ts', './network.ts'],
  ])('lets %s import %s', async (path, library) => {
    expect(await brokenRules(path, library)).toEqual([]);
  });

  test.each([
    ['server/net/hub.ts', 'msgpackr'],
    ['client/link/link.ts', 'msgpackr/index-no-eval'],
    ['server/models/registry.ts', 'node:sqlite'],
    ['server/push/push.ts', 'ws'],
    ['server/cli/certs.ts', '@peculiar/x509'],
    ['client/screens/model/occhio-model.ts', '@lit/localize'],
    ['server/training/scheduler.ts', '../net/hub.ts'],
    ['server/training/wasm/worker.ts', '../../net/hub.ts'],
    ['client/main.ts', '../server/main.ts'],
    ['protocol/learning/heads.ts', '../../client/main.ts'],
    ['server/main.ts', '../test/support/run-process.ts'],
  ])('does not let %s import %s', async (path, library) => {
    expect(await brokenRules(path, library)).toEqual([rule]);
  });
});
