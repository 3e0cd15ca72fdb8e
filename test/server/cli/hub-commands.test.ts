import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../server/store/database.ts';
import { drawDataset } from '../../support/drawn-pictures.ts';
import { startHubProcess } from '../../support/hub-process.ts';
import type { ProcessResult } from '../../support/run-process.ts';
import { runProcess } from '../../support/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const program = fileURLToPath(new URL('../../../server/cli/occhio.ts', import.meta.url));

function occhio(...args: readonly string[]): Promise<ProcessResult> {
  return runProcess(process.execPath, [program, ...args]);
}

it('lets one hub use a data folder, and says so to a second hub and to an import', async () => {
  const folder = await temporaryFolder();
  const [data, pictures] = [join(folder, 'data'), join(folder, 'pictures')];
  await drawDataset(pictures, { things: ['ball', 'star'], count: 2, seed: 1 });
  await startHubProcess(data);
  for (const args of [
    ['serve', '--no-tls', '--port', '0'],
    ['import', pictures],
  ]) {
    const { code, stderr } = await occhio(...args, '--data', data);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`using the data folder ${data}`)]);
  }
  expect((await occhio('verify', '--data', data)).stdout).toContain('all is well');
});

it('says which port is in use', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await occhio('serve', '--no-tls', '--port', String(port), '--data', await temporaryFolder());
  expect([code, stderr]).toEqual([2, expect.stringContaining(`Port ${String(port)} is in use`)]);
});

it('takes a data folder over from a hub that was killed', async () => {
  const data = await temporaryFolder();
  const hub = await startHubProcess(data);
  hub.child.kill('SIGKILL');
  await hub.ended;
  expect((await startHubProcess(data)).url).toMatch(/^http/);
});

it.each([
  ['serve', '--port', 'abc'],
  ['serve', '--port', '70000'],
  ['serve', '--threads', '0'],
  ['serve', '--round-seconds', '0'],
  ['serve', '--backend', 'abacus'],
  ['import', '/nowhere'],
  ['verify', '--data', '/nowhere'],
])('exits 2 with one line for %s %s', async (...args) => {
  const { code, stderr } = await occhio(...args);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('leaves out of an import what it cannot read, names it, and brings in the rest', async () => {
  const folder = await temporaryFolder();
  const [data, pictures] = [join(folder, 'data'), join(folder, 'pictures')];
  await drawDataset(pictures, { things: ['ball', 'star'], count: 3, seed: 1 });
  await writeFile(join(pictures, 'ball', '0 broken.jpg'), 'no picture at all');
  const { code, stdout, stderr } = await occhio('import', pictures, '--data', data);
  expect([code, stdout]).toEqual([
    0,
    '6 pictures of 2 classes imported into room home; 0 were there already, 1 could not be read.\n',
  ]);
  expect(stderr).toMatch(/^ball\/0 broken\.jpg is not a picture that can be decoded/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('says that there is nothing to import where there is nothing', async () => {
  const { code, stderr } = await occhio('import', '/nope');
  expect([code, stderr]).toEqual([
    2,
    'Expected a folder or zip file of pictures at /nope, but there is nothing there. Check the path.\n',
  ]);
});

it('imports a folder, verifies it, and finds what was changed behind its back', async () => {
  const folder = await temporaryFolder();
  const [data, pictures] = [join(folder, 'data'), join(folder, 'pictures')];
  await drawDataset(pictures, { things: ['ball', 'star'], count: 3, seed: 1 });
  expect(await occhio('import', pictures, '--data', data, '--room', 'shed')).toMatchObject({
    code: 0,
    stdout: '6 pictures of 2 classes imported into room shed; 0 were there already, 0 could not be read.\n',
  });
  expect(await occhio('verify', '--data', data)).toMatchObject({ code: 0 });
  const database = openDatabase(join(data, 'hub.sqlite'));
  database.writeNow(() => database.run('UPDATE samples SET picture = ? WHERE label = ?', Uint8Array.of(1), 'ball'));
  database.close();
  const damaged = await occhio('verify', '--data', data);
  expect([damaged.code, damaged.stdout]).toEqual([1, expect.stringContaining('3 problems')]);
});
