/** The bench of frames runs to its end and says what it promises; its figures are nobody's concern here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { figuresOf } from '../bench/infer/figures.ts';
import { quantile } from '../bench/quantile.ts';
import { runProcess } from '../support/run-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = fileURLToPath(new URL('../bench/infer/bench-infer.ts', import.meta.url));

const above0 = v.pipe(v.number(), v.minValue(0), v.notValue(0));
const figuresSchema = v.strictObject({
  backend: v.picklist(['wasm', 'webgl', 'webgpu']),
  p50_ms: above0,
  p95_ms: above0,
  tfjs_p50_ms: above0,
  ratio: above0,
  frames: above0,
  tfjs_frames: above0,
  longest_task_ms: v.pipe(v.number(), v.minValue(0)),
  first_label_ms: above0,
  others_busy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

it('writes the figures of the app’s frames and of tfjs’ own way', async () => {
  const json = join(await temporaryFolder(), 'bench.json');
  const result = await runProcess(process.execPath, [program, '--quick', '--json', json]);
  expect([result.code, result.stderr]).toEqual([0, '']);
  const figures = v.parse(figuresSchema, JSON.parse(await readFile(json, 'utf8')));
  expect(figures.ratio).toBeCloseTo(figures.tfjs_p50_ms / figures.p50_ms, 9);
  expect(figures.p95_ms).toBeGreaterThanOrEqual(figures.p50_ms);
  expect(result.stdout).toMatch(/^camera to label, \w+: p50 \d/m);
});

it('takes the value below which a share of the frames lies, and says so when there was none', () => {
  const values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6];
  expect([0, 0.5, 0.95].map((share) => quantile(values, share))).toEqual([1, 6, 10]);
  const nothing = { backend: 'wasm', ours: [], tfjs: [1], longestTaskMs: 0 };
  expect(() => figuresOf(nothing, { firstLabelMs: 1, busy: 0 })).toThrow('no frame came');
});
