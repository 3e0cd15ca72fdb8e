import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ProcessResult } from '../../../support/run-process.ts';
import { runProcess } from '../../../support/run-process.ts';
import { makeCheckout } from './checkout.ts';

/** What `ensureChromium` finds with `environment` alone, for a person who is not root. */
async function find(environment: { readonly PATH: string; readonly CHROME_PATH?: string }): Promise<ProcessResult> {
  const { path } = await makeCheckout();
  const module = pathToFileURL(join(path, 'server/cli/start/chromium.mjs')).href;
  const script = `process.getuid = () => 1000; console.log(await (await import('${module}')).ensureChromium());`;
  return await runProcess(process.execPath, ['--input-type=module', '-e', script], { env: environment });
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
