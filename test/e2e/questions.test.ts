/** The screen "Questions" as people meet it: asked after consent, answered, skipped, taken back. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import { goTo, openBrowser, showPicture, waitForLabel } from '../support/app-browser.ts';
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

const waiting = (page: Page): Promise<readonly string[]> => page.locator('occhio-nav b').allTextContents();

it('asks nothing before its owner agrees; then is told one thing, skips another, and takes an answer back', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  onTestFinished(() => void hub.child.kill('SIGKILL'));
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.url);
  await page.waitForSelector('occhio-pill .live');
  await show(page, folder, await grey());
  await goTo(page, 'questions');
  expect(await page.textContent('occhio-questions #empty')).toContain('before you allow it');
  await page.check('occhio-questions #consent');
  await page.waitForSelector('occhio-questions #empty:not(:has-text("before you allow it")), question-card');

  await expect.poll(() => waiting(page)).toEqual(['1']);
  // At least one of these is hard for any model; there are never more than two at once.
  for (const [i, pattern] of patterns.entries())
    await show(page, folder, await drawPatternJpeg(pattern, seededRandom(i + 3)));
  await expect.poll(() => waiting(page)).toEqual(['2']);
  await goTo(page, 'questions');
  expect(await page.locator('question-card .why').first().textContent()).toBe('I have never seen this.');
  const shown = page.locator('question-card img').first();
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(224);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }

  await page.locator('question-card #skip').nth(1).click();
  await expect.poll(() => waiting(page)).toEqual(['1']);
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
