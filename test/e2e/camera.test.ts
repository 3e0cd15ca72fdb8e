/** The camera page as people meet it: a refused camera, a keyboard, another language. */
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import {
  answerConsent,
  goTo,
  openBrowser,
  showPicture,
  startCamera,
  waitForLabel,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openApp, openDemo } from '../support/open-app.ts';

declare global {
  interface Window {
    /** What the link to the settings was called in each frame of the page; empty before there was one. */
    painted: string[];
  }
}

/** Runs in the page, before anything of the app does. */
function noteWhatIsPainted(): void {
  window.painted = [];
  const note = (): void => {
    const nav = document.querySelector('occhio-app')?.shadowRoot?.querySelector('occhio-nav');
    window.painted.push(nav?.shadowRoot?.querySelector('a[href="#/settings"] .name')?.textContent ?? '');
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

it('says what to do when the camera is refused, and labels a picture from a file instead', async () => {
  const { page, folder } = await openApp({ cameraDenied: true });
  await page.click('occhio-welcome #start');
  await page.waitForSelector('occhio-welcome [role=alert]');
  expect(await page.textContent('occhio-welcome [role=alert]')).toContain('not allowed');
  const file = join(folder, 'picture.jpg');
  await writeFile(file, await drawPatternJpeg('red bars', seededRandom(3)));
  await showPicture(page, file);
  expect(await page.locator('occhio-answer li').count()).toBe(3);
});

it('can be corrected, and the correction taken back, with the keyboard alone', async () => {
  const { page } = await openApp();
  await startCamera(page);
  await page.keyboard.press('Space');
  await page.waitForSelector('occhio-sheet');
  await page.keyboard.press('n');
  await page.keyboard.type('Grandma’s clock');
  await page.keyboard.press('Enter');
  await page.waitForSelector('occhio-toast .learned');
  // Asked when the notice has gone by itself.
  await page.waitForSelector('occhio-consent dialog');
  await page.keyboard.press('Escape');
  await page.waitForSelector('occhio-consent', { state: 'detached' });
  await waitForLabel(page, 'grandma’s clock', 1000);
  await page.keyboard.press('u');
  await page.waitForSelector('occhio-toast .undone');
  await page.waitForSelector('occhio-answer #label[data-label]:not([data-label="grandma’s clock"])');
});

it('takes the answer or the label whose key is pressed, 1 to 9, in the order in which they are shown', async () => {
  const folder = await temporaryFolder();
  const { url } = await startHubProcess(join(folder, 'data'));
  const { page } = await openBrowser({ profile: folder });
  await page.goto(`${url}/?camera=demo`);
  await waitForLabel(page);
  // More labels than there are answers, so that some follow them.
  for (const name of ['ash', 'beech', 'cedar', 'elm', 'fir', 'oak']) {
    await page.keyboard.press('Space');
    await page.waitForSelector('occhio-sheet');
    await page.keyboard.press('n');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`occhio-toast .learned:has-text("${name}")`);
    if (name !== 'ash') continue;
    await answerConsent(page, 'yes');
  }
  // What it shows then may be another thing already: the clip goes on.
  const said = (): Promise<string | null> =>
    page.evaluate(() => {
      const notice = document.querySelector('occhio-app')?.session.corrections.notice.peek();
      return notice?.kind === 'learned' ? notice.lesson.label : null;
    });
  const chips = page.locator('occhio-sheet #answers button:visible');
  const keys = (): Promise<string[]> => chips.locator('kbd:visible').allTextContents();
  await page.keyboard.press('Space');
  await expect.poll(() => chips.count()).toBeGreaterThanOrEqual(6);
  const count = await chips.count();
  expect(await keys()).toEqual(Array.from({ length: count }, (_, i) => String(i + 1)));

  await page.keyboard.press('n');
  await page.keyboard.type('6');
  expect(await page.inputValue('occhio-sheet input[type=search]')).toBe('6');
  await page.fill('occhio-sheet input[type=search]', '');
  await page.locator('occhio-sheet h2').click();
  const label = await chips.nth(5).getAttribute('data-key');
  await page.keyboard.press('6');
  await expect.poll(said).toBe(label);
  await page.keyboard.press('?');
  await page.waitForSelector('occhio-keys kbd:text-is("1–9")');
  await page.keyboard.press('Escape');

  // Where there is no keyboard, there are the best answers alone, and nothing else can be meant.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.keyboard.press('Space');
  await page.waitForSelector('occhio-sheet');
  await expect.poll(() => chips.count()).toBe(3);
  expect(await keys()).toEqual([]);
  const second = await chips.nth(1).getAttribute('data-key');
  await page.keyboard.press('6');
  await page.keyboard.press('2');
  await expect.poll(said).toBe(second);

  // One after the other is taken back, and the notice leads to the next.
  const undone = (): Promise<string | null | undefined> =>
    page.evaluate(() => {
      const notice = document.querySelector('occhio-app')?.session.corrections.notice.peek();
      return notice?.kind === 'undone' ? notice.lesson.label : undefined;
    });
  await page.click('occhio-toast .learned .undo');
  await expect.poll(undone).toBe(second);
  await page.click('occhio-toast .undone .undo:has-text("before")');
  await expect.poll(undone).toBe(label);
});

it('speaks Italian when it is told to, and after a restart from the first moment on, without a network, too', async () => {
  const { context, page } = await openDemo();
  const loaded = (): Promise<string> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join('\n'),
    );
  expect(await loaded(), 'Italian was not fetched before it was asked for').not.toMatch(/\/assets\/it-/);
  await goTo(page, 'settings');
  await page.selectOption('occhio-settings #language', 'it');
  await page.waitForSelector('#correct:has-text("Correggi")');
  expect(await loaded()).toMatch(/\/assets\/it-/);
  expect(await page.textContent('occhio-settings h1')).toBe('Opzioni');

  await waitUntilInstalled(page);
  await page.addInitScript(noteWhatIsPainted);
  const painted = (): Promise<readonly string[]> =>
    page.evaluate(() => [...new Set(window.painted.filter((name) => name !== ''))]);
  // However late its words come: here, long after everything else.
  const network = await context.newCDPSession(page);
  await network.send('Network.setBypassServiceWorker', { bypass: true });
  await page.route(/\/assets\/it-/, async (route) => {
    await page.waitForFunction(() => window.painted.length > 120);
    await route.continue();
  });
  await page.reload();
  await waitForLabel(page);
  expect(await painted()).toEqual(['Opzioni']);

  await network.send('Network.setBypassServiceWorker', { bypass: false });
  await page.unrouteAll();
  await context.setOffline(true);
  await page.reload();
  await waitForLabel(page);
  expect(await page.getAttribute('html', 'lang')).toBe('it');
  expect(await page.textContent('#correct')).toContain('Correggi');
  expect(await painted()).toEqual(['Opzioni']);
});

it('has its answer beside the picture on a phone that lies, and leaves the picture its height', async () => {
  const { page } = await openDemo({ screen: { width: 844, height: 390 } });
  const boxOf = async (selector: string) => {
    const box = await page.locator(selector).boundingBox();
    if (!box) throw new Error(`Expected ${selector} to be seen.`);
    return { ...box, right: box.x + box.width, bottom: box.y + box.height };
  };
  for (const screen of [
    { width: 844, height: 390 },
    { width: 640, height: 360 },
  ]) {
    await page.setViewportSize(screen);
    const [stage, panel] = [await boxOf('occhio-stage'), await boxOf('occhio-panel')];
    expect(panel.x).toBeGreaterThanOrEqual(stage.right);
    expect(stage.height).toBe(screen.height);
    await expect.poll(async () => (await boxOf('occhio-stage #guide')).width).toBeGreaterThan(0.5 * stage.width);
    expect((await boxOf('#correct')).bottom).toBeLessThanOrEqual(screen.height);
  }
  await page.click('#correct');
  expect((await boxOf('occhio-sheet #none')).right).toBeLessThanOrEqual(640);
  await page.click('occhio-sheet #none');
  await page.waitForSelector('occhio-consent #no');
});
