/** Runs a module of ours in a real browser, for a test. */
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openBrowser } from './app-browser.ts';
import { serveModule } from './serve-module.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Bundles `entry`, serves it and opens it; resolves when it has run. */
export async function openModule(entry: string): Promise<Page> {
  const folder = await temporaryFolder();
  const { url, close } = await serveModule(entry, folder);
  onTestFinished(close);
  const { page } = await openBrowser({ profile: folder });
  await page.goto(url);
  await page.waitForFunction(() => 'ready' in document.documentElement.dataset, undefined, { timeout: 60_000 });
  return page;
}
