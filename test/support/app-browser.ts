/** A person's browser: a real Chromium with its own profile, whose camera is a file. */
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { chromiumArgs } from './chromium-args.ts';

/** Wide enough for the laptop's layout: the stage is 876 x 800 beside the panel. */
export const viewport = { width: 1280, height: 800 };

export type AppBrowser = {
  readonly context: BrowserContext;
  /** The one page, still empty. */
  readonly page: Page;
};

export type AppBrowserOptions = {
  /** The profile: what the browser remembers lies here, as after closing and opening it again. */
  readonly profile: string;
  /** Motion JPEG that the camera plays again and again; without it the camera shows Chromium's own test picture. */
  readonly camera?: string;
  /** How many cameras the device has. */
  readonly cameras?: number;
  /** The person, asked for the camera, says no. */
  readonly cameraDenied?: boolean;
  /** Without a network from the first moment on. */
  readonly offline?: boolean;
  readonly screen?: { readonly width: number; readonly height: number };
  /** Pixels of the screen in a CSS pixel. */
  readonly scale?: number;
  /** A phone: touched, not clicked. */
  readonly touch?: boolean;
  /** The person goes on although the browser does not know who made the page's certificate. */
  readonly anyCertificate?: boolean;
};

/** Closed when the test has finished, or whenever `onEnd` calls back. */
export async function openBrowser(
  options: AppBrowserOptions,
  onEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<AppBrowser> {
  const { profile, camera, cameras, cameraDenied = false, offline = false, anyCertificate = false } = options;
  const { screen = viewport, scale = 1, touch = false } = options;
  const context = await chromium.launchPersistentContext(join(profile, 'chromium'), {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    viewport: screen,
    deviceScaleFactor: scale,
    hasTouch: touch,
    isMobile: touch,
    offline,
    ignoreHTTPSErrors: anyCertificate,
    locale: 'en-GB',
    args: [
      ...chromiumArgs,
      `--use-fake-ui-for-media-stream${cameraDenied ? '=deny' : ''}`,
      ...(cameras === undefined ? [] : [`--use-fake-device-for-media-stream=device-count=${String(cameras)}`]),
      ...(camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`]),
    ],
  });
  onEnd(() => context.close().catch(() => undefined));
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  return { context, page };
}

/** Waits until the app can start without a network: its service worker controls the page and has everything. */
export async function waitUntilInstalled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Asks for the camera as a person does, and waits for the first label. */
export async function startCamera(page: Page): Promise<void> {
  await page.click('occhio-welcome #start');
  await waitForLabel(page);
}

export async function waitForLabel(page: Page, label?: string, timeout = 30_000): Promise<void> {
  await page.waitForSelector(
    label === undefined ? 'occhio-answer #label[data-label]' : `occhio-answer #label[data-label="${label}"]`,
    { timeout },
  );
}

/** What the camera says now; an empty string is "I don't know it". */
export async function labelOn(page: Page): Promise<string> {
  return (await page.getAttribute('occhio-answer #label[data-label]', 'data-label')) ?? '';
}

/** Freezes the picture and says with a burst that it shows a new class. Resolves at "Learned here" with how many frames were. */
export async function correctWithBurst(page: Page, label: string): Promise<number> {
  await page.click('#correct');
  const burst = page.locator('occhio-sheet input[type=checkbox]');
  await burst.setChecked(true);
  await page.fill('occhio-sheet input[type=search]', label);
  await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
  return Number(await page.getAttribute('occhio-toast .learned', 'data-count'));
}

/** Lets what was just told go, and answers what is asked then, once: may pictures and corrections leave the device? */
export async function answerConsent(page: Page, answer: 'yes' | 'no'): Promise<void> {
  await page.click('occhio-toast button:last-child');
  await page.click(`occhio-consent #${answer}`);
  await page.waitForSelector('occhio-consent', { state: 'detached' });
}

/** Goes to the screen at this address, as the navigation does, and waits for its heading. */
export async function goTo(
  page: Page,
  screen: 'questions' | 'pictures' | 'model' | 'inside' | 'settings',
): Promise<void> {
  await page.click(`occhio-nav a[href="#/${screen}"]`);
  await page.waitForSelector(`occhio-${screen} h1`);
}

/** Shows the app one picture from a file. */
export async function showPicture(page: Page, file: string): Promise<void> {
  if (await page.isVisible('occhio-bar .source')) await page.click('occhio-bar .source');
  await page.setInputFiles('occhio-welcome input[type=file]', file);
  await waitForLabel(page);
}

/** Waits until this version labels frames. */
export async function waitForVersion(page: Page, version: number, timeout: number): Promise<void> {
  await page.waitForSelector(`occhio-panel #readout:text-matches(" v${String(version)}$")`, { timeout });
}

/** Ids of what is in the app's outbox, in order. */
export function idsInOutbox(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve, reject) => {
        const opening = indexedDB.open('occhio');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const reading = opening.result.transaction('outbox').objectStore('outbox').getAll();
          reading.onerror = reject;
          reading.onsuccess = () => {
            opening.result.close();
            resolve((reading.result as { id: string }[]).map(({ id }) => id));
          };
        };
      }),
  );
}

/** Kills the page's process at once, as a system that is short of memory does. */
export async function killTab({ context, page }: AppBrowser): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  // The answer never comes: who would give it is dead.
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
}
