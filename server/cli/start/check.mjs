/** `npm run check`: types, lint and formatting, without the tests. */
import './require-node.mjs';
import { failedChecks } from './checks.mjs';
import { ensurePackages } from './packages.mjs';
import { start } from './start.mjs';

await start(async () => {
  await ensurePackages();
  const failed = await failedChecks();
  process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`);
  return failed.length === 0 ? 0 : 1;
});
