/** The screen "Model" as people meet it: what was learned, whether it is enough, the way back, and all that without a hub. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { decodeModel } from '../../protocol/learning/model-file.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import {
  answerConsent,
  correctWithBurst,
  goTo,
  openBrowser,
  startCamera,
  waitForLabel,
  waitForVersion,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { checkParity } from '../../server/models/export/parity.ts';
import { onnxOutputs } from '../../server/models/export/run-onnx.ts';
import { drawPatternJpeg } from '../support/drawn-patterns.ts';
import { writeCameraFile } from '../support/fake-camera.ts';
import { startHubProcess } from '../support/hub-process.ts';
import type { HubWithVersions } from '../support/hub-with-versions.ts';
import { hubWithVersions, mistaken } from '../support/hub-with-versions.ts';
import { drawnKinds } from '../support/object-pictures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TestDevice, newLabel, newSample } from '../support/test-device.ts';

const phone = { width: 390, height: 844 };
const app = fileURLToPath(new URL('../../client/dist', import.meta.url));
const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const trainingMs = 180_000;

/** The screen of a device that runs version 2. */
async function openModel(): Promise<HubWithVersions & { readonly page: Page }> {
  const line = await hubWithVersions(app);
  const { page } = await openBrowser({ profile: await temporaryFolder(), screen: phone });
  await page.goto(`${line.hub.localUrl}/?camera=demo`);
  await waitForLabel(page);
  await waitForVersion(page, 2, 30_000);
  await page.click('occhio-nav a[href="#/model"]');
  await page.waitForSelector('model-versions li[data-version="2"][data-current]');
  return { ...line, page };
}

/** The texts of a row, blanks made single. */
function textsOf(page: Page, selector: string): Promise<readonly string[]> {
  return page
    .locator(selector)
    .allTextContents()
    .then((texts) => texts.map((text) => text.replace(/\s+/g, ' ').trim()));
}

it('gives the version that the device runs to other programs, as a file that computes the same', async () => {
  const { page } = await openModel();
  await waitUntilInstalled(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('model-export a')]);
  expect(download.suggestedFilename()).toBe('occhio-v2.onnx');
  const hash = await page.evaluate(() => {
    const live = document.querySelector('occhio-app')?.session.models.state.peek();
    return live?.kind === 'live' ? live.held.hash : '';
  });
  const address = new URL(`/models/${hash}`, page.url());
  const model = decodeModel(new Uint8Array(await (await fetch(address)).arrayBuffer()));
  const outputs = await onnxOutputs(new Uint8Array(await readFile(await download.path())), model.spec);
  expect(await checkParity(model, outputs!, 1)).toBeLessThan(1e-3);
});

it('goes back to an earlier version on the spot, stays with it, and goes on with the newest', async () => {
  const { page } = await openModel();
  const loaded = await page.evaluate(() => performance.timeOrigin);
  await page.click('li[data-version="1"] summary');
  await page.click('li[data-version="1"] button');
  await waitForVersion(page, 1, 30_000);
  await page.waitForSelector('li[data-version="1"][data-current]');
  expect(await page.textContent('model-versions .pin p')).toContain('Version 1 stays');
  await page.click('model-versions .pin button');
  await waitForVersion(page, 2, 30_000);
  await page.waitForSelector('model-versions .pin', { state: 'detached' });
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
});

it('says whether it is enough, how sure each class is, and what is mixed up', async () => {
  const { page } = await openModel();
  expect(await page.textContent('model-enough #answer')).toBe(
    'Not quite: “pink checks” was right in 3 of 4 pictures, and that could mean anything from 30% to 95%. It takes 11 more to be sure. The same goes for 1 other class.',
  );
  expect(await textsOf(page, 'model-classes tr[data-label="yellow rows"] > *')).toEqual([
    ...['yellow rows', '11 of 12', '65% to 99%', '0 of 12', '16', '85%', '92%', '88%'],
  ]);
  // Eight corrections came while the live version was trained, in two goes.
  expect(await page.locator('model-training text.mark').allTextContents()).toEqual(['+3', '+5']);
  expect(await textsOf(page, 'model-confusions thead th')).toEqual([
    ...['Showed', 'pink checks', 'yellow rows', 'cup', 'bowl'],
  ]);
  expect(await textsOf(page, 'model-confusions tbody tr >> nth=0 >> css=th, td')).toEqual([
    ...['pink checks', '3', '1', '·', '·'],
  ]);
  expect(await textsOf(page, 'model-confusions .soft >> nth=-1')).toEqual(['Never mixed up: 1 class.']);
  expect(await textsOf(page, 'model-versions li[data-version="3"] .badge')).toEqual(['Refused']);
  expect(await page.locator('li[data-version="3"] button').count(), 'nobody goes to what was refused').toBe(0);
});

it('leads from a class and from a mistake to their pictures, and shows those that a version put right', async () => {
  const { page, hub, child } = await openModel();
  const somebody = new TestDevice(hub.localUrl);
  await somebody.join();
  // Nothing is learned meanwhile.
  somebody.send({ type: 'pin', version: 2 });
  somebody.send({ type: 'history-request' });
  await somebody.next('history', ({ current }) => current.pinned);
  const [fixed] = child.report?.fixes ?? [];
  const [broken] = child.report?.breaks ?? [];
  if (!fixed || !broken) throw new Error('The version put pictures right and got some wrong.');
  const random = seededRandom(4);
  for (const { id, of } of [
    { id: fixed, of: 'pink checks' },
    { id: mistaken, of: 'pink checks' },
    { id: broken, of: 'yellow rows' },
  ] as const) {
    const jpeg = await drawPatternJpeg(of, random);
    somebody.send(newSample(jpeg, { id }));
    somebody.send(newLabel(id, of));
    await somebody.next('ack', ({ samples }) => samples.includes(id));
  }

  await page.click('li[data-version="2"] > details > summary');
  const put = page.locator('li[data-version="2"] version-pictures');
  await expect.poll(() => put.locator('li p').allTextContents()).toEqual(['pink checks', 'yellow rows']);
  // The pictures themselves come once they are in view.
  await put.last().scrollIntoViewIfNeeded();
  await expect
    .poll(() => put.locator('img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth > 0)))
    .toEqual([true, true]);
  expect(await textsOf(page, 'li[data-version="2"] version-pictures > .soft')).toEqual([
    'Not shown: 29. They were deleted, or your hub has not told this device about them.',
  ]);

  const cells = page.locator('model-confusions tbody tr').nth(0).locator('a');
  expect(await cells.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual([
    '3: open all 2 pictures of “pink checks”',
    '1: open the picture of “pink checks” taken for “yellow rows”',
  ]);
  expect(await page.locator('model-confusions tr:has-text("cup") td a').count(), 'no picture shows a cup').toBe(0);
  await cells.nth(1).click();
  await expect.poll(() => page.textContent('occhio-pictures #count')).toBe('1 of 3');
  expect(new URL(page.url()).hash).toContain(mistaken);
  await page.goBack();
  await page.click('model-classes tr[data-label="pink checks"] a');
  await expect.poll(() => page.textContent('occhio-pictures #count')).toBe('2 of 3');
  expect(await page.inputValue('pictures-filters #label')).toBe('=pink checks');
});

it('still tells without a hub what it told last, and says of when that is', async () => {
  const { page, hub } = await openModel();
  await waitUntilInstalled(page);
  await hub.stop();
  await page.context().setOffline(true);
  await page.reload();
  await page.waitForSelector('model-versions li[data-version="2"][data-current]');
  await expect.poll(() => page.textContent('occhio-model header p')).toMatch(/^As of .* out of reach\.$/);
  await page.click('li[data-version="1"] summary');
  expect(await page.isDisabled('li[data-version="1"] button')).toBe(true);
  await goTo(page, 'inside');
  const moments = page.locator('inside-learning .facts tr');
  await expect.poll(() => moments.last().textContent()).toMatch(/61 \/ 61/);
});

it('draws the training while it runs, and keeps its curve with the version', { timeout: 2 * trainingMs }, async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const [kind] = await drawnKinds();
  const camera = join(folder, 'camera.mjpeg');
  await writeCameraFile(camera, kind?.shown ?? [], seededRandom(1));
  const { page } = await openBrowser({ profile: folder, camera, screen: phone });
  await page.goto(hub.url);
  await startCamera(page);
  await correctWithBurst(page, 'toy');
  await answerConsent(page, 'yes');
  await page.click('occhio-nav a[href="#/model"]');
  await page.waitForSelector('model-versions li[data-version="1"][data-current]');
  expect(await page.getAttribute('model-enough #answer', 'data-kind')).toBe('nothing');
  await page.waitForSelector('model-training progress', { timeout: trainingMs });
  await page.waitForSelector('model-versions li[data-version="2"][data-current]', { timeout: trainingMs });
  await page.waitForSelector('model-training path.loss:not(.held)');
  expect(await page.getAttribute('model-training path.loss.held', 'd')).toMatch(/^M.*L/);
  expect(await page.textContent('model-training figcaption')).toContain('version 2');
  expect(await page.locator('model-training tbody tr').count()).toBeGreaterThan(20);
  // All its pictures train: none was kept apart.
  expect(await page.textContent('model-enough #answer')).toContain('no picture was kept apart to check “toy”');
  expect(await page.locator('model-classes tr[data-label]').count()).toBeGreaterThan(50);
});

it('is accessible in both themes, with everything open, and never wider than a small phone', async () => {
  const { page } = await openModel();
  await page.locator('occhio-model details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
  await page.evaluate(await readFile(axeScript, 'utf8'));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const serious = await page.evaluate(async () => {
      const { violations } = await window.axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
    });
    expect(serious, colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const [needed, wide] = await page.locator('occhio-model').evaluate((one) => [one.scrollWidth, one.clientWidth]);
  expect(needed).toBe(wide);
});
