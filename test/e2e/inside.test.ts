/** The screen "Inside" as people meet it: the live network, the kernel, the worked example, a lecture, and back. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { correctWithBurst, goTo, labelOn, waitForLabel } from '../support/app-browser.ts';
import { seriousProblems } from '../support/axe.ts';
import { openDemo } from '../support/open-app.ts';

const phone = { width: 390, height: 844 };

async function openInside(page: Page): Promise<void> {
  await goTo(page, 'inside');
  await page.waitForSelector('inside-pixels canvas');
}

/** The pixels of a canvas, to be compared. */
function pixelsOf(page: Page, selector: string): Promise<string> {
  return page.locator(selector).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

it('shows maps of every layer that change with the picture, until the picture is held', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  const layers = page.locator('inside-layers canvas');
  await page.locator('inside-layers').scrollIntoViewIfNeeded();
  // Blocks show what leaves them; opened, they show their layers.
  const blocks = page.locator('inside-layers details');
  expect(await blocks.count()).toBe(11);
  await blocks.first().locator('summary').click();
  const map = 'inside-layers details[open] canvas >> nth=0';
  await page.locator(map).scrollIntoViewIfNeeded();
  await expect
    .poll(() => layers.evaluateAll((all) => all.filter((one) => one.clientHeight > 0).length))
    .toBeGreaterThan(15);
  const first = await pixelsOf(page, map);
  await expect.poll(() => pixelsOf(page, map), { timeout: 10_000 }).not.toBe(first);
  await page.click('#hold');
  // The answer that was on its way is dropped, so that nothing moves from now on.
  const held = await pixelsOf(page, map);
  // Below, the camera goes on to another thing.
  const label = await labelOn(page);
  await expect.poll(() => labelOn(page), { timeout: 30_000 }).not.toBe(label);
  expect(await pixelsOf(page, map)).toBe(held);
});

it('moves the kernel with the keyboard and with a tap, and adds up what lies under it', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  const picture = page.locator('inside-kernel #picture');
  const place = page.locator('inside-kernel #place');
  await picture.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => place.textContent()).toContain('Row 13, column 12');
  await picture.click({ position: { x: 2, y: 2 } });
  await expect.poll(() => place.textContent()).toContain('Row 1, column 1');
  // The picture is held, so that the numbers and their sum are of the same frame.
  await page.click('#hold');
  const products = await page.locator('inside-kernel .numbers table >> nth=2').locator('td').allTextContents();
  const sum = products.reduce((total, text) => total + Number(text), 0);
  const said = /Sum (-?[\d.]+)/.exec((await page.textContent('inside-kernel .sum')) ?? '');
  expect(Math.abs(Number(said?.[1]) - sum)).toBeLessThan(0.5);
});

it('steps through the worked example with keys and taps, to the numbers of the talk', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  const grids = page.locator('inside-example #steps table');
  const cells = (grid: number): Promise<readonly string[]> =>
    grids
      .nth(grid)
      .locator('td')
      .allTextContents()
      .then((texts) => texts.map((text) => text.trim()));
  await page.locator('inside-example #steps').focus();
  expect((await cells(1)).filter((text) => text !== '')).toEqual(['0.77']);
  await page.keyboard.press('ArrowRight');
  await page.click('inside-example button[aria-label="Step on"]');
  expect((await cells(1)).filter((text) => text !== '')).toEqual(['0.77', '-0.11', '0.11']);
  await page.click('inside-example fieldset >> nth=1 >> button >> nth=2');
  await page.locator('inside-example #steps').focus();
  for (let window = 1; window < 16; window++) await page.keyboard.press('ArrowRight');
  const pooled = ['1', '0.33', '0.55', '0.33', '0.33', '1', '0.33', '0.55', '0.55', '0.33', '1', '0.11'];
  expect(await cells(1)).toEqual([...pooled, '0.33', '0.55', '0.11', '0.77']);
});

it('shows one panel alone for a lecture, turns to the next with a key, and comes back', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  await page.click('#kernel button.alone');
  const shown = (): Promise<readonly string[]> =>
    page.locator('occhio-inside section:visible').evaluateAll((all) => all.map(({ id }) => id));
  await expect.poll(shown).toEqual(['kernel']);
  await page.keyboard.press('ArrowRight');
  await expect.poll(shown).toEqual(['example']);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await shown()).length).toBe(7);
  expect(await page.isVisible('occhio-inside')).toBe(true);
  await page.keyboard.press('Escape');
  await page.waitForSelector('occhio-inside', { state: 'detached' });
  // The camera has gone on, and so do its keys.
  await waitForLabel(page);
  await page.keyboard.press('Space');
  await page.waitForSelector('occhio-sheet');
});

it('shows what a correction changed, place by place', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  await page.waitForSelector('inside-heat canvas#before');
  expect(await page.locator('inside-heat canvas#after').count()).toBe(0);
  await page.click('occhio-nav a[href="#/"]');
  await page.waitForSelector('occhio-inside', { state: 'detached' });
  await correctWithBurst(page, 'toy');
  await page.keyboard.press('Escape');
  await openInside(page);
  await page.locator('inside-heat').scrollIntoViewIfNeeded();
  await page.waitForSelector('inside-heat canvas#after[aria-label*="toy"]');
  expect(await page.getAttribute('inside-heat canvas#before', 'aria-label')).not.toContain('toy');
  expect(await pixelsOf(page, 'inside-heat canvas#after')).not.toBe(await pixelsOf(page, 'inside-heat canvas#before'));
});

it('is accessible in both themes, alone and whole, and never wider than a small phone', async () => {
  const { page } = await openDemo({ screen: phone });
  await openInside(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page), colorScheme).toEqual([]);
  }
  await page.click('#example button.alone');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 320, height: 640 });
  const [needed, wide] = await page.locator('occhio-inside').evaluate((one) => [one.scrollWidth, one.clientWidth]);
  expect(needed).toBe(wide);
});
