/** What is built from sources, and built again only when they have changed. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './pinned-node.mjs';
import { root } from './root.mjs';
import { step } from './step.mjs';

/** Beside what was built: the hash of what it was built from. Written last, so half a build counts as none. */
const stampName = '.built-from';

const ignoredFolders = new Set(['node_modules', 'dist', 'build']);

/** The training engine's WebAssembly kernels. */
export async function ensureKernels() {
  const engine = join('server', 'training', 'wasm');
  await ensureBuilt({
    title: 'Building the training kernels',
    sources: [join(engine, 'kernels'), join(engine, 'build-kernels.mjs'), 'package-lock.json'],
    output: join(engine, 'build'),
    args: [join(root, engine, 'build-kernels.mjs')],
  });
}

/** The app that the hub serves. */
export async function ensureClient() {
  await ensureBuilt({
    title: 'Building the app',
    sources: ['client', 'protocol', 'docs/screenshots', 'package-lock.json', 'tsconfig.base.json'],
    output: join('client', 'dist'),
    args: [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
    cwd: join(root, 'client'),
  });
}

async function ensureBuilt({ title, sources, output, args, cwd }) {
  const stamp = join(root, output, stampName);
  const current = hashOf(sources);
  if (readIfThere(stamp) === current) return;
  await step(title, pinnedNode(), args, { cwd });
  writeFileSync(stamp, current);
}

/** SHA-256 over the names and contents of all files in `paths`, relative to the checkout. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const absolute = join(root, path);
    if (!statSync(absolute).isDirectory()) {
      const content = readFileSync(absolute);
      hash.update(`${path}\0${content.length}\0`).update(content);
      return;
    }
    for (const entry of readdirSync(absolute).sort()) if (!ignoredFolders.has(entry)) visit(join(path, entry));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
