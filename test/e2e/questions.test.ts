/** The screen "Questions" as people meet it: asked after consent, answered, skipped, taken back, and kept until then. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import {
  answerConsent,
  goTo,
  killTab,
  openBrowser,
  showPicture,
  waitForLabel,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { seriousProblems } from '../support/axe.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Nothing that any model knows. */
const grey = (): Promise<Uint8Array> =>
  sharp({ create: { width: 320, height: 320, channels: 3, background: 'grey' } })
    .jpeg()
    .toBuffer();

async function show(page: Page, folder: string, picture: Uint8Array): Promise<void> {
  const file = join(folder, 'picture.jpg');
  await writeFile(file, picture);
  await page.click('occhio-nav a[href="#/"]');
  await showPicture(page, file);
}

const patterns = ['grey dots', 'yellow rows', 'pink checks', 'blue checks'] as const;

/** What the navigation says of how many wait. */
const waiting = (page: Page): Promise<readonly string[]> => page.locator('occhio-nav b').allTextContents();

/** It looks around for some seconds before it asks. */
const lookingMs = 60_000;
const untilWaiting = (page: Page, count: string): Promise<void> =>
  expect.poll(() => waiting(page), { timeout: lookingMs }).toEqual([count]);

const allow = async (page: Page): Promise<void> => {
  await goTo(page, 'questions');
  await page.check('occhio-questions #consent');
};

const samplesAsked = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('occhio');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('questions').objectStore('questions').getAllKeys();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map(String));
          };
        };
      }),
  );

it('asks nothing before its owner agrees; then is told one thing, hears that another is a bad photo, and takes an answer back', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.url);
  await page.waitForSelector('occhio-pill .live');
  await show(page, folder, await grey());
  await goTo(page, 'questions');
  expect(await page.textContent('occhio-questions #empty')).toContain('until you allow it');
  await page.check('occhio-questions #consent');
  await page.waitForSelector('occhio-questions #empty:not(:has-text("until you allow it"))');

  await untilWaiting(page, '1');
  // Nobody has said what any of these is; there are never more than two questions in a minute.
  for (const [i, pattern] of patterns.entries())
    await show(page, folder, await drawPatternJpeg(pattern, seededRandom(i + 3)));
  await untilWaiting(page, '2');
  await goTo(page, 'questions');
  await page.selectOption('occhio-questions #asking', 'never');
  expect(await page.locator('question-card .why').first().textContent()).toMatch(
    /^(I cannot decide between .+ and .+|I think it is .+, but I am not sure|I have (seen more|never seen anything) like this.*)\.$/,
  );
  const shown = page.locator('question-card img').first();
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(224);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }

  const [, bad] = await samplesAsked(page);
  await page.locator('question-card #bad').nth(1).click();
  await expect.poll(() => waiting(page)).toEqual(['1']);
  // Nothing stays of it: the hub's list does not have it either.
  await goTo(page, 'pictures');
  await page.waitForSelector('picture-tile');
  await expect.poll(() => page.locator('picture-tile').count()).toBe(1);
  expect(await samplesAsked(page)).not.toContain(bad);
  await goTo(page, 'questions');
  await page.fill('question-card input[type=search]', 'Fog');
  await page.click('question-card #matches button[data-key="fog"]');
  await page.waitForSelector('occhio-questions #empty');
  await page.waitForSelector('occhio-questions occhio-toast .learned');
  expect(await waiting(page)).toEqual([]);
  await show(page, folder, await grey());
  await waitForLabel(page, 'fog', 2000);
  await goTo(page, 'questions');
  await page.keyboard.press('u');
  await page.waitForSelector('occhio-questions occhio-toast .undone');
  await page.click('occhio-nav a[href="#/"]');
  await page.waitForSelector('occhio-answer #label[data-label=""]');
});

it('asks no more about what was corrected on the camera meanwhile', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.url);
  await page.waitForSelector('occhio-pill .live');
  await allow(page);
  await show(page, folder, await grey());
  await untilWaiting(page, '1');
  await page.click('#correct');
  await page.fill('occhio-sheet input[type=search]', 'fog');
  await page.click('occhio-sheet #matches button[data-key="fog"]');
  await page.waitForSelector('occhio-toast .learned');
  await expect.poll(() => waiting(page)).toEqual([]);
  expect(await samplesAsked(page)).toEqual([]);
});

it('asks as often as its owner lets it, and says when it has asked enough, also after a restart', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.url);
  await page.waitForSelector('occhio-pill .live');
  await allow(page);
  const means = page.locator('occhio-questions #means');
  await page.selectOption('occhio-questions #asking', 'never');
  await expect.poll(() => means.textContent()).toContain('no pictures');
  await page.selectOption('occhio-questions #asking', 'seldom');
  await expect.poll(() => means.textContent()).toContain('at most 1 a minute, 3 an hour, 10 a day.');
  expect(await page.isVisible('occhio-questions #pause')).toBe(false);
  // It has asked a day's questions two hours ago.
  await page.evaluate(() => {
    const askedAtMs = Array.from({ length: 10 }, () => Date.now() - 2 * 3_600_000);
    return document.querySelector('occhio-app')?.session.settings.write('askedAtMs', askedAtMs);
  });
  const pause = /can come from (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.* \d+:\d\d.* on\.$/;
  for (const reload of [false, true]) {
    if (reload) await page.reload();
    await expect.poll(() => page.textContent('occhio-questions #pause')).toMatch(pause);
    expect(await page.inputValue('occhio-questions #asking')).toBe('seldom');
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }
  await goTo(page, 'settings');
  await page.selectOption('occhio-settings #asking', 'often');
  await show(page, folder, await grey());
  await untilWaiting(page, '1');
  await goTo(page, 'questions');
  expect(await page.inputValue('occhio-questions #asking')).toBe('often');
  expect(await page.isVisible('occhio-questions #pause')).toBe(false);
});

it('asks each device about its own pictures only, also after its tab was killed and without a network, and shows in both what one was told', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const one = await openBrowser({ profile: join(folder, 'one') });
  await one.page.goto(hub.url);
  await waitUntilInstalled(one.page);
  await one.page.waitForSelector('occhio-pill .live');
  await show(one.page, folder, await grey());
  await allow(one.page);
  await untilWaiting(one.page, '1');
  const asked = await samplesAsked(one.page);
  // The hub has the picture now.
  await one.page.waitForSelector('occhio-pill a:not(.kept-here, .queued, .sending)', { state: 'attached' });

  const other = await openBrowser({ profile: join(folder, 'other') });
  await other.page.goto(hub.url);
  await other.page.waitForSelector('occhio-pill .live');
  await allow(other.page);
  await show(other.page, folder, await drawPatternJpeg('pink checks', seededRandom(8)));
  await untilWaiting(other.page, '1');
  expect(await samplesAsked(other.page)).not.toEqual(asked);
  // What one is told, the other shows among its pictures, and is asked nothing about it.
  await goTo(other.page, 'pictures');
  await show(one.page, folder, await drawPatternJpeg('blue checks', seededRandom(9)));
  await one.page.click('#correct');
  await one.page.fill('occhio-sheet input[type=search]', 'fog');
  await one.page.click('occhio-sheet #matches button[data-key="fog"]');
  await other.page.waitForSelector('picture-tile .name:text("fog")');
  expect(await waiting(other.page)).toEqual(['1']);
  await other.context.close();

  await killTab(one);
  hub.child.kill('SIGTERM');
  await hub.ended;
  const page = await one.context.newPage();
  await page.goto(hub.url);
  await untilWaiting(page, '1');
  expect(await samplesAsked(page)).toEqual(asked);
  await goTo(page, 'questions');
  const shown = page.locator('question-card img');
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(224);
  await page.click('question-card #skip');
  await page.waitForSelector('occhio-questions #empty');
  expect(await samplesAsked(page)).toEqual([]);
});

it('says when a correction contradicts the others, asks which it is, and follows or believes the person', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.url);
  await page.waitForSelector('occhio-pill .live');
  const random = seededRandom(4);
  const correct = async (label: string): Promise<void> => {
    await show(page, folder, await drawPatternJpeg('yellow rows', random));
    await page.click('#correct');
    await page.fill('occhio-sheet input[type=search]', label);
    await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
    await page.waitForSelector('occhio-toast .learned');
  };
  await correct('blind');
  await answerConsent(page, 'no');
  for (let i = 0; i < 2; i++) await correct('blind');
  expect(await page.locator('occhio-toast a').count()).toBe(0);
  await correct('fence');
  expect(await page.textContent('occhio-toast .learned')).toContain('To me it looks like blind.');
  await page.click('occhio-toast a');
  expect(await page.textContent('question-card .why')).toBe('You said fence. To me it looks like blind.');
  expect(await page.locator('question-card figcaption').allTextContents()).toEqual([
    'The picture in question',
    'blind',
  ]);
  const sides = page.locator('question-card img');
  await expect
    .poll(() => sides.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)))
    .toEqual([224, 224]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }
  await page.click('question-card .choices button:has-text("blind")');
  await page.waitForSelector('occhio-questions #empty');
  expect(await page.textContent('occhio-questions occhio-toast .learned')).toContain('Learned here: blind');
  // Taken back, it is doubted again, also after a restart.
  await page.keyboard.press('u');
  await page.waitForSelector('question-card .choices');
  await page.reload();
  await page.click('question-card .choices button:has-text("fence")');
  await page.waitForSelector('occhio-questions #empty');
  // What the person stands by is not, when the next one is.
  await page.reload();
  await correct('gate');
  await expect.poll(() => waiting(page)).toEqual(['1']);
  await goTo(page, 'questions');
  expect(await page.textContent('question-card .why')).toContain('You said gate.');
});
