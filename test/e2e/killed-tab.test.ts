/** A tab that dies in the middle of sending. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import {
  answerConsent,
  correctWithBurst,
  idsInOutbox,
  killTab,
  openBrowser,
  startCamera,
} from '../support/app-browser.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bursts = 3;

it('has every sample in the store exactly once after the tab was killed in mid-send', async () => {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const hub = await startHubProcess(dataDir);
  const browser = await openBrowser({ profile: join(folder, 'device') });
  const { context, page } = browser;
  await page.goto(hub.url);
  await startCamera(page);
  await page.waitForSelector('occhio-pill .live');
  // The hub stops in its tracks: what the tab sends from now on is on the way and unanswered.
  hub.child.kill('SIGSTOP');
  for (let burst = 0; burst < bursts; burst++) {
    await correctWithBurst(page, `thing ${String(burst)}`);
    if (burst === 0) await answerConsent(page, 'yes');
  }
  const taken = await idsInOutbox(page);
  expect(taken.length).toBeGreaterThan(2 * bursts);
  await page.waitForSelector('occhio-pill .sending');
  await killTab(browser);
  hub.child.kill('SIGCONT');

  const next = await context.newPage();
  await next.goto(hub.url);
  await vi.waitFor(async () => {
    expect(await idsInOutbox(next)).toEqual([]);
  }, 30_000);
  await context.close();
  hub.child.kill('SIGTERM');
  await hub.ended;

  const database = openDatabase(join(dataDir, 'hub.sqlite'));
  const stored = [...database.all('SELECT id FROM samples'), ...database.all('SELECT id FROM label_events')];
  database.close();
  const ids = stored.map((row) => String(row['id']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(taken.filter((id) => !ids.includes(id))).toEqual([]);
});
