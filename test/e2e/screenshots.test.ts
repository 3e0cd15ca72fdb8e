/**
 * The pictures of the app in docs/screenshots, which the README and the manifest show. They are taken anew, of a room and things
 * that are drawn, with `OCCHIO_SCREENSHOTS=take npm test -- test/e2e/screenshots.test.ts`; the app is built with what was there before.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { manifest } from '../../client/manifest.ts';
import type { Theme } from '../../client/storage/settings.ts';
import { goTo, openBrowser, waitForLabel, waitForVersion } from '../support/app-browser.ts';
import { askAbout } from '../support/asked-pictures.ts';
import type { RoomOnShow } from '../support/room-on-show.ts';
import { roomOnShow } from '../support/room-on-show.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs', 'screenshots');
const app = join(root, 'client', 'dist');
const mostBytes = 150_000;
/** The clip shows one thing after the other; the clock is one that it knows. */
const thingMs = 180_000;

it.runIf(process.env['OCCHIO_SCREENSHOTS'] === 'take')('takes the screenshots', async () => {
  const room = await roomOnShow(app);
  const phone = await openOn(room, { width: 390, height: 844 }, 2);
  await wear(phone, 'light');
  await waitForLabel(phone, 'clock', thingMs);
  await take(phone, 'camera-phone');
  await wear(phone, 'dark');
  await phone.click('#correct');
  await phone.waitForSelector('occhio-sheet');
  await settled(phone, 'occhio-stage #seen');
  await take(phone, 'correct-phone');
  await phone.keyboard.press('Escape');
  await askAbout(phone);
  await goTo(phone, 'questions');
  await phone.waitForSelector('question-card:nth-child(2)');
  await take(phone, 'questions-phone');
  await goTo(phone, 'pictures');
  await wear(phone, 'light');
  await phone.waitForFunction(loaded, 9);
  await take(phone, 'pictures-phone');
  await goTo(phone, 'model');
  await phone.waitForSelector('version-pictures img');
  await take(phone, 'model-phone');
  await goTo(phone, 'settings');
  await wear(phone, 'dark');
  await phone.waitForSelector('settings-devices li');
  await take(phone, 'settings-phone');
  await phone.context().close();

  const laptop = await openOn(room, { width: 1440, height: 900 }, 1);
  await wear(laptop, 'dark');
  await waitForLabel(laptop, 'clock', thingMs);
  await take(laptop, 'camera-laptop');
  await wear(laptop, 'light');
  await goTo(laptop, 'model');
  await laptop.waitForSelector('version-pictures img');
  await take(laptop, 'model-laptop');
  await goTo(laptop, 'inside');
  await wear(laptop, 'dark');
  await laptop.locator('#kernel').scrollIntoViewIfNeeded();
  await laptop.locator('occhio-inside').evaluate((screen) => {
    const kernel = screen.shadowRoot?.querySelector('#kernel');
    screen.scrollTop += (kernel?.getBoundingClientRect().top ?? 0) - 84;
  });
  await laptop.waitForSelector('inside-kernel canvas');
  await take(laptop, 'inside-laptop');
});

it('shows screenshots in the README and in the manifest that are there, of the sizes that it says, and small', async () => {
  const files = (await readdir(folder)).toSorted();
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const shown = [...readme.matchAll(/docs\/screenshots\/([\w-]+\.png)/g)].map(([, name]) => name);
  expect(new Set(shown)).toEqual(new Set(files));
  const found = await Promise.all(
    files.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const { width, height } = await sharp(bytes).metadata();
      return { name, small: bytes.length <= mostBytes, sizes: `${String(width)}x${String(height)}` };
    }),
  );
  expect(found.filter(({ small }) => !small)).toEqual([]);
  const named = manifest.screenshots;
  expect(new Set(named.map((one) => one.form_factor))).toEqual(new Set(['narrow', 'wide']));
  for (const { src, sizes } of named) {
    const name = src.replace('/screenshots/', '');
    expect(found.find((one) => one.name === name)?.sizes, src).toBe(sizes);
    expect(await readFile(join(app, src)), 'the app that is served has it').toEqual(await readFile(join(folder, name)));
  }
});

async function openOn(
  { hub }: RoomOnShow,
  screen: { readonly width: number; readonly height: number },
  scale: number,
): Promise<Page> {
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen, scale });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${hub.localUrl}/?camera=demo`);
  await waitForLabel(page);
  await waitForVersion(page, 5, 30_000);
  return page;
}

async function wear(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(async (one) => {
    const shown = document.querySelector('occhio-app');
    await shown?.session.settings.write('theme', one);
    await shown?.updateComplete;
  }, theme);
}

/** Waits until the element, which is drawn with every frame, has moved where it stays. */
async function settled(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (one) => (one as HTMLElement).style.transform !== '',
    await page.waitForSelector(selector),
  );
}

/** Whether so many tiles have their picture. */
function loaded(count: number): boolean {
  const within = (node: ParentNode): Element[] =>
    [...node.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
  const images = within(document).filter(
    (one): one is HTMLImageElement => one instanceof HTMLImageElement && one.naturalWidth > 0,
  );
  return images.length >= count;
}

/** With as few colours as it takes to be small. */
async function take(page: Page, name: string): Promise<void> {
  const png = await page.screenshot();
  for (const quality of [80, 60, 40]) {
    const small = await sharp(png).png({ palette: true, quality, effort: 10, compressionLevel: 9 }).toBuffer();
    await writeFile(join(folder, `${name}.png`), small);
    if (small.length <= mostBytes) return;
  }
}
