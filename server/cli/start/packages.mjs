/** The packages in node_modules, kept as package-lock.json says. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { root } from './root.mjs';
import { step } from './step.mjs';

/** Installs when something is missing or package-lock.json has changed since. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return;
  await step('Installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    env: withoutOwnBin(),
  });
}

/**
 * Looks at the packages themselves, so it also sees an `npm ci` by hand. npm's own record alone would not do: it is written
 * when an installation has come to its end, but also when only package-lock.json was made anew.
 */
function packagesAreInstalled() {
  const modules = join(root, 'node_modules');
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  if (wanted === undefined || !existsSync(join(modules, '.package-lock.json'))) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const present = readJson(join(root, path, 'package.json'));
    if (present === undefined) return optional === true || devOptional === true;
    return version === undefined || present.version === version;
  });
}

/** The file's content; undefined when it is absent or not whole. */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The environment without this checkout's node_modules/.bin on PATH: npm must not run on the Node that it replaces. */
function withoutOwnBin() {
  const own = join(root, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => resolve(folder) !== own);
  return { ...process.env, PATH: path.join(delimiter) };
}
