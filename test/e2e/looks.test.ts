/** Every screen, with something on it, for every pair of eyes and hands: small and magnified windows, both themes, forced colours, stillness. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { goTo, openBrowser, waitForLabel, waitForVersion } from '../support/app-browser.ts';
import { askAbout } from '../support/asked-pictures.ts';
import { seriousProblems } from '../support/axe.ts';
import { whatIsCramped } from '../support/cramped.ts';
import type { RoomOnShow } from '../support/room-on-show.ts';
import { roomOnShow } from '../support/room-on-show.ts';
import { smallTargets } from '../support/small-targets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const app = fileURLToPath(new URL('../../client/dist', import.meta.url));
const phone = { width: 390, height: 844 };

async function openShow(): Promise<RoomOnShow & { readonly page: Page }> {
  const room = await roomOnShow(app);
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen: phone });
  await page.goto(`${room.hub.localUrl}/?camera=demo`);
  await waitForLabel(page);
  await waitForVersion(page, 5, 30_000);
  return { ...room, page };
}

/** Leads through all screens and what opens on them, and looks at each. */
async function tour(
  { page, report, broadcast }: Awaited<ReturnType<typeof openShow>>,
  look: (moment: string) => Promise<void>,
) {
  await askAbout(page);
  broadcast(report);
  await page.waitForSelector('occhio-report section');
  await look('camera, a new version');
  await page.click('occhio-report #news > summary');
  await look('camera, what is new in it');
  await page.click('occhio-report #close');
  await page.click('#correct');
  await page.waitForSelector('occhio-sheet');
  await look('camera, frozen');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.waitForSelector('occhio-keys dialog');
  await look('keys');
  await page.keyboard.press('Escape');
  for (const screen of ['questions', 'pictures', 'model', 'inside', 'settings'] as const) {
    await goTo(page, screen);
    await page.waitForSelector({ ...contents, inside: 'inside-kernel canvas' }[screen]);
    await page.locator(`occhio-${screen} details`).evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    await look(screen);
    if (screen !== 'pictures') continue;
    await page.locator('picture-tile').nth(2).click();
    await page.waitForSelector('pictures-sheet #close');
    await look('a picture');
    await page.keyboard.press('Escape');
    await page.waitForSelector('pictures-sheet #close', { state: 'detached' });
    await page.click('#select');
    await page.locator('picture-tile').nth(1).click();
    await look('selecting pictures');
    await page.click('#select');
  }
  await page.click('#erase-here');
  await page.waitForSelector('settings-ask dialog');
  await look('settings, asking');
  await page.keyboard.press('Escape');
  await page.goto(page.url().replace(/\?.*/, ''));
  await page.waitForSelector('occhio-welcome #start');
  await look('welcome');
}

/** What shows that a screen is filled. */
const contents = {
  questions: 'question-card img',
  pictures: 'picture-tile img',
  model: 'model-confusions table',
  settings: 'settings-devices li',
} as const;

it('is whole at 320 pixels and at twice its size, in Italian, too, and every target is large enough for a thumb', async () => {
  const show = await openShow();
  const { page } = show;
  const found: string[] = [];
  await page.evaluate(() => document.querySelector('occhio-app')?.session.settings.write('language', 'it'));
  await tour(show, async (moment) => {
    for (const size of [
      { width: 320, height: 640 },
      // A laptop's and a tablet's window, magnified to 200 %.
      { width: 720, height: 450 },
      { width: 410, height: 590 },
      phone,
    ]) {
      await page.setViewportSize(size);
      const problems = size === phone ? await smallTargets(page) : await whatIsCramped(page);
      found.push(...problems.map((problem) => `${moment}, ${String(size.width)} px: ${problem}`));
    }
  });
  expect(found).toEqual([]);
});

it('has nothing that keeps somebody out, on any screen with something on it, in both themes', async () => {
  const show = await openShow();
  const found: string[] = [];
  await tour(show, async (moment) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await show.page.emulateMedia({ colorScheme });
      const problems = await seriousProblems(show.page);
      found.push(...problems.map((problem) => `${moment}, ${colorScheme}: ${problem}`));
    }
  });
  expect(found).toEqual([]);
});

it('shows what has the focus, what is chosen and how sure it is with forced colours, too', async () => {
  const { page } = await openShow();
  await page.emulateMedia({ forcedColors: 'active' });
  const colourOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  const paper = await colourOf('body');
  expect(await colourOf('occhio-answer .bar i')).not.toBe(paper);
  expect(await page.locator('occhio-stage #guide').evaluate((one) => getComputedStyle(one).borderTopWidth)).toBe('2px');
  await goTo(page, 'inside');
  expect(await colourOf('inside-kernel button[aria-pressed=true]')).not.toBe(
    await colourOf('inside-kernel button[aria-pressed=false]'),
  );
  await goTo(page, 'model');
  await page.waitForSelector('model-versions .badge.live');
  expect(await colourOf('model-versions .badge.live')).not.toBe(await colourOf('model-versions .badge:not(.live)'));
  for (const screen of ['inside', 'model'] as const) {
    await goTo(page, screen);
    const outlines: string[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      outlines.push(
        await page.evaluate(() => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
          return `${element?.localName ?? ''} ${outlineStyle} ${outlineWidth}`;
        }),
      );
    }
    for (const outline of outlines) expect(outline).toMatch(/ solid 3px$/);
  }
});

it('moves nothing by itself for those who asked for stillness', async () => {
  const { page, broadcast } = await openShow();
  const running = (): Promise<number> =>
    page.evaluate(() => {
      const all = (root: Document | ShadowRoot): Animation[] => [
        ...root.getAnimations(),
        ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? all(shadowRoot) : [])),
      ];
      return all(document).filter(({ playState }) => playState === 'running').length;
    });
  const trainAt = async (step: number): Promise<void> => {
    const status = { kind: 'training', step, steps: 100, loss: 1, accuracy: 0.5, held: null, waiting: 0 } as const;
    broadcast({ type: 'train-status', status });
    await page.waitForSelector(`occhio-pill .training:has-text("${String(step)}")`);
  };
  await trainAt(20);
  await expect.poll(running).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await trainAt(40);
  expect(await running()).toBe(0);
  await page.click('#correct');
  await page.waitForSelector('occhio-sheet');
  expect(await running()).toBe(0);
  await goTo(page, 'settings');
  await page.click('occhio-toggle input');
  expect(await running()).toBe(0);
});
