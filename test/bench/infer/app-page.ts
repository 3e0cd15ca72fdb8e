/** The built app in Chromium, with Chromium's own fake camera in the size that the app asks for, and the shipped base. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumArgs } from '../../support/chromium-args.ts';
import { startHubProcess } from '../../support/hub-process.ts';

export type AppPage = {
  readonly page: Page;
  /** From the tap on "Start the camera" to the first label, in ms; the model had been loaded while the button was read. */
  readonly firstLabelMs: number;
  readonly close: () => Promise<void>;
};

/** As on a laptop: the stage beside the panel. */
const viewport = { width: 1280, height: 800 };

/** How long a person reads before the tap, and the app measures its backends. */
const readMs = 3000;

export async function openApp(): Promise<AppPage> {
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'occhio-bench-infer-'));
  closing.defer(() => rm(folder, { recursive: true }));
  const hub = await startHubProcess(join(folder, 'data'), undefined, (end) => {
    closing.defer(end);
  });
  const context = await chromium.launchPersistentContext(join(folder, 'chromium'), {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    viewport,
    // For the script of tfjs' own way, which is put into the page.
    bypassCSP: true,
    args: [...chromiumArgs, '--use-fake-ui-for-media-stream'],
  });
  closing.defer(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(hub.url);
  await page.waitForSelector('occhio-welcome #start');
  await page.waitForTimeout(readMs);
  const startMs = performance.now();
  await page.click('occhio-welcome #start');
  await page.waitForSelector('occhio-answer #label[data-label]', { timeout: 60_000 });
  const firstLabelMs = performance.now() - startMs;
  // From here on the caller closes it.
  const opened = closing.move();
  return { page, firstLabelMs, close: () => opened.disposeAsync() };
}
