/** On the screen "Model": how its versions did on pictures kept apart, and what came in between them. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openBrowser } from '../support/app-browser.ts';
import { hubWithVersions } from '../support/hub-with-versions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const app = fileURLToPath(new URL('../../client/dist', import.meta.url));

it('shows how each version did on pictures kept apart, and how many corrections came in before it', async () => {
  const { hub } = await hubWithVersions(app);
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen: { width: 390, height: 844 } });
  await page.goto(`${hub.localUrl}/#/model`);
  await page.waitForSelector('version-curve circle');
  expect(await page.getAttribute('version-curve svg', 'aria-label')).toBe(
    'From Version 2: 47 of 52, to Version 3: 40 of 52 right.',
  );
  expect(await page.locator('version-curve g.refused').count()).toBe(1);
  await page.click('version-curve summary');
  const rows = await page.locator('version-curve tbody tr').allInnerTexts();
  expect(rows.map((row) => row.split(/\s*\t\s*/))).toEqual([
    ['Version 2', '+24', '47 of 52', '79% to 96%'],
    ['Candidate for version 3', '0', '40 of 52', '64% to 86%'],
  ]);
});
