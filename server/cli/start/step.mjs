/** One step of the set-up: a short line while it runs, its whole output only when it fails. */
import { spawn } from 'node:child_process';
import { root } from './root.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs `command` to its end in the checkout, or in `cwd`. Lines go to stderr, so that stdout stays the command's own.
 * @param {string} title what is done, as `Installing packages`
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @throws {SetupError} when the command cannot be started or fails
 */
export async function step(title, command, args, options = {}) {
  process.stderr.write(`${title}…\n`);
  const { code, output } = await capture(command, args, options);
  if (code !== 0)
    throw new SetupError(`${output.trimEnd()}\n\n${title} failed: \`${[command, ...args].join(' ')}\` (see above).`);
}

/**
 * Runs `command` and resolves with its exit code and everything that it wrote, in order.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function capture(command, args, { cwd = root, env = process.env } = {}) {
  return await new Promise((resolve) => {
    let output = '';
    const append = (chunk) => {
      output += chunk;
    };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', append);
    child.stderr.setEncoding('utf8').on('data', append);
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
