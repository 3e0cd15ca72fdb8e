/** Devices with the app open, for tests in which nothing is given to the hub: one hub serves all tests of a file. */
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Page } from 'playwright-core';
import type { AppBrowser, AppBrowserOptions } from './app-browser.ts';
import { openBrowser, waitForLabel } from './app-browser.ts';
import { startHubProcess } from './hub-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type OpenApp = AppBrowser & {
  /** The app's address, without a query. */
  readonly url: string;
  /** The device's own: its browser's profile lies there. */
  readonly folder: string;
};

export type OpenAppOptions = Omit<AppBrowserOptions, 'profile'> & {
  /** Called before the page loads. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});
let shared: Promise<string> | undefined;

async function startSharedHub(): Promise<string> {
  const atEnd = (end: () => unknown): void => void ends.push(end);
  const folder = await temporaryFolder('shared hub', atEnd);
  const hub = await startHubProcess(join(folder, 'data'), undefined, atEnd);
  return hub.url;
}

/** A new device with a browser of its own, where the app has been opened. */
export async function openApp({ prepare, ...options }: OpenAppOptions = {}, query = ''): Promise<OpenApp> {
  const url = await (shared ??= startSharedHub());
  const folder = await temporaryFolder();
  const browser = await openBrowser({ profile: folder, ...options });
  await prepare?.(browser.page);
  await browser.page.goto(`${url}/${query}`);
  return { ...browser, url, folder };
}

/** The same, where the clip that comes with the app is being labelled. */
export async function openDemo(options: OpenAppOptions = {}): Promise<OpenApp> {
  const app = await openApp(options, '?camera=demo');
  await waitForLabel(app.page);
  return app;
}
