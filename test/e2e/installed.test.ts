/** The app as the system knows it once it is installed: how it is named and drawn, and what other apps may give it. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { sharedAddress } from '../../client/camera/shared-picture.ts';
import { manifest } from '../../client/manifest.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { openBrowser, waitForLabel, waitUntilInstalled } from '../support/app-browser.ts';
import { drawHousehold } from '../support/drawn-household.ts';
import { startTestHub } from '../support/test-hub.ts';
import { createLearning } from '../../server/training/learning.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const app = fileURLToPath(new URL('../../client/dist', import.meta.url));

async function openInstalled() {
  const hub = await startTestHub({ app, createLearning });
  const { page, context } = await openBrowser({ profile: await temporaryFolder() });
  await page.goto(hub.localUrl);
  await page.waitForSelector('occhio-pill .live');
  await waitUntilInstalled(page);
  return { hub, page, context };
}

/**
 * Posts the file as the manifest tells the system to do when another app shares it, and follows where the answer leads. The page
 * posts it by script: a form of its own is forbidden to it by the hub, the system asks no page.
 */
async function share(page: Page, name: string, type: string, bytes: Uint8Array): Promise<void> {
  const { action, method, params } = manifest.share_target;
  const answer = await page.evaluate(
    async ({ bytes, fields, action, method, ...file }) => {
      const body = new FormData();
      const shared = new File([new Uint8Array(bytes)], file.name, { type: file.type });
      for (const field of fields) body.append(field, shared);
      return (await fetch(action, { method, body, redirect: 'manual' })).type;
    },
    { name, type, bytes: [...bytes], action, method, fields: params.files.map((one) => one.name) },
  );
  expect(answer).toBe('opaqueredirect');
  await page.goto(new URL(sharedAddress, page.url()).href);
}

it('opens a picture that another app shares, in flight mode, too, and only once', async () => {
  const { page, context } = await openInstalled();
  await context.setOffline(true);
  await share(page, 'duck.jpg', 'image/jpeg', await drawHousehold('rubber duck', seededRandom(3)));
  await waitForLabel(page);
  expect(
    await page.locator('occhio-stage img').evaluate((image) => (image as HTMLImageElement).naturalWidth),
    'the picture that was shared',
  ).toBe(320);
  await page.reload();
  await page.waitForSelector('occhio-welcome #start');
});

it('says of a shared file that is no picture that it cannot be read', async () => {
  const { page } = await openInstalled();
  await share(page, 'letter.txt', 'text/plain', new TextEncoder().encode('Dear Sir or Madam'));
  await page.waitForSelector('occhio-welcome [role=alert]:has-text("could not be read")');
});

it('tells the system its name, its icons, its screens and its shortcuts, and Chromium finds no fault with it', async () => {
  const { hub, page, context } = await openInstalled();
  const devtools = await context.newCDPSession(page);
  const { errors, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const told = JSON.parse(data ?? '{}') as Record<string, { readonly src?: string; readonly url?: string }[]>;
  expect(told).toMatchObject({ id: '/', lang: 'en', start_url: '/', display: 'standalone' });
  const purposes = (told['icons'] as { purpose?: string }[] | undefined)?.map(({ purpose }) => purpose);
  expect(new Set(purposes), 'drawn apart for each').toEqual(new Set(['any', 'maskable']));
  for (const { src } of [...(told['icons'] ?? []), ...(told['screenshots'] ?? [])]) {
    const answer = await fetch(`${hub.localUrl}${src ?? ''}`);
    expect(answer.status, src).toBe(200);
    expect(answer.headers.get('content-type'), src).toMatch(/^image\//);
  }
  for (const { url } of told['shortcuts'] ?? []) {
    await page.goto(`${hub.localUrl}${url ?? ''}`);
    await page.waitForSelector('.screen h1');
  }
  expect(told['shortcuts']).toHaveLength(3);
});
