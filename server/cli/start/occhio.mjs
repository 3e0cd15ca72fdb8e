#!/usr/bin/env node
/** `npx occhio` and `npm start`: sets up what is missing, then goes on under the pinned Node. */
import './require-node.mjs';
import { join } from 'node:path';
import { ensureClient, ensureKernels } from './built.mjs';
import { ensurePackages } from './packages.mjs';
import { runPinned } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';

await start(async () => {
  const args = process.argv.slice(2);
  await ensurePackages();
  await ensureKernels();
  if (args[0] === 'serve') await ensureClient();
  return await runPinned([join(root, 'server', 'cli', 'occhio.ts'), ...args]);
});
