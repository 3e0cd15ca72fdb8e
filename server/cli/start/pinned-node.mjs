/** The Node that Occhio runs on: the one that the npm package `node` pins, not the machine's own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Path of the pinned Node.
 * @throws {SetupError} when its package is there but not the program, which that package fetches while it is installed
 */
export function pinnedNode() {
  const path = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  throw new SetupError(
    `The pinned Node is missing: ${path}\n` +
      'npm was told not to run install scripts, and the package `node` needs its own to fetch the program. Run this once:\n' +
      '  npm rebuild node --ignore-scripts=false',
  );
}

/**
 * Where Node keeps our TypeScript as it has compiled it: the second start is faster, and no process or thread loads the
 * compiler, which saves about 15 MB in each.
 */
const compileCache = join(root, 'node_modules', '.cache', 'occhio');

/**
 * Runs the pinned Node in the person's folder, on the person's terminal, and resolves with the exit code to pass on
 * (128 + n when a signal n ended it). SIGINT, SIGTERM and SIGHUP go on to it.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export async function runPinned(args, options = {}) {
  const env = { NODE_COMPILE_CACHE: compileCache, ...(options.env ?? process.env) };
  const child = spawn(pinnedNode(), args, { ...options, env, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {
    // Ctrl+C reaches both processes by itself; a second SIGINT would tell the program not to finish what it is doing.
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  return await new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new SetupError(`The pinned Node cannot be started: ${cause.message}`)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
