/**
 * `npm test`: sets up everything, Chromium included, checks types, lint and formatting, and runs all tests.
 * `npm test -- PATH…` goes straight to the tests of those paths.
 */
import './require-node.mjs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureClient, ensureKernels } from './built.mjs';
import { failedChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { runPinned } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';
import { testReport } from './test-report.mjs';

await start(async () => {
  const args = process.argv.slice(2);
  rmSync(testReport, { force: true });
  await ensurePackages();
  const chromium = await ensureChromium();
  await ensureKernels();
  await ensureClient();
  const failed = args.length === 0 ? await failedChecks() : [];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const env = { ...process.env, CHROME_PATH: chromium };
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`];
  const code = await runPinned([vitest, 'run', '--config', 'test/vitest.config.ts', ...reporters, ...args], {
    cwd: root,
    env,
  });
  if (failed.length > 0)
    process.stdout.write(`Besides the tests, failed: ${failed.join(', ')} (see above the tests).\n`);
  return code === 0 && failed.length > 0 ? 1 : code;
});
