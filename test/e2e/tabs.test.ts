/** Two tabs of one browser: what a person decides in one holds in the other. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { goTo, openBrowser, waitForLabel } from '../support/app-browser.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('sends nothing from any tab once its owner has said so in one, and speaks one language', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const { page: one, context } = await openBrowser({ profile: folder });
  const other = await context.newPage();
  await one.goto(`${hub.url}/#/settings`);
  await other.goto(`${hub.url}/?camera=demo`);
  await waitForLabel(other);
  await goTo(other, 'settings');
  await one.check('occhio-settings #consent');
  await other.waitForSelector('occhio-settings #consent:checked');
  await one.uncheck('occhio-settings #consent');
  await other.waitForSelector('occhio-settings #consent:not(:checked)');
  await one.selectOption('occhio-settings #language', 'it');
  await expect.poll(() => other.textContent('occhio-settings h1')).toBe('Opzioni');

  await other.click('occhio-nav a[href="#/"]');
  await other.click('#correct');
  await other.click('occhio-sheet #none');
  await other.waitForSelector('occhio-pill .kept-here');
});
