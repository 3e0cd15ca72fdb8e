/** What leaves the device, and when: seen from the network. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { decodeUp } from '../../protocol/codec.ts';
import type { UpMessage } from '../../protocol/up.ts';
import { answerConsent, openBrowser, waitForLabel, waitUntilInstalled } from '../support/app-browser.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What asks the hub for what it has; nothing of what the camera sees or its owner says. */
const withoutPictures = ['hello', 'model-request', 'model-status', 'history-request', 'pictures-request'];
const screenshots = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

it('learns on the device but sends nothing of it before its owner agrees, and everything after', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(folder);
  const { page } = await openBrowser({ profile: folder, screen: { width: 390, height: 844 } });
  const sent = messagesOf(page);
  const requests: string[] = [];

  await page.goto(`${hub.url}/?camera=demo`);
  await waitForLabel(page);
  await waitUntilInstalled(page);
  if (process.env['OCCHIO_SCREENSHOTS'] === '1') {
    await mkdir(screenshots, { recursive: true });
    await page.waitForSelector('occhio-answer li.shown:first-child');
    await page.screenshot({ path: `${screenshots}/camera.png` });
  }
  page.on('request', (request) => requests.push(request.url()));
  await correctFrozenPicture(page, 'toy');
  await answerConsent(page, 'no');
  await correctFrozenPicture(page, 'other toy');
  expect(sent.map(({ type }) => type).filter((type) => !withoutPictures.includes(type))).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);

  await page.click('occhio-pill a');
  await page.check('occhio-settings #consent');
  await page.waitForSelector('occhio-pill a:not(.kept-here, .queued, .sending)');
  const labels = sent.flatMap((message) =>
    message.type === 'label-event' && 'label' in message ? [message.label] : [],
  );
  expect(labels).toEqual(['toy', 'other toy']);
  expect(sent.filter(({ type }) => type === 'sample').length).toBeGreaterThanOrEqual(2);
});

/** Everything that the page's socket sends, as it is sent. */
function messagesOf(page: Page): readonly UpMessage[] {
  const sent: UpMessage[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const decoded = typeof payload === 'string' ? undefined : decodeUp(payload);
      if (!decoded?.ok) throw new Error('The page has sent what is no message.');
      sent.push(decoded.message);
    });
  });
  return sent;
}

/** In two taps and a word, without a burst. */
async function correctFrozenPicture(page: Page, label: string): Promise<void> {
  await page.click('#correct');
  await page.fill('occhio-sheet input[type=search]', label);
  await page.click(`occhio-sheet #matches button[data-key="${label}"]`);
  await page.waitForSelector('occhio-toast .learned');
}
