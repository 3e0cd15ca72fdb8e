import { existsSync } from 'node:fs';
import { chmod, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ProcessResult } from '../../../support/run-process.ts';
import { runProcess } from '../../../support/run-process.ts';
import { makeCheckout } from './checkout.ts';

/** What `ensureChromium` finds with `environment` alone, for the user `userId`; 0 is root. */
async function find(
  environment: { readonly PATH: string; readonly CHROME_PATH?: string },
  userId = 1000,
): Promise<ProcessResult> {
  const { path } = await makeCheckout();
  const module = pathToFileURL(join(path, 'server/cli/start/chromium.mjs')).href;
  const script = `process.getuid = () => ${String(userId)}; console.log(await (await import('${module}')).ensureChromium());`;
  return await runProcess(process.execPath, ['--input-type=module', '-e', script], { env: environment });
}

/** A folder whose `apt-get` writes down how it was called, and whose installation brings a `chromium`. */
async function folderWithAptGet(): Promise<string> {
  const { path, write } = await makeCheckout();
  const folder = join(path, 'bin');
  const install = `/bin/cp "$0" "${folder}/chromium"`;
  await write('bin/apt-get', `#!/bin/sh\necho "$@" >> "${folder}/calls"\nif [ "$1" = install ]; then ${install}; fi\n`);
  await chmod(join(folder, 'apt-get'), 0o755);
  return folder;
}

async function folderWithChromium(): Promise<string> {
  const { path, write } = await makeCheckout();
  await write('bin/chromium-150', '#!/bin/sh\n');
  await chmod(join(path, 'bin/chromium-150'), 0o755);
  await symlink('chromium-150', join(path, 'bin/chromium'));
  return join(path, 'bin');
}

describe('the Chromium for the browser tests', () => {
  test('is the one on PATH', async () => {
    const folder = await folderWithChromium();
    expect((await find({ PATH: folder })).stdout.trim()).toBe(join(folder, 'chromium'));
  });

  test('is the one that CHROME_PATH names, before any on PATH', async () => {
    const [chosen, other] = [await folderWithChromium(), await folderWithChromium()];
    const { stdout } = await find({ PATH: other, CHROME_PATH: join(chosen, 'chromium-150') });
    expect(stdout.trim()).toBe(join(chosen, 'chromium-150'));
  });

  test.runIf(existsSync('/etc/debian_version'))('is installed from Debian’s packages for root', async () => {
    const folder = await folderWithAptGet();
    expect((await find({ PATH: folder }, 0)).stdout.trim()).toBe(join(folder, 'chromium'));
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    expect(calls).toEqual(['update', 'install -y --no-install-recommends chromium']);
  });

  test('is asked for, with what to install, when there is none and we may not install it', async () => {
    const { code, stderr } = await find({ PATH: '/nowhere' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('apt-get install chromium');
    expect(stderr).toContain('CHROME_PATH');
  });

  test('is not guessed when CHROME_PATH is wrong', async () => {
    const { code, stderr } = await find({ PATH: await folderWithChromium(), CHROME_PATH: '/nowhere/chrome' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('/nowhere/chrome');
  });
});
