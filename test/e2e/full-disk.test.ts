/** A device whose storage is full, as far as its browser goes. */
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
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

/** Room for a few corrections, when all that the app keeps is there. */
const roomBytes = 300_000;
/** More corrections than there can be room for. */
const mostCorrections = 100;

/** The browser gives the app only so much more than it uses now; undefined gives as much as there is. */
async function giveRoom(page: Page, devtools: CDPSession, bytes: number | undefined): Promise<void> {
  const { origin } = new URL(page.url());
  if (bytes === undefined) await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  else {
    const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
  }
}

/** Says that the camera sees this, and gives what the app says to that. */
async function correct(page: Page, label: string): Promise<'learned' | 'full' | 'failed'> {
  await page.click('#correct');
  await page.fill('occhio-sheet input[type=search]', label);
  await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
  const said = await page.waitForSelector('occhio-toast :is(.learned, .full, .failed)');
  return (await said.getAttribute('class')) as 'learned' | 'full' | 'failed';
}

/** Says something new again and again, until the app says that there is no room for it. Gives how often there was. */
async function correctUntilFull(page: Page): Promise<number> {
  for (let learned = 0; learned < mostCorrections; learned++) {
    const said = await correct(page, `thing ${String(learned)}`);
    if (said === 'full') return learned;
    expect(said).toBe('learned');
  }
  throw new Error(`There was room for ${String(mostCorrections)} corrections.`);
}

it('says that the device is full, loses nothing of what it took, and goes on when there is room again', async () => {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const hub = await startHubProcess(dataDir);
  const { context, page } = await openBrowser({ profile: folder });
  const devtools = await context.newCDPSession(page);
  await page.goto(`${hub.url}/?camera=demo`);
  await waitForLabel(page);
  await waitUntilInstalled(page);
  expect(await correct(page, 'first')).toBe('learned');
  await answerConsent(page, 'no');

  await giveRoom(page, devtools, roomBytes);
  const learned = await correctUntilFull(page);
  expect(learned).toBeGreaterThan(0);
  expect(await page.textContent('occhio-toast .full')).toContain('This device is full');
  const taken = await idsInOutbox(page);
  expect(taken).toHaveLength(2 * (1 + learned));

  await page.reload();
  await waitForLabel(page);
  expect(await idsInOutbox(page)).toEqual(taken);
  await correctUntilFull(page);

  await giveRoom(page, devtools, undefined);
  expect(await correct(page, 'one more')).toBe('learned');
  const all = await idsInOutbox(page);
  expect(all.slice(0, taken.length)).toEqual(taken);
  await goTo(page, 'settings');
  await page.check('occhio-settings #consent');
  await expect.poll(() => idsInOutbox(page)).toEqual([]);
  await context.close();
  hub.child.kill('SIGTERM');
  await hub.ended;

  const database = openDatabase(join(dataDir, 'hub.sqlite'));
  const stored = [...database.all('SELECT id FROM samples'), ...database.all('SELECT id FROM label_events')];
  database.close();
  const ids = stored.map((row) => String(row['id']));
  expect(all.filter((id) => !ids.includes(id))).toEqual([]);
});
