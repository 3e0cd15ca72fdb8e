/** What `occhio train` refuses: by name, with exit code 2, nothing half-written. */
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { drawDataset, drawThing, writeInto } from '../../support/drawn-pictures.ts';
import { storedZip } from '../../support/stored-zip.ts';
import { occhio } from './program.ts';

// Real processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'occhio refusals '));
  await drawDataset(join(dir, 'my things'), { things: ['ball', 'star'], count: 10, seed: 1 });
  await drawDataset(join(dir, 'one class'), { things: ['ball'], count: 3, seed: 1 });
  await drawDataset(join(dir, 'empty class'), { things: ['ball', 'star'], count: 3, seed: 1 });
  await mkdir(join(dir, 'empty class', 'moon'));
  await drawDataset(join(dir, 'spoilt'), { things: ['ball', 'star'], count: 5, seed: 1 });
  await writeFile(join(dir, 'spoilt', 'star', '3.jpg'), 'no picture');
  const jpeg = await drawThing('ball', seededRandom(1));
  const leadingOut = storedZip([
    ['ball/0.jpg', jpeg],
    ['star/../../../out.jpg', jpeg],
  ]);
  await writeFile(join(dir, 'leading-out.zip'), leadingOut);
  await writeFile(join(dir, 'no-rows.csv'), 'file,split\n');
  await writeFile(join(dir, 'no-column.csv'), 'file,part\nball/0.jpg,train\n');
  await symlink('endless', join(dir, 'endless'));
  await writeInto(join(dir, 'closed'), 'ball/0.jpg', jpeg);
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

async function refusal(...args: readonly string[]): Promise<string> {
  const before = (await readdir(dir)).sort();
  const { code, stderr } = await occhio(['train', ...args, '--out', 'refused', '--threads', '1'], { cwd: dir });
  expect(code).toBe(2);
  expect((await readdir(dir)).sort()).toEqual(before);
  return stderr;
}

const exploding = '--model talk --lr 1e9 --steps 9 --batch 8 --augment none --backend wasm'.split(' ');

describe('train', () => {
  it.each([
    ['a folder that is not there', ['nowhere'], /^Expected a folder or zip file of pictures at nowhere/],
    ['a folder that cannot be opened', ['endless'], /^Expected a folder or zip file of pictures at endless: .*ELOOP/],
    ['a folder with one class', ['one class'], /^one class has one class \(ball\); expected at least two/],
    ['an empty class', ['empty class'], /^moon in empty class has no pictures; fill the folder or remove it/],
    ['a broken picture', ['spoilt', '--model', 'talk'], /^star\/3\.jpg is not a picture that can be decoded/],
    [
      'a zip that leads out of its folder',
      ['leading-out.zip'],
      /^leading-out\.zip is refused.*star\/\.\.\/\.\.\/\.\.\/out/,
    ],
    ['an unknown network', ['my things', '--model', 'huge'], /Allowed choices are talk, mobile/],
    ['an unknown backend', ['my things', '--backend', 'abacus'], /Allowed choices are auto, wasm/],
    ['a wrong number', ['my things', '--epochs', '1.5'], /whole number from 1/],
    ['a negative rate', ['my things', '--lr', '-1'], /above 0/],
    ['a split that is not there', ['my things', '--split', 'none.csv'], /^Expected a split file at none\.csv/],
    [
      'a split without rows',
      ['my things', '--split', 'no-rows.csv'],
      /^The split leaves out every picture of my things/,
    ],
    [
      'a split without its column',
      ['my things', '--split', 'no-column.csv'],
      /columns file and split; it has file, part/,
    ],
    ['a rate at which the loss explodes', ['my things', ...exploding], /^The loss is no longer a number.*--lr/],
  ])('says what is wrong with %s', async (_, args, message) => {
    expect(await refusal(...args)).toMatch(message);
  });

  // The superuser reads every folder.
  it.skipIf(process.getuid?.() === 0)('says which folder it may not read', async () => {
    await chmod(join(dir, 'closed', 'ball'), 0);
    expect(await refusal('closed')).toMatch(
      /^Expected a folder of pictures at closed, but it cannot be read: .*EACCES/,
    );
    await chmod(join(dir, 'closed', 'ball'), 0o700);
  });
});
