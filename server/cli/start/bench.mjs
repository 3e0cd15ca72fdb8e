/** `npm run bench -- NAME [OPTIONS]`: measures one part of Occhio, under the pinned Node. A new bench is one line here. */
import './require-node.mjs';
import { join } from 'node:path';
import { ensureClient, ensureKernels } from './built.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { runPinned } from './pinned-node.mjs';
import { root } from './root.mjs';
import { start } from './start.mjs';

/** By the name of what they measure: programs in test/bench, and what has to be there first. */
const benches = {
  train: { program: 'train/bench-train.ts', setUp: ensureKernels },
  infer: { program: 'infer/bench-infer.ts', setUp: setUpApp },
  lighthouse: { program: 'lighthouse/bench-lighthouse.ts', setUp: setUpApp },
  learn: { program: 'learn/bench-learn.ts', setUp: setUpPage },
};

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function setUpApp() {
  await ensureClient();
  return await setUpPage();
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function setUpPage() {
  await ensureKernels();
  return { CHROME_PATH: await ensureChromium() };
}

await start(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(benches, name)) {
    process.stderr.write(`Expected one of: ${Object.keys(benches).join(', ')}; got: ${name || 'nothing'}.\n`);
    return 2;
  }
  await ensurePackages();
  const { program, setUp } = benches[name];
  const env = { ...process.env, ...(await setUp()) };
  return await runPinned([join(root, 'test', 'bench', program), ...args], { env });
});
