/** The bench of training runs to its end and says what it promises; its figures are nobody's concern here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { shown } from './bench/train/bars.ts';
import { runProcess } from './support/run-process.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const launcher = fileURLToPath(new URL('../server/cli/start/bench.mjs', import.meta.url));
const program = fileURLToPath(new URL('bench/train/bench-train.ts', import.meta.url));

const above0 = v.pipe(v.number(), v.minValue(0), v.notValue(0));
const reportSchema = v.object({
  machine: v.object({ cpu: v.string(), cores: above0, node: v.string(), torch: v.null(), blas: v.null() }),
  rows: v.array(
    v.object({
      name: v.string(),
      ms: above0,
      peer_ms: v.null(),
      ratio: v.null(),
      images_per_second: above0,
      rss_mb: v.nullable(above0),
      peer_rss_mb: v.null(),
      rss_ratio: v.null(),
      ms_one_thread: above0,
      threads_speedup: above0,
      steps: above0,
      others_busy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      backend: v.string(),
      peer_backend: v.null(),
    }),
  ),
  gemm: v.null(),
  tfjs_cpu: v.null(),
});

test('writes the figures of the rows that were asked for, without a peer where Python has none', async () => {
  const json = join(await temporaryFolder(), 'bench.json');
  const peer = ['--peer', 'torch', '--python', 'no-such-python'];
  const result = await runProcess(process.execPath, [program, '--quick', '--rows', 'head', ...peer, '--json', json]);
  expect(result.stderr).toContain('Skipping the peer: no-such-python has no PyTorch');
  expect(result.code).toBe(0);
  expect(result.stdout).toMatch(/^head +\d/m);
  const { rows } = v.parse(reportSchema, JSON.parse(await readFile(json, 'utf8')));
  expect(rows.map(({ name }) => name)).toEqual(['head']);
});

test('names the benches that there are when another is asked for', async () => {
  const { code, stderr } = await runProcess(process.execPath, [launcher, 'flying']);
  expect([code, stderr]).toEqual([2, 'Expected one of: train, infer, lighthouse, learn; got: flying.\n']);
});

test('marks a figure that misses its least bound, that reaches it, and that reaches the aim', () => {
  const ratio = { kind: 'most', least: 0.85, aim: 0.6 } as const;
  expect([0.86, 0.85, 0.6].map((value) => shown(value, ratio))).toEqual([
    '0.86 ✗ (≤ 0.85, aim 0.6)',
    '0.85 ✓ (≤ 0.85, aim 0.6)',
    '0.60 ✓✓ (≤ 0.85, aim 0.6)',
  ]);
  expect(shown(1.8, { kind: 'least', least: 1.7, aim: 1.9 })).toBe('1.80 ✓ (≥ 1.7, aim 1.9)');
  expect(shown(501, { kind: 'least', least: 500, aim: null }, 0)).toBe('501 ✓ (≥ 500)');
  expect(shown(null, ratio)).toBe('–');
});
