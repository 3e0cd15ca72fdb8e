/** What tells of a new version on a phone leaves the camera usable: the guide, its buttons and the way to correct stay free. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openBrowser, waitForLabel, waitForVersion } from '../support/app-browser.ts';
import { roomOnShow } from '../support/room-on-show.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const app = fileURLToPath(new URL('../../client/dist', import.meta.url));

it('tells of a new version in a line that covers neither guide nor buttons, and opens at a tap', async () => {
  const { hub, report, broadcast } = await roomOnShow(app);
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen: { width: 390, height: 844 } });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${hub.localUrl}/?camera=demo`);
  await waitForLabel(page);
  await waitForVersion(page, 5, 30_000);
  broadcast(report);
  const card = page.locator('occhio-report section');
  await card.waitFor();
  const boxOf = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    if (!box) throw new Error(`Expected ${selector} to be seen.`);
    return { ...box, bottom: box.y + box.height };
  };
  for (const screen of [
    { width: 390, height: 844 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(screen);
    await expect
      .poll(async () => (await boxOf('occhio-report section')).y - (await boxOf('occhio-stage #guide')).bottom)
      .toBeGreaterThan(0);
    expect((await boxOf('occhio-stage #guide')).width).toBeGreaterThan(0.5 * screen.width);
    await page.click('occhio-lens #explain', { trial: true });
    await page.click('#correct', { trial: true });
    expect(await card.locator('a').isVisible()).toBe(false);
    await card.locator('#news > summary').click();
    await card.locator('a').click({ trial: true });
    await page.click('occhio-lens #explain', { trial: true });
    await card.locator('#news > summary').click();
  }

  // Beside the picture there is room for it.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.reload();
  await waitForLabel(page);
  broadcast(report);
  await card.locator('a').click({ trial: true });
});
