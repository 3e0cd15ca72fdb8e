/** The offer to install the app, as people meet it: once, after the first success, by the browser or by hand. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { answerConsent, waitForLabel } from '../support/app-browser.ts';
import { openDemo } from '../support/open-app.ts';

const phone = { width: 390, height: 844 };

async function teach(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Space');
  await page.fill('occhio-sheet input[type=search]', label);
  await page.keyboard.press('Enter');
  await page.waitForSelector('occhio-toast .learned');
}

/** Runs in the page: what only Apple's browsers have, and what they lack, since this one may offer to install the app after a while. */
function pretendApple(): void {
  Object.defineProperty(navigator, 'standalone', { value: false });
  addEventListener('beforeinstallprompt', (event) => {
    event.stopImmediatePropagation();
  });
}

/** The first time, which is followed by a question. */
async function teachFirst(page: Page): Promise<void> {
  await teach(page, 'toy');
  await answerConsent(page, 'no');
}

it('is made when the app has learned something, not before, and not again', async () => {
  const { page } = await openDemo({ screen: phone });
  // As a browser says it that would install the app; this one has no screen to put it on.
  await page.evaluate(() => {
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => {
        document.documentElement.dataset['asked'] = 'yes';
        return Promise.resolve();
      },
    });
    dispatchEvent(event);
  });
  expect(await page.locator('occhio-install').count()).toBe(0);
  await teachFirst(page);
  await page.click('occhio-install summary');
  await page.click('occhio-install #install');
  await page.waitForSelector('html[data-asked=yes]');
  await page.waitForSelector('occhio-install', { state: 'detached' });
  await teach(page, 'other toy');
  expect(await page.locator('occhio-install').count()).toBe(0);
});

it('tells an iPhone’s owner how to do it by hand, and is silent once it was turned down', async () => {
  const { page } = await openDemo({ screen: phone, prepare: (empty) => empty.addInitScript(pretendApple) });
  await teachFirst(page);
  expect(await page.textContent('occhio-install section')).toContain('Add to Home Screen');
  expect(await page.locator('occhio-install #install').count()).toBe(0);
  await page.click('occhio-install #not-install');
  await page.waitForSelector('occhio-install', { state: 'detached' });
  await page.reload();
  await waitForLabel(page);
  await teach(page, 'other toy');
  expect(await page.locator('occhio-install').count()).toBe(0);
});
