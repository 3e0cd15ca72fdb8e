/** The bench of the fast learner runs to its end and says what it promises; its figures are nobody's concern here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { runProcess } from '../support/run-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = fileURLToPath(new URL('../bench/learn/bench-learn.ts', import.meta.url));

const above0 = v.pipe(v.number(), v.minValue(0), v.notValue(0));
const figuresSchema = v.strictObject({
  backend: v.picklist(['wasm', 'webgl', 'webgpu']),
  examples: v.literal(200),
  learn_p50_ms: above0,
  learn_p95_ms: above0,
  unseen_p50_ms: above0,
  unseen_p95_ms: above0,
  fit_p50_ms: above0,
  fit_p95_ms: above0,
  others_busy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

it('writes how soon the device knows one more correction, and how long the fit alone takes', async () => {
  const json = join(await temporaryFolder(), 'bench.json');
  const result = await runProcess(process.execPath, [program, '--quick', '--json', json]);
  expect([result.code, result.stderr]).toEqual([0, '']);
  const figures = v.parse(figuresSchema, JSON.parse(await readFile(json, 'utf8')));
  expect(figures.learn_p95_ms).toBeGreaterThanOrEqual(figures.learn_p50_ms);
  expect(figures.unseen_p95_ms).toBeGreaterThanOrEqual(figures.unseen_p50_ms);
  expect(figures.fit_p95_ms).toBeGreaterThanOrEqual(figures.fit_p50_ms);
  expect(result.stdout).toMatch(/^one more correction, 200 examples, \w+: p50 \d/m);
});
