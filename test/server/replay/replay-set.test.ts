/** Which folders can be replayed, and what is said of the others. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { BadInput } from '../../../server/bad-input.ts';
import { openReplaySet } from '../../../server/replay/replay-set.ts';
import { writeInto } from '../../support/drawn-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await temporaryFolder('occhio replay set');
  for (const file of [
    'pool/cup/1.jpg',
    'pool/cup/2.jpg',
    'pool/jug/1.jpg',
    'pool/mug/1.jpg',
    'test/jug/1.jpg',
    'test/mug/1.jpg',
  ])
    await writeInto(dir, file, 'not read here');
});

const refusal = async (): Promise<string> => {
  const error: unknown = await openReplaySet(dir).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInput);
  return String(error);
};

describe('a folder to replay', () => {
  it('has its pictures numbered, those of the pool first, each with its class', async () => {
    const { classes, files, labels, pool, test } = await openReplaySet(dir);
    expect(classes).toEqual(['cup', 'jug', 'mug']);
    expect(pool.map((picture) => [files[picture], labels[picture]])).toEqual([
      ['pool/cup/1.jpg', 0],
      ['pool/cup/2.jpg', 0],
      ['pool/jug/1.jpg', 1],
      ['pool/mug/1.jpg', 2],
    ]);
    expect(test.map((picture) => [files[picture], labels[picture]])).toEqual([
      ['test/jug/1.jpg', 1],
      ['test/mug/1.jpg', 2],
    ]);
  });

  it('is refused without a pool', async () => {
    await rm(join(dir, 'pool'), { recursive: true });
    expect(await refusal()).toMatch(/has no folder pool; expected pool\/<class>\/ .* and test\/<class>\//);
  });

  it('is refused when a class to be tested cannot be learned', async () => {
    await writeInto(dir, 'test/glass/1.jpg', 'not read here');
    expect(await refusal()).toMatch(/the class glass in test but not in pool/);
  });

  it('is refused when a picture is in no class', async () => {
    await writeInto(dir, 'pool/1.jpg', 'not read here');
    expect(await refusal()).toMatch(/1\.jpg in .* is in no class folder/);
  });

  it('is refused when a class is empty', async () => {
    await mkdir(join(dir, 'test', 'cup'));
    expect(await refusal()).toMatch(/cup in .* has no pictures/);
  });
});
