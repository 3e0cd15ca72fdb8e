/** The whole loop as people meet it: real browsers, a real hub, a real network that is cut. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import { decodeModel } from '../../protocol/learning/model-file.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import type { AppBrowser } from '../support/app-browser.ts';
import {
  answerConsent,
  correctWithBurst,
  labelOn,
  openBrowser,
  showPicture,
  startCamera,
  waitForLabel,
  waitForVersion,
  waitUntilInstalled,
} from '../support/app-browser.ts';
import { cameraFrame, writeCameraFile } from '../support/fake-camera.ts';
import type { HubProcess } from '../support/hub-process.ts';
import { startHubProcess } from '../support/hub-process.ts';
import type { Kind } from '../support/object-pictures.ts';
import { twoKinds } from '../support/object-pictures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Of the ten other pictures, right without what any device learned by itself. */
const minRight = 7;
const trainingMs = 120_000;

it('learns two things in flight mode, and another device knows them after training', async () => {
  const folder = await temporaryFolder();
  const kinds = await twoKinds();
  const random = seededRandom(1);
  for (const { label, shown } of kinds) await writeCameraFile(join(folder, `${label}.mjpeg`), shown, random);
  const hub = new RestartableHub(join(folder, 'data'));
  const url = await hub.start();

  // A phone comes, gets the model and is installed; from then on it is in flight mode.
  const first = join(folder, 'first device');
  const { context, page } = await openBrowser({ profile: first });
  await page.goto(url);
  await startCamera(page);
  await waitUntilInstalled(page);
  await context.close();
  await hub.stop();
  for (const [i, { label }] of kinds.entries()) {
    const phone = await correctInFlightMode(first, { camera: join(folder, `${label}.mjpeg`), url, label });
    // Asked once, after the first correction.
    if (i === 0) await answerConsent(phone.page, 'yes');
    await phone.context.close();
  }

  // Another device comes while the network is back.
  await hub.start();
  const second = await openBrowser({ profile: join(folder, 'second device') });
  await second.page.goto(`${url}/?adapted=off`);
  await startCamera(second.page);
  await waitForVersion(second.page, 1, 30_000);
  await waitUntilInstalled(second.page);
  const loaded = await second.page.evaluate(() => performance.timeOrigin);
  const sender = await openBrowser({ profile: first });
  await sender.page.goto(url);
  await startCamera(sender.page);
  await waitForVersion(second.page, 2, trainingMs);
  await waitForVersion(sender.page, 2, 30_000);
  expect(await second.page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  await sender.page.waitForSelector('occhio-pill .live');
  await sender.context.close();

  const right = await rightAnswers(second.page, kinds, folder);
  expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(minRight);
  const [one, other] = await heldWeights(second.page, url);
  expect(convolutionsThatDiffer(one, other)).not.toEqual([]);

  // The whole page again, without a network.
  await second.context.setOffline(true);
  await hub.stop();
  await second.page.reload();
  await startCamera(second.page);
  await waitForVersion(second.page, 2, 30_000);
  expect(await second.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
});

/** Opens the installed app without network or hub, shows it things of one kind, and corrects it. */
async function correctInFlightMode(
  profile: string,
  { camera, url, label }: { readonly camera: string; readonly url: string; readonly label: string },
): Promise<AppBrowser> {
  const browser = await openBrowser({ profile, camera, offline: true });
  await browser.page.goto(url);
  await startCamera(browser.page);
  expect(await labelOn(browser.page)).not.toBe(label);
  expect(await correctWithBurst(browser.page, label)).toBe(8);
  await waitForLabel(browser.page, label, 1000);
  return browser;
}

/** Whether the label is right, for each of the other pictures. */
async function rightAnswers(page: Page, kinds: readonly Kind[], folder: string): Promise<readonly boolean[]> {
  const random = seededRandom(2);
  const right: boolean[] = [];
  for (const { label, others } of kinds)
    for (const [i, picture] of others.entries()) {
      const file = join(folder, `${label} ${String(i)}.jpg`);
      await writeFile(file, await cameraFrame(picture, random));
      await showPicture(page, file);
      right.push((await labelOn(page)) === label);
    }
  return right;
}

/** The weights of the models that the device keeps: the live one and the previous one. */
async function heldWeights(page: Page, url: string): Promise<readonly Weights[]> {
  const paths = await page.evaluate(async () => {
    const cache = await caches.open('occhio-models');
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  expect(paths).toHaveLength(2);
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(url + path);
      return decodeModel(new Uint8Array(await response.arrayBuffer())).weights;
    }),
  );
}

function convolutionsThatDiffer(one: Weights | undefined, other: Weights | undefined): readonly string[] {
  return [...(one ?? [])]
    .filter(([name, { shape }]) => name.endsWith('/kernel') && shape.length === 4)
    .filter(([name, { values }]) => values.some((value, i) => value !== other?.get(name)?.values[i]))
    .map(([name]) => name);
}

/** The hub process, which comes back under its address. */
class RestartableHub {
  readonly #dataDir: string;
  #hub: HubProcess | undefined;
  #port = '0';

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  async start(): Promise<string> {
    // Time enough to train convolutions on a busy machine too.
    const args = ['--no-tls', '--port', this.#port, '--round-seconds', '60'];
    this.#hub = await startHubProcess(this.#dataDir, args);
    this.#port = new URL(this.#hub.url).port;
    return this.#hub.url;
  }

  async stop(): Promise<void> {
    this.#hub?.child.kill('SIGTERM');
    await this.#hub?.ended;
  }
}
