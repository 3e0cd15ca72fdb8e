import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { lockPackages, makeCheckout } from './checkout.ts';

const installing = 'Installing packages…\n';
const kernels = 'Building the training kernels…\n';
const app = 'Building the app…\n';

describe('the launcher, in a fresh checkout', () => {
  test('sets up everything once, and nothing on the second start', async () => {
    const { occhio } = await makeCheckout();
    const first = await occhio(['serve', '--port', '0']);
    expect(first).toMatchObject({ code: 0, stderr: installing + kernels + app });
    const second = await occhio(['serve', '--port', '0']);
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: first.stdout });
  });

  test('builds the app only for the command that serves it', async () => {
    const { occhio } = await makeCheckout();
    expect((await occhio(['certs'])).stderr).toBe(installing + kernels);
    expect((await occhio(['serve'])).stderr).toBe(app);
  });

  test('hands on every argument as it is, and the folder in which the person is', async () => {
    const { occhio } = await makeCheckout();
    const elsewhere = await temporaryFolder('my pictures');
    const args = ['train', 'my photos', '--name', 'a "quoted" $HOME *', ''];
    expect(JSON.parse((await occhio(args, elsewhere)).stdout)).toEqual({ args, cwd: elsewhere });
  });
});

describe('the launcher, when something has changed', () => {
  test('installs again after package-lock.json changed', async () => {
    const checkout = await makeCheckout();
    await checkout.occhio(['certs']);
    await checkout.write('parts/sharp/package.json', '{ "name": "sharp", "version": "1.0.0" }');
    await lockPackages(checkout, ['node', 'vite', 'sharp']);
    expect((await checkout.occhio(['certs'])).stderr).toBe(installing + kernels);
    expect((await checkout.occhio(['certs'])).stderr).toBe('');
  });

  test.each([
    ['a kernel', 'server/training/wasm/kernels/gemm.as.ts', kernels],
    ['the app', 'client/index.html', app],
    ['the protocol', 'protocol/version.ts', app],
  ])('builds again what depends on %s', async (_what, file, line) => {
    const { occhio, write } = await makeCheckout();
    await occhio(['serve']);
    await write(file, '// version 2\n');
    expect((await occhio(['serve'])).stderr).toBe(line);
    expect((await occhio(['serve'])).stderr).toBe('');
  });

  test('builds the app again when its folder was deleted', async () => {
    const { occhio, path } = await makeCheckout();
    await occhio(['serve']);
    await rm(join(path, 'client/dist'), { recursive: true });
    expect((await occhio(['serve'])).stderr).toBe(app);
  });
});

describe('the launcher, when a step fails', () => {
  test('shows that step’s output, fails, and tries again the next time', async () => {
    const { occhio, write } = await makeCheckout();
    await write('server/training/wasm/build-kernels.mjs', `console.error('no such kernel'); process.exit(3);`);
    const result = await occhio(['certs']);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain('no such kernel');
    expect(result.stderr).toContain('Building the training kernels failed');
    expect((await occhio(['certs'])).code).toBe(1);
  });

  test('says how to get the pinned Node when npm did not run its install script', async () => {
    const { occhio, path } = await makeCheckout();
    await rm(join(path, 'parts/node/bin/node'));
    const result = await occhio(['certs']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('npm rebuild node --ignore-scripts=false');
  });
});

describe('the launcher, while the program runs', () => {
  test('passes on its exit code', async () => {
    const { occhio } = await makeCheckout();
    expect((await occhio(['exit', '2'])).code).toBe(2);
    expect((await occhio(['exit', '0'])).code).toBe(0);
  });

  test.each([
    ['SIGTERM', 7],
    ['SIGINT', 8],
  ] as const)('passes on %s and waits for the program to end by itself', async (signal, code) => {
    const { occhio, path } = await makeCheckout();
    await occhio(['certs']);
    const child = spawn(process.execPath, [join(path, 'server/cli/start/occhio.mjs'), 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([code, null]);
  });
});
