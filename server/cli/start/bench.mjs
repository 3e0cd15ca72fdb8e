/** `npm run bench -- NAME [OPTIONS]`: measures one part of Occhio, under the pinned Node. A new bench is one line here. */
import './require-node.mjs';
import { join } from 'node:path';
import { ensureKernels } from './built.mjs';
import { ensurePackages } from './packages.mjs';
import { runPinned } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';

/** Programs in test/bench by the name of what they measure. */
const benches = { train: 'train/bench-train.ts' };

await start(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(benches, name)) {
    process.stderr.write(`Expected one of: ${Object.keys(benches).join(', ')}; got: ${name || 'nothing'}.\n`);
    return 2;
  }
  await ensurePackages();
  await ensureKernels();
  return await runPinned([join(root, 'test', 'bench', benches[name]), ...args]);
});
