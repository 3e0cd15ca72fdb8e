/** `npm run pretrain`: trains the base model anew, under the pinned Node. */
import './require-node.mjs';
import { join } from 'node:path';
import { ensureKernels } from './built.mjs';
import { ensurePackages } from './packages.mjs';
import { runPinned } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';

await start(async () => {
  await ensurePackages();
  await ensureKernels();
  return await runPinned([join(root, 'server', 'pretrain', 'pretrain.ts'), ...process.argv.slice(2)]);
});
