/** `npm run build`: everything that `npm start` would set up, without starting. */
import './require-node.mjs';
import { ensureClient, ensureKernels } from './built.mjs';
import { ensurePackages } from './packages.mjs';
import { start } from './start.mjs';

await start(async () => {
  await ensurePackages();
  await ensureKernels();
  await ensureClient();
  return 0;
});
