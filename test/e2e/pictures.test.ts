/** The screen "Pictures" as people meet it: what one device keeps another sees and names, in flight mode too; in and out. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newDeviceId, newSampleId } from '../../protocol/ids.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { openZip } from '../../server/training/dataset/zip-source.ts';
import type { AppBrowser } from '../support/app-browser.ts';
import {
  answerConsent,
  goTo,
  openBrowser,
  showPicture,
  waitForLabel,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { seriousProblems } from '../support/axe.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { drawDataset } from '../support/drawn-pictures.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { testModel } from '../support/predictions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TestDevice, newLabel, newSample } from '../support/test-device.ts';

const phone = { width: 390, height: 844 };

async function newHub() {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  return { folder, ...hub };
}

/** A device with the model, on the screen of the camera. */
async function newDevice(url: string, screen = phone): Promise<AppBrowser> {
  const browser = await openBrowser({ profile: await temporaryFolder(), screen });
  await browser.page.goto(url);
  await browser.page.waitForSelector('occhio-pill .live');
  return browser;
}

/** Shows the camera this file and says what it is. */
async function correct(page: Page, file: string, label: string): Promise<void> {
  await page.click('occhio-nav a[href="#/"]');
  await showPicture(page, file);
  await page.click('#correct');
  await page.fill('occhio-sheet input[type=search]', label);
  await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
  await page.waitForSelector('occhio-toast .learned');
}

/** What the tiles say that they show, in their order. */
const names = (page: Page): Promise<readonly string[]> => page.locator('picture-tile .name').allTextContents();

/** Lets the hub have what is kept. */
async function agree(page: Page): Promise<void> {
  await goTo(page, 'settings');
  await page.check('occhio-settings #consent');
}

/** Opens the nth picture and says what it shows. */
async function rename(page: Page, nth: number, label: string): Promise<void> {
  await page.locator('picture-tile').nth(nth).click();
  await page.fill('pictures-sheet input[type=search]', label);
  await page.click(`pictures-sheet #matches button[data-key="${label}"]`);
  await page.waitForSelector('pictures-toast .said');
}

/** Waits until every picture in the window is there to be seen. */
async function waitForImages(page: Page, count: number): Promise<void> {
  await expect
    .poll(() =>
      page
        .locator('picture-tile img')
        .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length),
    )
    .toBe(count);
}

it('shows on one device what another kept, takes a name from either, and what is deleted goes from both', async () => {
  const { folder, url } = await newHub();
  const picture = join(folder, 'picture.jpg');
  await writeFile(picture, await drawPatternJpeg('pink checks', seededRandom(1)));
  const [{ page: one }, { page: other }] = [await newDevice(url), await newDevice(url, { width: 1440, height: 900 })];
  // Its window cuts the picture out otherwise: of that it might ask, which brings a picture of its own.
  await other.evaluate(() => document.querySelector('occhio-app')?.session.settings.write('asking', 'never'));
  await goTo(other, 'pictures');
  await other.waitForSelector('occhio-pictures #empty');

  // Kept here only, until its owner agrees.
  await correct(one, picture, 'quilt');
  await answerConsent(one, 'no');
  await goTo(one, 'pictures');
  await one.waitForSelector('picture-tile .state.here');
  expect(await names(one)).toEqual(['quilt']);
  expect(await names(other)).toEqual([]);
  await agree(one);
  await expect.poll(() => names(other)).toEqual(['quilt']);
  await waitForImages(other, 1);
  // What one was taught, the other knows, and asks nobody about it; no version has to learn it first.
  await other.click('occhio-nav a[href="#/"]');
  await showPicture(other, picture);
  await waitForLabel(other, 'quilt');
  await goTo(other, 'pictures');

  await goTo(one, 'pictures');
  await one.waitForSelector('picture-tile :is(.state.sent, .state.learned)');
  await agree(other);
  await goTo(other, 'pictures');
  await rename(other, 0, 'curtain');
  await expect.poll(() => names(one)).toEqual(['curtain']);
  // They do not agree, until somebody has the last word; and the one that learned it follows.
  await one.click('pictures-filters #disputed:has-text("1")');
  await one.locator('picture-tile').click();
  expect(await one.textContent('pictures-sheet .dispute p')).toBe('Somebody else said: quilt');
  // It was taken here, and named on the other device.
  const givers = one.locator('pictures-sheet dl div:has(dt:text-matches("^(By|Named by)$")) dd');
  const [by, namedBy] = await givers.allTextContents();
  expect(by).toBe('This device');
  expect(namedBy).not.toMatch(/^(This device|Imported|)$/);
  await one.click('pictures-sheet .dispute button[data-label="curtain"]');
  await one.waitForSelector('occhio-pictures #empty');
  await expect.poll(() => other.locator('pictures-filters #disputed').count()).toBe(0);
  await one.click('occhio-nav a[href="#/"]');
  await waitForLabel(one, 'curtain');

  await goTo(other, 'pictures');
  await other.locator('picture-tile').click();
  await other.click('pictures-sheet #delete');
  await other.click('pictures-toast .undo');
  await expect.poll(() => names(other)).toEqual(['curtain']);
  await other.locator('picture-tile').click();
  await other.click('pictures-sheet #delete');
  await other.waitForSelector('occhio-pictures #empty');
  await goTo(one, 'pictures');
  await expect.poll(() => names(one), { timeout: 30_000 }).toEqual([]);
});

it('shows and names pictures in flight mode, and the hub hears of it afterwards', async () => {
  const { folder, url } = await newHub();
  const somebody = new TestDevice(url);
  await somebody.join();
  const theirs = newSample(await drawPatternJpeg('yellow rows', seededRandom(2)));
  for (const message of [theirs, newLabel(theirs.id, 'scarf')]) somebody.send(message);
  await somebody.next('ack', ({ samples }) => samples.includes(theirs.id));
  const picture = join(folder, 'picture.jpg');
  await writeFile(picture, await drawPatternJpeg('pink checks', seededRandom(1)));
  const { page, context } = await newDevice(url);
  await correct(page, picture, 'quilt');
  await answerConsent(page, 'yes');
  await goTo(page, 'pictures');
  await expect.poll(() => names(page)).toEqual(['quilt', 'scarf']);
  await waitForImages(page, 2);
  await waitUntilInstalled(page);

  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('occhio-pictures #telling');
  expect(await names(page)).toEqual(['quilt', 'scarf']);
  await waitForImages(page, 2);
  await rename(page, 1, 'shawl');
  await rename(page, 0, 'rug');
  await expect.poll(() => names(page)).toEqual(['rug', 'shawl']);
  expect(await page.locator('picture-tile .state.here').count()).toBe(2);
  // Learned at once.
  await page.click('occhio-nav a[href="#/"]');
  await showPicture(page, picture);
  await waitForLabel(page, 'rug');

  await context.setOffline(false);
  await somebody.next('room-state', ({ labels }) => labels.some(({ label }) => label === 'shawl'));
});

it('shows what a link names, says which filter does so, and lets go of it', async () => {
  const { url } = await newHub();
  const [somebody, another] = [new TestDevice(url), new TestDevice(url)];
  const device = newDeviceId();
  await somebody.join({ device });
  await another.join();
  const drawn = await Promise.all([1, 2].map((seed) => drawPatternJpeg('yellow rows', seededRandom(seed))));
  const prediction = { label: 'cup', probability: 0.6, model: testModel };
  const [theirs, others] = drawn.map((jpeg) => newSample(jpeg, { prediction }));
  if (!theirs || !others) throw new Error('Two pictures were drawn.');
  for (const message of [theirs, newLabel(theirs.id, 'scarf')]) somebody.send(message);
  // Nobody has said what it shows: no device fetches it to learn it.
  another.send(others);
  await another.next('ack', ({ samples }) => samples.includes(others.id));
  const { page, context } = await newDevice(url);
  await waitUntilInstalled(page);

  await goTo(page, 'settings');
  await page.click(`settings-devices li[data-device="${device}"] a`);
  await expect.poll(() => names(page)).toEqual(['scarf']);
  expect(await page.inputValue('pictures-filters #device')).toBe(device);
  await waitForImages(page, 1);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('occhio-pictures #telling');
  await page.click('pictures-filters #show-all');
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['Not named yet', 'scarf']);
  expect(await page.locator('pictures-filters #show-all').count()).toBe(0);
  // What was let go of does not come back; the other picture comes with the hub.
  await page.reload();
  await page.waitForSelector('occhio-pictures #telling');
  await waitForImages(page, 1);
  await context.setOffline(false);
  await waitForImages(page, 2);
  another.send(newLabel(others.id, 'shawl'));
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['scarf', 'shawl']);

  // The screen is there already.
  await page.evaluate(() => (location.hash = '#/pictures?label=shawl'));
  await expect.poll(() => names(page)).toEqual(['shawl']);
  expect(await page.inputValue('pictures-filters #label')).toBe('=shawl');
  await page.evaluate((id) => (location.hash = `#/pictures?only=${id}`), theirs.id);
  await expect.poll(() => names(page)).toEqual(['scarf']);
  await page.evaluate((id) => (location.hash = `#/pictures?only=${id}`), newSampleId());
  await page.waitForSelector('occhio-pictures #empty');
  expect(await seriousProblems(page)).toEqual([]);
  // All pictures are one tap away in the navigation, too.
  await page.click('occhio-nav a[href="#/pictures"]');
  await expect.poll(async () => (await names(page)).length).toBe(2);
});

it('brings in a folder, says what was not kept, and takes everything out again as a zip', async () => {
  const { folder, url } = await newHub();
  const project = join(folder, 'project');
  await drawDataset(project, { things: ['ball', 'star'], count: 3, seed: 1 });
  await writeFile(join(project, 'star', 'broken.jpg'), 'no picture');
  await copyFile(join(project, 'star', '0.jpg'), join(project, 'star', 'again.jpg'));
  await mkdir(join(project, 'empty'));
  const { page } = await newDevice(url);
  await goTo(page, 'pictures');
  await page.click('pictures-transfer summary');
  await page.setInputFiles('pictures-transfer #folder', project);
  await page.waitForSelector('pictures-transfer #state:has-text("Kept 6 of 8")');
  await page.waitForSelector('pictures-transfer #state:not(:has(#stop))');
  expect((await page.locator('pictures-transfer li').allTextContents()).sort()).toEqual([
    '1 could not be read as a picture: project/star/broken.jpg',
    '1 was there twice',
  ]);
  await expect
    .poll(async () => (await names(page)).toSorted())
    .toEqual(['ball', 'ball', 'ball', 'star', 'star', 'star']);

  await page.selectOption('pictures-filters #label', '=ball');
  expect(await page.textContent('occhio-pictures #count')).toBe('3 of 6');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('pictures-transfer #export')]);
  const zip = join(folder, 'taken-out.zip');
  await download.saveAs(zip);
  const source = await openZip(zip);
  expect(source.files.map((file) => file.split('/')[0])).toEqual(['ball', 'ball', 'ball', 'labels.csv']);
  source.close();

  const { page: other } = await newDevice(url);
  await goTo(other, 'pictures');
  await other.click('pictures-transfer summary');
  await other.setInputFiles('pictures-transfer #zip', zip);
  await expect.poll(() => names(other)).toEqual(['ball', 'ball', 'ball']);
});

it('shows of many pictures those that are in view, and selects, names and deletes with the keyboard', async () => {
  const { url } = await newHub();
  // Before the pictures come: a hub that trains on them takes the processor.
  const { page } = await newDevice(url, { width: 1440, height: 900 });
  const somebody = new TestDevice(url);
  await somebody.join();
  const jpeg = await drawPatternJpeg('yellow rows', seededRandom(2));
  for (let i = 0; i < 150; i++) {
    // Another byte after the picture's end is another picture; the hub takes it away.
    const sample = newSample(new Uint8Array([...jpeg, i]));
    somebody.send(sample);
    somebody.send(newLabel(sample.id, 'scarf'));
    if (i % 10 === 9) await somebody.next('ack', ({ samples }) => samples.includes(sample.id));
  }
  await goTo(page, 'pictures');
  await page.waitForSelector('picture-tile img');
  await expect.poll(() => page.textContent('occhio-pictures #count')).toBe('150 of 150');
  expect(await page.locator('picture-tile').count()).toBe(60);
  expect(await page.locator('picture-tile img').count()).toBeLessThan(60);
  await page.locator('picture-tile').nth(59).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator('picture-tile').count()).toBe(120);
  await expect.poll(() => page.locator('picture-tile').first().locator('img').count()).toBe(0);

  await page.locator('picture-tile').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await page.textContent('#selection p')).toBe('3 selected');
  await page
    .locator('picture-tile')
    .nth(5)
    .click({ modifiers: ['Shift'] });
  expect(await page.textContent('#selection p')).toBe('6 selected');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }
  await page.keyboard.press('Enter');
  expect(await page.textContent('pictures-sheet h2')).toBe('What do these 6 pictures show?');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.type('shawl');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await names(page)).filter((name) => name === 'shawl').length).toBe(6);
  await page.keyboard.press('u');
  await expect.poll(async () => (await names(page)).filter((name) => name === 'shawl').length).toBe(0);
  await page.keyboard.press('a');
  expect(await page.textContent('#selection p')).toBe('150 selected');
  await page.keyboard.press('Delete');
  await page.waitForSelector('occhio-pictures #empty');
  await page.keyboard.press('u');
  await expect.poll(() => page.textContent('occhio-pictures #count')).toBe('150 of 150');
});
