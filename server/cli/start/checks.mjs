/** Types, lint and formatting: what must hold besides the tests. */
import { join } from 'node:path';
import { pinnedNode } from './pinned-node.mjs';
import { root } from './root.mjs';
import { capture } from './step.mjs';

const checks = [
  { name: 'types', args: ['typescript/bin/tsc', '-b'] },
  { name: 'lint', args: ['eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  { name: 'format', args: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
];

/** Runs all checks side by side, prints what the failing ones found, and resolves with the names of those that failed. */
export async function failedChecks() {
  process.stdout.write(`Checking ${checks.map((check) => check.name).join(', ')}…\n`);
  const failed = await Promise.all(
    checks.map(async ({ name, args: [program, ...options] }) => {
      const { code, output } = await capture(pinnedNode(), [join(root, 'node_modules', program), ...options]);
      if (code === 0) return [];
      process.stdout.write(`\n${output.trimEnd()}\n${name} failed (see above)\n`);
      return [name];
    }),
  );
  return failed.flat();
}
