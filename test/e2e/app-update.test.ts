/** A new version of the app, as people meet it: it waits for their word, and for the end of what they are doing. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { waitForLabel, waitUntilInstalled } from '../support/app-browser.ts';
import { openDemo } from '../support/open-app.ts';

const prompt = '#foot > button:has-text("A new version of the app is ready.")';

async function openWithUpdate(prepare?: () => void): Promise<Page> {
  const { page } = await openDemo(prepare && { prepare: (empty) => empty.addInitScript(prepare) });
  await waitUntilInstalled(page);
  // The same worker under another address is a new one to the browser.
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js?next').then(() => undefined));
  return page;
}

const loadedAt = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

/** Whether the new worker has the page. */
const isNext = (page: Page): Promise<boolean> =>
  page.evaluate(() => navigator.serviceWorker.controller?.scriptURL.endsWith('?next') ?? false);

it('does not ask while a picture is frozen, and does not take away one that is frozen after the yes', async () => {
  const page = await openWithUpdate();
  await page.waitForSelector(prompt);
  await page.click('#correct');
  await page.waitForSelector('occhio-sheet');
  await page.waitForSelector(prompt, { state: 'detached' });
  await page.keyboard.press('Escape');
  await page.waitForSelector(prompt);

  const loaded = await loadedAt(page);
  // Both before the browser has had time for anything.
  await page.locator(prompt).evaluate((button) => {
    (button as HTMLElement).click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
  });
  await expect.poll(() => isNext(page)).toBe(true);
  await page.waitForSelector('occhio-sheet');
  await page.fill('occhio-sheet input[type=search]', 'toy');
  expect(await loadedAt(page)).toBe(loaded);
  await page.keyboard.press('Enter');
  await expect.poll(() => loadedAt(page).catch(() => loaded), { timeout: 30_000 }).not.toBe(loaded);
  await waitForLabel(page, 'toy');
});

it('comes at a tap also when the browser never says that the new worker has the page', async () => {
  const page = await openWithUpdate(() => {
    const { addEventListener } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.addEventListener = function (type: string, ...rest: unknown[]) {
      if (type !== 'controllerchange') Reflect.apply(addEventListener, this, [type, ...rest]);
    };
  });
  const loaded = await loadedAt(page);
  await page.click(prompt);
  await expect.poll(() => loadedAt(page).catch(() => loaded), { timeout: 30_000 }).not.toBe(loaded);
  await waitForLabel(page);
});
