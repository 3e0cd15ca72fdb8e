/** `npm run bench -- lighthouse`: how the built app does by Lighthouse, on a slow phone as Lighthouse pretends it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import lighthouse from 'lighthouse';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { writeJson } from '../../../server/report/json-file.ts';
import { chromiumArgs } from '../../support/chromium-args.ts';
import { startHubProcess } from '../../support/hub-process.ts';
import { othersBusy } from '../train/others-busy.ts';
import type { Scores } from './scores.ts';
import { categories, medianOf, report, scoresOf, wanted } from './scores.ts';

/** Lighthouse's own advice: its scores vary with whatever else the machine does, and the median of some is steady. */
const judgements = 3;

type Options = { readonly json?: string };

await new Command('bench lighthouse')
  .description('Has Lighthouse judge the built app. Ends with code 1 when a score is below 95.')
  .option('--json <file>', 'write the scores there too')
  .action(bench)
  .parseAsync();

async function bench({ json }: Options): Promise<void> {
  const busy = await othersBusy();
  const runs: Scores[] = [];
  for (let run = 0; run < judgements; run++) runs.push(await judge());
  const scores = medianOf(runs);
  process.stdout.write(`${report(scores)}others used ${(busy * 100).toFixed(0)} % of the processor just before\n`);
  if (json !== undefined) await writeJson(json, { ...scores, others_busy: busy });
  if (Object.values(scores).some((score) => score < wanted)) process.exitCode = 1;
}

async function judge(): Promise<Scores> {
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'occhio-bench-lighthouse-'));
  closing.defer(() => rm(folder, { recursive: true }));
  const hub = await startHubProcess(join(folder, 'data'), undefined, (end) => {
    closing.defer(end);
  });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [...chromiumArgs, `--remote-debugging-port=${String(port)}`],
  });
  closing.defer(() => browser.close());
  await drawSomething(browser);
  const result = await lighthouse(hub.url, { port, logLevel: 'error', onlyCategories: [...categories] });
  if (!result) throw new Error('Lighthouse came to no result.');
  return scoresOf(result.lhr);
}

/** The first page of a fresh browser waits for the graphics to start, which is not of the app's making: more than a second without a GPU. */
async function drawSomething(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.setContent('<h1>Something</h1>');
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await page.close();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
