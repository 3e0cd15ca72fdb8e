/** The screens as people meet them: the way between them, and that everybody can use them. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { goTo, labelOn } from '../support/app-browser.ts';
import { seriousProblems } from '../support/axe.ts';
import { openDemo } from '../support/open-app.ts';

const phone = { width: 390, height: 844 };
const laptop = { width: 1440, height: 900 };
const screens = ['questions', 'pictures', 'model', 'inside', 'settings'] as const;
const target = 44;

/** What has the focus, through all shadow roots. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.tagName ?? ''} ${element?.textContent.trim() ?? ''}`;
  });
}

it('goes to every screen and back, takes the focus along, and the camera goes on below', async () => {
  const { page } = await openDemo({ screen: phone });
  for (const screen of screens) {
    await goTo(page, screen);
    await expect.poll(() => focused(page)).toMatch(/^H1 /);
    expect(await page.getAttribute('occhio-nav a[aria-current=page]', 'href')).toBe(`#/${screen}`);
    expect(await page.title()).toMatch(/^\w+ · Occhio$/);
    expect(await page.locator('.screen').count()).toBe(1);
  }
  const label = await labelOn(page);
  await expect.poll(() => labelOn(page), { timeout: 30_000 }).not.toBe(label);
  await page.goBack();
  await page.waitForSelector('occhio-inside');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.screen', { state: 'detached' });
  await expect.poll(() => focused(page)).toBe('H1 Camera');
  // The camera has its keys again.
  await page.keyboard.press('Space');
  await page.waitForSelector('occhio-sheet');
  await page.goto(page.url().replace(/#.*/, '#/nowhere'));
  expect(await page.locator('.screen').count()).toBe(0);
});

it('says that a screen cannot be had without the hub, and shows it once it can', async () => {
  // A browser that keeps no app for later.
  const { page } = await openDemo({
    screen: phone,
    prepare: (empty) =>
      empty.addInitScript(() => {
        Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
      }),
  });
  const code = /\/assets\/occhio-settings-/;
  await page.route(code, (route) => route.abort());
  await page.click('occhio-nav a[href="#/settings"]');
  await page.waitForSelector('occhio-missing #retry');
  expect(await focused(page)).toBe('H1 Settings');
  expect(await page.textContent('occhio-missing [role=alert]')).toContain('your hub cannot be reached');
  await page.unroute(code);
  await page.click('occhio-missing #retry');
  await page.waitForSelector('occhio-settings h1');
  expect(await page.locator('.screen').count()).toBe(1);
});

it('has its navigation at the bottom of a phone and at the side of a laptop, large enough for a thumb', async () => {
  const { page } = await openDemo({ screen: phone });
  for (const [screen, side] of [
    [phone, 'below'],
    [{ width: 320, height: 568 }, 'below'],
    [{ width: 844, height: 390 }, 'beside'],
    [laptop, 'beside'],
  ] as const) {
    await page.setViewportSize(screen);
    const boxes = await Promise.all((await page.locator('occhio-nav a').all()).map((link) => link.boundingBox()));
    expect(boxes).toHaveLength(6);
    for (const box of boxes) {
      expect(box?.height).toBeGreaterThanOrEqual(target);
      expect(box?.width).toBeGreaterThanOrEqual(target);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(screen.width);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(screen.height);
      if (side === 'below') expect(box?.y).toBeGreaterThan(screen.height - 64);
      else expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(100);
    }
    // On the camera it covers nothing that has to be tapped.
    const correct = await page.locator('#correct').boundingBox();
    if (side === 'below') expect((correct?.y ?? 0) + (correct?.height ?? 0)).toBeLessThan(boxes[0]?.y ?? 0);
  }
});

it('is accessible on every screen in both themes, and never wider than a small phone', async () => {
  const { page } = await openDemo({ screen: phone });
  for (const screen of ['', ...screens]) {
    await page.evaluate((name) => {
      location.hash = `#/${name}`;
    }, screen);
    await page.waitForSelector(screen === '' ? 'occhio-camera:not([inert])' : `occhio-${screen} h1`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousProblems(page), `${screen} ${colorScheme}`).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 568 });
    const [needed, wide] = await page
      .locator(screen === '' ? 'occhio-camera' : `occhio-${screen}`)
      .evaluate((one) => [one.scrollWidth, one.clientWidth]);
    expect(needed, screen).toBe(wide);
    await page.setViewportSize(phone);
  }
});

it('shows where one is with forced colours, too', async () => {
  const { page } = await openDemo({ screen: phone });
  await page.emulateMedia({ forcedColors: 'active' });
  const [here, ...elsewhere] = await page
    .locator('occhio-nav .icon')
    .evaluateAll((icons) => icons.map((icon) => getComputedStyle(icon).backgroundColor));
  const paper = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  expect([paper, ...elsewhere]).not.toContain(here);
});
