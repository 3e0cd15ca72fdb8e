/**
 * The first minute of a person with a phone, and of one with a laptop: each test is the next thing that they meet. That the app
 * offers to be installed stands in install.test.ts; that a phone joins by the laptop's code, in devices.test.ts.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answerConsent, correctWithBurst, goTo, waitForLabel, waitForVersion } from '../support/app-browser.ts';
import { firstPerson } from '../support/first-person.ts';
import { drawnKinds } from '../support/object-pictures.ts';

const trainingMs = 120_000;
const quick = ['--round-seconds', '8'];

describe('with a phone', { timeout: 2 * trainingMs }, () => {
  const person = firstPerson({ screen: { width: 390, height: 844 }, touch: true }, () => ['--no-tls', ...quick]);

  it('has no account to make: one button says what to do, while the model gets ready and the camera is left alone', async () => {
    const { page, hub } = person();
    await page.addInitScript(noteCameraWishes);
    await page.goto(hub.url);
    await page.waitForSelector('occhio-pill .live');
    expect(await page.locator('occhio-welcome button.primary').allTextContents()).toEqual([
      expect.stringContaining('Point at something'),
    ]);
    expect(await page.locator('input:visible').count()).toBe(0);
    expect(await cameraWishes(page)).toEqual([]);
  });

  it('says why the camera cannot be used, and what to do, for each refusal', async () => {
    const { page } = person();
    for (const [refusal, words] of [
      ['NotAllowedError', 'Allow it in the browser’s site settings'],
      ['NotFoundError', 'No camera found'],
      ['NotReadableError', 'Another program is using the camera'],
      ['UnknownError', 'could not be read'],
      ['none', 'needs a secure page'],
    ] as const) {
      await page.evaluate((name) => {
        document.documentElement.dataset['refusal'] = name;
      }, refusal);
      await page.tap('occhio-welcome #start');
      await page.waitForSelector(`occhio-welcome [role=alert]:has-text("${words}")`);
    }
    await page.evaluate(() => {
      delete document.documentElement.dataset['refusal'];
    });
  });

  it('asks for the camera on the back at a tap, and says what it sees and how sure it is, or that it does not know it', async () => {
    const { page } = person();
    await page.tap('occhio-welcome #start');
    await waitForLabel(page);
    expect((await cameraWishes(page)).at(-1)).toMatchObject({ audio: false, video: { facingMode: 'environment' } });
    const label = await page.getAttribute('occhio-answer #label', 'data-label');
    const shown = (await page.textContent('occhio-answer #label'))?.trim();
    if (label === '') expect(shown).toBe('I don’t know it');
    else expect(shown).not.toBe('');
    await expect.poll(() => page.locator('occhio-answer .figure').allTextContents()).toHaveLength(3);
    expect(await page.locator('occhio-answer .figure').first().textContent()).toMatch(/^\d+%$/);
  });

  it('freezes at a tap on the picture, and offers three answers, all others, none of these and a new name', async () => {
    const { page } = person();
    await page.tap('occhio-stage');
    await page.waitForSelector('occhio-stage[frozen]');
    expect(await page.locator('occhio-sheet #answers button:visible').count()).toBe(3);
    await page.waitForSelector('occhio-sheet #none');
    await page.fill('occhio-sheet input[type=search]', 'pi');
    expect(await page.locator('occhio-sheet #matches button:not(.new)').count()).toBeGreaterThan(1);
    await page.waitForSelector('occhio-sheet #matches .new:has-text("New: “pi”")');
    await page.tap('occhio-sheet header button');
  });

  it('takes eight frames in a burst, is right at once, says that it has learned, and can take it back', async () => {
    const { page } = person();
    expect(await correctWithBurst(page, 'toy')).toBe(8);
    expect(await page.textContent('occhio-toast .learned')).toMatch(
      /Learned here: toy(?: \(8 pictures\)|\. 8 of \d+ kept).*Undo/s,
    );
    await waitForLabel(page, 'toy', 1000);
    await page.tap('occhio-toast .undo');
    await page.waitForSelector('occhio-toast .undone');
    await answerConsent(page, 'no');
    await page.waitForSelector('occhio-answer #label[data-label]:not([data-label=toy])');
  });

  it('shows in the pill how corrections get on: kept here, sending, sent, training, checking, live', async () => {
    const { page } = person();
    await page.evaluate(noteProgress);
    await correctWithBurst(page, 'toy');
    await page.waitForSelector('occhio-pill .kept-here');
    await goTo(page, 'settings');
    await page.check('occhio-settings #consent');
    await page.tap('occhio-nav a[href="#/"]');
    await waitForVersion(page, 2, trainingMs);
    await page.waitForSelector('occhio-pill .live');
    const stages = await page.evaluate(() => document.documentElement.dataset['stages'] ?? '');
    expect(stages).toMatch(/kept-here (queued )?sending .*sent .*training .*checking .*live $/);
  });

  it('says on a card what the new version changed, shows more of it, and goes back', async () => {
    const { page } = person();
    const card = page.locator('occhio-report section');
    await card.locator('#news > summary').tap();
    expect((await card.textContent())?.replace(/\s+/g, ' ')).toMatch(
      /Version 2 .*\+1 class: toy *\d+ fixed *0 worse .*Back to v1 See/,
    );
    await card.locator('a').tap();
    await page.waitForSelector('model-versions li[data-version="2"][data-current]');
    await page.tap('occhio-nav a[href="#/"]');
    await card.locator('#back').tap();
    await waitForVersion(page, 1, 30_000);
    await card.waitFor({ state: 'detached' });
  });
});

describe('with a laptop', { timeout: 2 * trainingMs }, () => {
  const person = firstPerson(
    { screen: { width: 1440, height: 900 } },
    (folder) => ['--https-port', '0', '--certs', join(folder, 'certs'), '--host', '127.0.0.2', ...quick],
    // However slow the machine: a burst of Chromium's own picture has fewer good frames then.
    async () => (await drawnKinds())[0]?.shown ?? [],
  );

  it('reads from one command its address, a code for phones, what trains, and how the certificate stands', async () => {
    const { hub } = person();
    await expect.poll(hub.written).toContain('Occhio runs.');
    const written = hub.written();
    expect(written).toContain(`This computer  ${hub.url}`);
    expect(written).toMatch(/Training +\S+/);
    expect(written).toMatch(/certificate is good until \d{4}-\d\d-\d\d/);
    expect(written).toMatch(/█.*\n.*https:\/\/127\.0\.0\.2:\d+\/#pair=/s);
  });

  it('sees a clip that came with it being labelled, with one click and without a camera', async () => {
    const { page, hub } = person();
    await page.goto(hub.url);
    await page.click('occhio-welcome button:has-text("See it without a camera")');
    // Two things that it knows, and one to teach it; the clip goes round.
    for (const label of ['cup', 'clock', '']) await waitForLabel(page, label);
    await page.click('occhio-bar .source');
  });

  it('turns the camera on, and corrects it with the keyboard', async () => {
    const { page } = person();
    await page.focus('occhio-welcome #start');
    await page.keyboard.press('Enter');
    await waitForLabel(page);
    await page.keyboard.press('b');
    await page.keyboard.press('Space');
    await page.waitForSelector('occhio-sheet');
    await page.keyboard.press('n');
    await page.keyboard.type('Toy');
    await page.keyboard.press('Enter');
    await page.waitForSelector('occhio-toast .learned[data-count="8"]');
    // Asked when the notice has gone; the first of the two answers is no, and has the focus.
    await page.waitForSelector('occhio-consent #no:focus');
    await page.keyboard.press('Tab');
    await page.waitForSelector('occhio-consent #yes:focus');
    await page.keyboard.press('Enter');
    await waitForLabel(page, 'toy');
  });

  it('watches the loss while it is trained, and reads the verdict', async () => {
    const { page } = person();
    await goTo(page, 'model');
    await page.waitForSelector('model-training figure:has(progress) path.loss:not(.held)', { timeout: trainingMs });
    await page.waitForSelector('model-versions li[data-version="2"][data-current]', { timeout: trainingMs });
    const badges = await page.locator('model-versions li[data-version="2"] .badge').allTextContents();
    expect(badges.join(' ')).toMatch(/Passed|In trial/);
  });
});

/** What the page asks of the browser's cameras; and, when the page says so, what a browser answers that has none to give. */
function noteCameraWishes(): void {
  const wishes: unknown[] = [];
  Object.assign(globalThis, { wishes });
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wish) => {
    wishes.push(wish);
    const { refusal } = document.documentElement.dataset;
    return refusal === undefined ? getUserMedia(wish) : Promise.reject(new DOMException('', refusal));
  };
  Object.defineProperty(navigator, 'mediaDevices', {
    get: () => (document.documentElement.dataset['refusal'] === 'none' ? undefined : mediaDevices),
  });
}

function cameraWishes(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(() => Reflect.get(globalThis, 'wishes') as unknown[]);
}

/** Writes down each word that the pill says, in the page itself: some are gone before anyone could ask. */
function noteProgress(): void {
  const pill = document.querySelector('occhio-app')?.shadowRoot?.querySelector('occhio-camera')?.shadowRoot;
  const shown = pill?.querySelector('occhio-bar')?.shadowRoot?.querySelector('occhio-pill')?.shadowRoot;
  if (!shown) return;
  const { dataset } = document.documentElement;
  const note = (): void => {
    const stage = `${shown.querySelector('a')?.className ?? ''} `;
    if (!(dataset['stages'] ?? '').endsWith(stage)) dataset['stages'] = (dataset['stages'] ?? '') + stage;
  };
  new MutationObserver(note).observe(shown, { subtree: true, childList: true, attributes: true, characterData: true });
}
