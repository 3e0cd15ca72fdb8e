/** How work is divided among threads. */
import { expect, it } from 'vitest';
import { compileStages, groupsOf, share, type Stage } from '../../../../server/training/wasm/stage.ts';

const forEachImage: Stage = {
  split: 'images',
  floats: 20_000,
  emit: (emit, { first, count }) => {
    emit('zero', first, count);
  },
};

const byEveryThread: Stage = {
  split: 'threads',
  emit: (emit, thread) => {
    emit('zero', 1000 + thread, 0);
  },
};

function compile(stages: readonly Stage[], thread: number): readonly string[] {
  const calls = compileStages(stages, { count: 7, thread, threads: 2, barrier: 64 });
  return calls.map(({ kernel, args }) => `${kernel} ${args.join(' ')}`);
}

it.each([
  [10, 3, 1],
  [7, 8, 1],
  [30, 4, 8],
  [1000, 2, 6],
])('shares %i among %i threads in units of %i without gap or overlap', (length, parts, unit) => {
  const shares = Array.from({ length: parts }, (_, part) => share(length, part, parts, unit));
  let next = 0;
  for (const { first, count } of shares) {
    if (count > 0) expect({ first, rest: first % unit }).toEqual({ first: next, rest: 0 });
    next += count;
  }
  expect(next).toBe(length);
});

it('takes a few pictures at a time through consecutive stages, so that they stay in the cache', () => {
  expect(compile([forEachImage, forEachImage], 0)).toEqual([
    ...['zero 0 2', 'zero 0 2', 'zero 2 1', 'zero 2 1'],
    'barrier 64 2',
  ]);
  expect(compile([forEachImage, forEachImage], 1)).toEqual([
    ...['zero 3 2', 'zero 3 2', 'zero 5 2', 'zero 5 2'],
    'barrier 64 2',
  ]);
});

it('takes more pictures at a time where they are small, one at least where they are large', () => {
  const large: Stage = { ...forEachImage, floats: 100_000 };
  const small: Stage = { ...forEachImage, floats: 8_000 };
  const stages = [...Array<Stage>(8).fill(large), ...Array<Stage>(8).fill(small)];
  const groups = groupsOf(stages).map(({ stages: { length }, pictures }) => [length, pictures]);
  expect(groups).toEqual([
    [12, 1],
    [4, 8],
  ]);
});

it('lets threads wait for each other where one reads what another wrote, and only there', () => {
  const own: Stage = { ...byEveryThread, own: true };
  expect(compile([byEveryThread, forEachImage, own, forEachImage], 0)).toEqual([
    ...['zero 1000 0', 'barrier 64 2'],
    ...['zero 0 2', 'zero 2 1', 'barrier 64 2'],
    ...['zero 1000 0', 'zero 0 2', 'zero 2 1', 'barrier 64 2'],
  ]);
});
