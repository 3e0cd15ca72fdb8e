/** Every screen in words as long as those of the wordiest language, on small phones: nothing is cut, nothing lies above another. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import { goTo, openBrowser, showPicture } from '../support/app-browser.ts';
import { whatIsCramped } from '../support/cramped.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { hubWithVersions } from '../support/hub-with-versions.ts';
import { buildLongWordedApp } from '../support/long-worded-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const sizes = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
];
const languages = ['en', 'it'] as const;

/** What is cramped now, in each size and language; a line each. */
async function crampedAt(page: Page, moment: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const size of sizes)
    for (const language of languages) {
      await page.setViewportSize(size);
      await page.evaluate(async (one) => {
        const app = document.querySelector('occhio-app');
        await app?.session.settings.write('language', one);
        await app?.updateComplete;
      }, language);
      await page.waitForFunction((one) => document.documentElement.lang === one, language);
      const problems = await whatIsCramped(page);
      found.push(...problems.map((problem) => `${moment}, ${String(size.width)} px, ${language}: ${problem}`));
    }
  return found;
}

async function openAll(page: Page, screen: string): Promise<void> {
  await page.locator(`${screen} details`).evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
}

it('has room for words that are 40 % longer on every screen of a small phone', async () => {
  const { hub } = await hubWithVersions(await buildLongWordedApp());
  const folder = await temporaryFolder();
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  await page.goto(hub.localUrl);
  await page.waitForSelector('occhio-pill .live');
  const cramped = [...(await crampedAt(page, 'welcome'))];
  await page.keyboard.press('?');
  await page.waitForSelector('occhio-keys dialog');
  cramped.push(...(await crampedAt(page, 'keys')));
  await page.keyboard.press('Escape');

  const file = join(folder, 'picture.jpg');
  await writeFile(file, await drawPatternJpeg('grey dots', seededRandom(3)));
  await showPicture(page, file);
  cramped.push(...(await crampedAt(page, 'camera')));
  await page.click('#correct');
  await page.waitForSelector('occhio-sheet');
  cramped.push(...(await crampedAt(page, 'sheet')));
  await page.fill('occhio-sheet input[type=search]', 'toy');
  cramped.push(...(await crampedAt(page, 'sheet, searching')));
  await page.click('occhio-sheet #matches button[data-key="toy"]');
  await page.waitForSelector('occhio-toast .learned');
  cramped.push(...(await crampedAt(page, 'learned')));
  await page.click('occhio-toast button:last-child');
  await page.waitForSelector('occhio-consent #yes');
  cramped.push(...(await crampedAt(page, 'consent')));
  await page.click('occhio-consent #yes');

  for (const screen of ['questions', 'pictures', 'model', 'inside', 'settings'] as const) {
    await goTo(page, screen);
    expect(await page.textContent(`occhio-${screen} h1`), 'shown in long words').toMatch(/^\[.+~\]$/);
    await openAll(page, `occhio-${screen}`);
    cramped.push(...(await crampedAt(page, screen)));
    if (screen !== 'pictures') continue;
    await page.click('picture-tile');
    await page.waitForSelector('pictures-sheet #close');
    cramped.push(...(await crampedAt(page, 'a picture')));
    await page.keyboard.press('Escape');
    await page.waitForSelector('pictures-sheet #close', { state: 'detached' });
    await page.click('#select');
    cramped.push(...(await crampedAt(page, 'selecting pictures')));
  }
  expect(cramped).toEqual([]);
});
