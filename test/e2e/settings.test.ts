/** The screen "Settings" as people meet it: a theme that stays, what is stored, and a device that forgets everything. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { talkLabels } from '../../protocol/learning/label-set.ts';
import {
  answerConsent,
  goTo,
  idsInOutbox,
  openBrowser,
  waitForLabel,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openDemo } from '../support/open-app.ts';

const phone = { width: 390, height: 844 };

const ground = (page: Page): Promise<string> =>
  page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);

it('wears the theme that its owner chose, also after a restart, or else the system’s', async () => {
  const { page } = await openDemo({ screen: phone });
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground(page);
  await goTo(page, 'settings');
  await page.selectOption('occhio-settings #theme', 'dark');
  await expect.poll(() => ground(page)).not.toBe(light);
  const dark = await ground(page);
  await page.reload();
  await expect.poll(() => ground(page)).toBe(dark);
  await page.selectOption('occhio-settings #theme', 'system');
  await expect.poll(() => ground(page)).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => ground(page)).toBe(dark);
});

/** How long anything on the page moves, in seconds, through all shadow roots. */
const movingSeconds = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const within = (node: ParentNode): Element[] =>
      [...node.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
    const seconds = within(document).flatMap((one) =>
      [null, '::before', '::after'].flatMap((part) => {
        const { transitionDuration, animationDuration } = getComputedStyle(one, part);
        return `${transitionDuration}, ${animationDuration}`.split(', ').map(parseFloat);
      }),
    );
    return [...new Set(seconds)].filter((length) => length > 0);
  });

it('moves nothing when its owner wants less motion, also after a restart, or else when the system does', async () => {
  const { page } = await openDemo({ screen: phone });
  const moves = async (): Promise<boolean> => (await movingSeconds(page)).length > 0;
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await goTo(page, 'settings');
  expect(await moves()).toBe(true);
  await page.selectOption('occhio-settings #motion', 'less');
  await expect.poll(moves).toBe(false);
  await page.reload();
  await page.waitForSelector('occhio-settings #motion');
  await expect.poll(moves).toBe(false);
  for (const screen of ['questions', 'pictures', 'model', 'inside'] as const) {
    await goTo(page, screen);
    expect(await movingSeconds(page), screen).toEqual([]);
  }
  await goTo(page, 'settings');
  await page.selectOption('occhio-settings #motion', 'system');
  await expect.poll(moves).toBe(true);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moves).toBe(false);
});

it('answers with the names of the talk alone when its owner chose them, also after a restart', async () => {
  const { page } = await openDemo({ screen: phone });
  const bars = (): Promise<string[]> => page.locator('occhio-answer li span:first-child').allTextContents();
  const nine = talkLabels.map(({ names }) => names.en);
  expect((await bars()).every((name) => nine.includes(name))).toBe(false);
  await goTo(page, 'settings');
  await page.selectOption('occhio-settings #label-set', 'talk');
  for (const reload of [false, true]) {
    if (reload) await page.reload();
    await page.click('occhio-nav a[href="#/"]');
    await expect
      .poll(async () => [...new Set((await bars()).map((name) => nine.includes(name)))], { timeout: 30_000 })
      .toEqual([true]);
  }
});

it('says what the room has, on what it recognises, how much it stores, and asks to keep it', async () => {
  const { page } = await openDemo({ screen: phone });
  await goTo(page, 'settings');
  const settings = page.locator('occhio-settings main');
  await expect.poll(() => settings.textContent()).toMatch(/Room\s+home.*Self-test\s+Passed.*Version\s+\d+\.\d+\.\d+/s);
  await page.waitForSelector('settings-storage p:text-matches("MB of .* used")');
  await page.click('settings-storage #keep');
  await page.waitForSelector('settings-storage #kept:not(:has-text("may clear"))');
});

it('forgets everything when it is told to, after saying what would be lost, and starts anew', async () => {
  const { page, context, url } = await openDemo({ screen: phone });
  await waitUntilInstalled(page);
  await page.click('#correct');
  await page.click('occhio-sheet #none');
  await answerConsent(page, 'no');
  expect(await idsInOutbox(page)).toHaveLength(2);
  // Another page of the same app must not stand in the way.
  const other = await context.newPage();
  await other.goto(`${url}/?camera=demo`);
  await waitForLabel(other);

  await goTo(page, 'settings');
  await page.click('#erase-here');
  expect(await page.textContent('settings-ask #lost')).toContain('1 picture has not been sent');
  await page.click('settings-ask #cancel');
  await page.waitForSelector('settings-ask', { state: 'detached' });
  expect(await idsInOutbox(page)).toHaveLength(2);

  await page.click('#erase-here');
  const reloaded = page.waitForEvent('load');
  await page.click('settings-ask #yes');
  await reloaded;
  await waitForLabel(page);
  expect(await idsInOutbox(page)).toEqual([]);
  await page.waitForSelector('occhio-pill .live');
  await waitForLabel(other);
  expect(await idsInOutbox(other)).toEqual([]);
  // The app's own files have stayed.
  expect((await page.evaluate(() => caches.keys())).some((name) => name.startsWith('workbox-precache'))).toBe(true);
});

it('has the hub delete what this device gave, after saying how much, and sends nothing more until it may again', async () => {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const hub = await startHubProcess(dataDir);
  const { page } = await openBrowser({ profile: folder, screen: phone });
  await page.goto(`${hub.url}/?camera=demo`);
  await waitForLabel(page);
  await page.click('#correct');
  await page.click('occhio-sheet #none');
  await answerConsent(page, 'yes');
  await goTo(page, 'settings');
  const own = page.locator('settings-devices li[data-self]');
  await expect.poll(() => own.textContent()).toMatch(/This device.*1 label/s);
  expect(await own.locator('a').getAttribute('href')).toMatch(/^#\/pictures\?device=[0-9a-f-]{36}$/);

  await own.locator('a').click();
  await page.waitForSelector('occhio-pictures h1');
  await page.goBack();

  await page.click('#erase-hub');
  expect(await page.textContent('settings-ask #lost')).toMatch(/^[1-9]\d* pictures? and 1 label would/);
  await page.click('settings-ask #yes');
  await page.waitForSelector('#erased:has-text("and 1 label.")');
  await expect.poll(() => own.textContent()).toContain('No pictures or labels yet');
  expect(await page.isChecked('occhio-settings #consent')).toBe(false);
  const database = new DatabaseSync(join(dataDir, 'hub.sqlite'), { readOnly: true });
  expect(database.prepare('SELECT DISTINCT state FROM samples').all()).toEqual([{ state: 'deleted' }]);
  database.close();
});
