/** Runs the program `occhio` under this Node, as the launcher does once everything is set up. */
import { fileURLToPath } from 'node:url';
import type { ProcessResult } from '../../support/run-process.ts';
import { runProcess } from '../../support/run-process.ts';

const program = fileURLToPath(new URL('../../../server/cli/occhio.ts', import.meta.url));

export async function occhio(args: readonly string[], options: { readonly cwd?: string } = {}): Promise<ProcessResult> {
  return await runProcess(process.execPath, [program, ...args], options);
}
