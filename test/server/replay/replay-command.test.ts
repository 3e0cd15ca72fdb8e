/** `occhio replay` as a person runs it: a process, on pictures that this test draws. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReplayResult } from '../../../server/replay/replay.ts';
import type { ProcessResult } from '../../support/run-process.ts';
import { writeInto } from '../../support/drawn-pictures.ts';
import { occhio } from '../cli/program.ts';
import type { DrawnReplay } from './drawn-replay.ts';
import { drawnReplay } from './drawn-replay.ts';

// Real processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let drawn: DrawnReplay;
beforeAll(async () => {
  drawn = await drawnReplay();
  await writeInto(drawn.dir, 'broken/pool/cup/1.jpg', 'no picture');
  await writeInto(drawn.dir, 'broken/pool/jug/1.jpg', 'no picture');
  await writeInto(drawn.dir, 'broken/test/cup/1.jpg', 'no picture');
  await writeInto(drawn.dir, 'broken/test/jug/1.jpg', 'no picture');
});
afterAll(() => drawn.remove());

const replay = (...args: readonly string[]): Promise<ProcessResult> =>
  occhio(['replay', ...args, '--threads', '1'], { cwd: drawn.dir });

describe('occhio replay', () => {
  it('writes the figures as JSON, draws the curves, and says when the pool ran out', async () => {
    const files = ['--json', 'figures.json', '--plot', 'curves.svg', '--backbone', 'base'];
    const plan = ['--budgets', '1,3,500', '--seeds', '2', '--methods', 'occhio-device,knn', '--unknown', '1'];
    const { code, stdout, stderr } = await replay('things', ...plan, ...files);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/The pool ran out for knn: \d+ labels .* where 3 were to be given/);
    const json = JSON.parse(await readFile(join(drawn.dir, 'figures.json'), 'utf8')) as ReplayResult; // written by the program under test
    expect(json.budgets).toEqual([1, 3, 500]);
    expect(Object.keys(json.methods)).toEqual(['occhio-device', 'knn']);
    const { accuracy, forgetting, seconds, auroc_unknown } = json.methods['occhio-device']!;
    expect(accuracy).toEqual([0, 1, 2].map((): unknown => [expect.any(Number), expect.any(Number)]));
    expect(forgetting).toHaveLength(3);
    expect(seconds).toHaveLength(3);
    expect(auroc_unknown).toEqual(expect.any(Number));
    expect(await readFile(join(drawn.dir, 'curves.svg'), 'utf8')).toMatch(/^<svg /);
  });

  it.each([
    ['a folder that is not there', ['nowhere'], /^Expected a folder of pictures at nowhere/],
    ['a folder of another layout', ['base'], /^base has no folder pool; expected pool\/<class>\//],
    ['a picture that is none', ['broken'], /^(pool|test)\/(cup|jug)\/1\.jpg is not a picture that can be decoded/],
    ['a backbone that is none', ['things', '--backbone', 'things'], /^Expected a model's file at things/],
    ['a backbone that is no base', ['things', '--backbone', 'half'], /^half has no calibration\.json and latents\.bin/],
    ['too many unknown classes', ['things', '--unknown', '2'], /^--unknown 2 leaves fewer than two of the 3 classes/],
    ['budgets in disorder', ['things', '--budgets', '5,1'], /ascending order/],
    ['a method that is none', ['things', '--methods', 'magic'], /There is no method magic; expected some of occhio/],
    ['a part of everything', ['things', '--flip', '1'], /from 0 to below 1/],
  ])('refuses %s', async (_, args, message) => {
    await writeInto(drawn.dir, 'half/model.json', await readFile(join(drawn.dir, 'base/model.json')));
    await writeInto(drawn.dir, 'half/weights.bin', await readFile(join(drawn.dir, 'base/weights.bin')));
    const { code, stderr } = await replay(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
