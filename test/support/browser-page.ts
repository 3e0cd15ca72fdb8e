/** Runs a module of ours in a real browser, for a test. */
import type { Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { openBrowser } from './app-browser.ts';
import { serveModule } from './serve-module.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});
const addresses = new Map<string, Promise<string>>();

async function serve(entry: string): Promise<string> {
  const folder = await temporaryFolder('module', (remove) => void ends.push(remove));
  const { url, close } = await serveModule(entry, folder);
  ends.push(close);
  return url;
}

/** Opens `entry`, which is bundled and served once for all tests of a file; resolves when it has run. */
export async function openModule(entry: string): Promise<Page> {
  const address = addresses.get(entry) ?? serve(entry);
  addresses.set(entry, address);
  const url = await address;
  const { page } = await openBrowser({ profile: await temporaryFolder() });
  await page.goto(url);
  await page.waitForFunction(() => 'ready' in document.documentElement.dataset, undefined, { timeout: 60_000 });
  return page;
}
