/**
 * A small checkout in a temporary folder: the real launchers and the real npm, around a program, a kernel build and an app
 * build that are small enough to watch. Its packages lie in folders, so nothing is fetched from a registry.
 */
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../../support/run-process.ts';
import type { ProcessResult } from '../../../support/run-process.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const launchers = fileURLToPath(new URL('../../../../server/cli/start/', import.meta.url));

const program = `
if (process.argv[2] === 'exit') process.exit(Number(process.argv[3]));
if (process.argv[2] === 'wait') {
  process.on('SIGTERM', () => process.exit(7)).on('SIGINT', () => process.exit(8));
  setInterval(() => undefined, 1000);
}
console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
`;

const files: Readonly<Record<string, string>> = {
  'server/cli/occhio.ts': program,
  'server/training/wasm/kernels/gemm.as.ts': '// version 1\n',
  'server/training/wasm/build-kernels.mjs': `
    import { mkdirSync } from 'node:fs';
    mkdirSync(new URL('./build', import.meta.url), { recursive: true });
  `,
  'client/index.html': '<!doctype html>',
  'docs/screenshots/camera.png': '',
  'protocol/version.ts': 'export const version = 1;\n',
  'tsconfig.base.json': '{}',
  'parts/node/package.json': '{ "name": "node", "version": "24.0.0" }',
  'parts/vite/package.json': '{ "name": "vite", "version": "8.0.0" }',
  'parts/vite/bin/vite.js': `require('node:fs').mkdirSync('dist', { recursive: true });`,
};

export type Checkout = {
  readonly path: string;
  /** Runs `occhio` with `args` from `cwd`, by default the checkout. */
  readonly occhio: (args: readonly string[], cwd?: string) => Promise<ProcessResult>;
  readonly write: (file: string, text: string) => Promise<void>;
};

export async function makeCheckout(): Promise<Checkout> {
  const path = join(await temporaryFolder(), 'my checkout');
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) await write(file, text);
  await cp(launchers, join(path, 'server/cli/start'), { recursive: true });
  await mkdir(join(path, 'parts/node/bin'));
  await symlink(process.execPath, join(path, 'parts/node/bin/node'));
  await lockPackages({ path, write }, ['node', 'vite']);
  const launcher = join(path, 'server/cli/start/occhio.mjs');
  return { path, write, occhio: (args, cwd = path) => runProcess(process.execPath, [launcher, ...args], { cwd }) };
}

/** Makes package.json and package-lock.json ask for those folders of parts/. */
export async function lockPackages(
  checkout: Pick<Checkout, 'path' | 'write'>,
  parts: readonly string[],
): Promise<void> {
  const dependencies = Object.fromEntries(parts.map((part) => [part, `file:parts/${part}`]));
  await checkout.write('package.json', JSON.stringify({ name: 'small', private: true, type: 'module', dependencies }));
  const locked = await runProcess('npm', ['install', '--package-lock-only', '--offline'], { cwd: checkout.path });
  if (locked.code !== 0) throw new Error(locked.stderr);
}
