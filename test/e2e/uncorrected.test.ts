/** What nobody corrects is learned, too, until someone does, or wants none of it. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { OcchioToggle } from '../../client/elements/occhio-toggle.ts';
import { databaseName } from '../../client/storage/database.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { answerConsent, goTo, openBrowser, startCamera, waitForLabel } from '../support/app-browser.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { writeCameraFile } from '../support/fake-camera.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Of what the device learned: the labels, those that nobody said with a question mark. */
function learned(page: Page): Promise<string[]> {
  return page.evaluate(async (name) => {
    const opening = indexedDB.open(name);
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => {
        resolve(opening.result);
      };
      opening.onerror = () => {
        reject(new Error('The database did not open.'));
      };
    });
    const reading = database.transaction('examples').objectStore('examples').getAll();
    const records = await new Promise<{ label: string; unsaid?: true }[]>((resolve) => {
      reading.onsuccess = () => {
        resolve(reading.result as { label: string; unsaid?: true }[]);
      };
    });
    database.close();
    return records.map(({ label, unsaid }) => (unsaid ? `${label}?` : label));
  }, databaseName);
}

async function say(page: Page, label: string): Promise<void> {
  await page.click('#correct');
  await page.fill('occhio-sheet input[type=search]', label);
  await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
}

it('learns what it names and nobody corrects, and takes that back when someone does', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const camera = join(folder, 'camera.mjpeg');
  const random = seededRandom(5);
  const picture = await drawPatternJpeg('red bars', random);
  // The same thing in another light is not nearly the same picture.
  const warm = await sharp(picture).modulate({ hue: 25 }).toBuffer();
  const views = [picture, warm];
  await writeCameraFile(camera, views, random);
  const { page } = await openBrowser({ profile: folder, camera });
  await page.goto(hub.url);
  await startCamera(page);

  await say(page, 'rug');
  await answerConsent(page, 'no');
  await waitForLabel(page, 'rug');
  await expect.poll(() => learned(page), { timeout: 20_000 }).toContain('rug?');

  await say(page, 'curtain');
  await expect.poll(async () => (await learned(page)).includes('rug?'), { timeout: 20_000 }).toBe(false);
  await expect
    .poll(async () => (await learned(page)).filter((label) => !label.endsWith('?')))
    .toEqual(['rug', 'curtain']);

  const toggle = page.locator('occhio-settings occhio-toggle[setting=learnUncorrected]');
  const isOn = () => toggle.evaluate((element: OcchioToggle) => element.on);
  await goTo(page, 'settings');
  expect(await isOn()).toBe(true);
  await toggle.locator('input').click();
  await expect.poll(isOn).toBe(false);
  await page.reload();
  await goTo(page, 'settings');
  expect(await isOn()).toBe(false);
});
