/** Devices that bring each other into a room and send each other away, each in a browser of its own. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { goTo, openBrowser } from '../support/app-browser.ts';
import { seriousProblems } from '../support/axe.ts';
import { codeOn } from '../support/read-code.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { TestHub } from '../support/test-hub.ts';
import { startTestHub } from '../support/test-hub.ts';

const app = fileURLToPath(new URL('../../client/dist', import.meta.url));
const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };

/** At an address that leads to this machine and does not name it: whoever comes by it has to pair. */
const startHub = (): Promise<TestHub> => startTestHub({ tls: true, host: '127.0.0.2', app });

/** A new device that opens this address, and then its settings. */
async function openSettings(url: string, screen: typeof phone): Promise<Page> {
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen, anyCertificate: true });
  await page.goto(url);
  await goTo(page, 'settings');
  return page;
}

const isOpen = (page: Page): Promise<unknown> => page.waitForSelector('occhio-settings #link[data-state=open]');
const deviceId = (page: Page): Promise<string | null> =>
  page.getAttribute('settings-devices li[data-self]', 'data-device');

it('brings a phone in by the code that a laptop shows, sends it away, and lets it come back with a new code only', async () => {
  const hub = await startHub();
  const host = await openSettings(hub.invitations[0] ?? '', laptop);
  await isOpen(host);
  await host.click('settings-invite #invite');
  const code = host.locator('settings-code');
  const link = (await host.textContent('settings-invite #link')) ?? '';
  expect(link).toMatch(`https://127.0.0.2:${String(hub.httpsPort)}/#pair=`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await host.emulateMedia({ colorScheme });
    expect(await codeOn(code), colorScheme).toBe(link);
    expect(await seriousProblems(host), colorScheme).toEqual([]);
  }

  const guest = await openSettings((await codeOn(code)) ?? '', phone);
  await isOpen(guest);
  expect(guest.url()).not.toContain('pair=');
  await host.waitForSelector('settings-invite [data-state=used]:has-text("has joined")');
  const first = await deviceId(guest);
  await guest.fill('settings-name #name', 'Kitchen phone');
  await guest.press('settings-name #name', 'Enter');
  const entry = host.locator('settings-devices li', { hasText: 'Kitchen phone' });
  expect(await entry.getAttribute('data-device')).toBe(first);
  expect(await host.locator('settings-devices li').count()).toBe(2);

  await entry.locator('.remove').click();
  await host.click('settings-ask #cancel');
  await isOpen(guest);
  await entry.locator('.remove').click();
  await host.click('settings-ask #yes');
  await entry.waitFor({ state: 'detached' });
  await guest.waitForSelector('#link[data-state=refused]:has-text("was removed from the room")');
  await guest.reload();
  await guest.waitForSelector('#link[data-state=refused]:has-text("was removed from the room")');

  await host.click('settings-invite #invite');
  await guest.goto('about:blank');
  await guest.goto((await codeOn(code)) ?? '');
  await goTo(guest, 'settings');
  await isOpen(guest);
  await host.locator('settings-devices li', { hasText: 'Kitchen phone' }).waitFor();
  expect(await deviceId(guest)).not.toBe(first);
});

it('keeps what a device is when it scans a code although the hub knows it, and says when the hub is out of reach', async () => {
  const hub = await startHub();
  const page = await openSettings(hub.invitations[0] ?? '', phone);
  await isOpen(page);
  const own = await deviceId(page);
  await page.goto('about:blank');
  await page.goto(hub.invitations[1] ?? '');
  await goTo(page, 'settings');
  await isOpen(page);
  expect(await deviceId(page)).toBe(own);
  // The code was not needed, so that it is good for another device still.
  expect(hub.invitations).toHaveLength(2);
  await page.click('settings-invite #invite');
  await page.waitForSelector('settings-code');
  await hub.stop();
  await page.waitForSelector('settings-invite #offline');
  expect(await page.locator('settings-code').count()).toBe(0);
  expect(await page.isDisabled('#erase-hub')).toBe(true);
});
