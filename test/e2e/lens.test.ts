/** What the camera in use can do, as people meet it: others, light, nearer, the mirror, and what speaks for its answer. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { seededRandom } from '../../protocol/learning/random.ts';
import type {} from '../../client/elements/occhio-app.ts'; // for the type of the element
import { openBrowser, startCamera, waitForLabel } from '../support/app-browser.ts';
import { writeCameraFile } from '../support/fake-camera.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openApp } from '../support/open-app.ts';

const phone = { width: 390, height: 844 };

/** Of the camera that is on. */
const settingsOf = (page: Page): Promise<MediaTrackSettings | undefined> =>
  page.evaluate(() => {
    const camera = document.querySelector('occhio-app')?.session.camera.state.peek();
    const video = camera?.kind === 'on' && camera.source.picture;
    return video instanceof HTMLVideoElement
      ? (video.srcObject as MediaStream).getVideoTracks()[0]?.getSettings()
      : undefined;
  });

const cameraOf = async (page: Page): Promise<string | undefined> => (await settingsOf(page))?.deviceId;

it('turns to the other camera with a tap or a key, takes a certain one, and keeps to it after a restart', async () => {
  const { page } = await openApp({ cameras: 3, screen: phone });
  await startCamera(page);
  const another = async (than: readonly string[]): Promise<string> => {
    await expect.poll(async () => [undefined, ...than].includes(await cameraOf(page))).toBe(false);
    return (await cameraOf(page)) ?? '';
  };
  const first = await another([]);
  await page.click('occhio-lens #flip');
  const second = await another([first]);
  await page.keyboard.press('f');
  await another([first, second]);
  await page.selectOption('occhio-lens #cameras', second);
  await expect.poll(() => cameraOf(page)).toBe(second);
  await waitForLabel(page);
  await page.reload();
  await startCamera(page);
  expect(await cameraOf(page)).toBe(second);
});

it('shows only what the camera has: no light, no zoom, no other camera', async () => {
  const { page } = await openApp({ cameras: 1, screen: phone });
  await startCamera(page);
  await page.waitForSelector('occhio-lens #mirror');
  expect(await page.locator('occhio-lens button').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
    'mirror',
    'explain',
  ]);
});

it('lights the lamp and comes nearer where the camera can, and says when it does', async () => {
  const { page } = await openApp({ screen: phone, prepare: (empty) => empty.addInitScript(pretendLampAndZoom) });
  await startCamera(page);
  const wishes = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'wishes') as unknown);
  await page.click('occhio-lens #torch');
  await page.waitForSelector('occhio-lens #torch[aria-pressed=true]');
  await page.keyboard.press('t');
  await page.waitForSelector('occhio-lens #torch[aria-pressed=false]');
  for (const shown of ['2×', '5×', '1×']) {
    await page.click('occhio-lens #zoom');
    await page.waitForSelector(`occhio-lens #zoom:text("${shown}")`);
  }
  expect(await wishes()).toEqual([{ torch: true }, { torch: false }, { zoom: 2 }, { zoom: 5 }, { zoom: 1 }]);
});

/** Dark on the left, bright on the right. */
async function unevenPicture(): Promise<Uint8Array> {
  const side = 224;
  const half = { create: { width: side / 2, height: side, channels: 3, background: 'white' } } as const;
  return sharp({ create: { width: side, height: side, channels: 3, background: 'black' } })
    .composite([{ input: half, left: side / 2, top: 0 }])
    .jpeg()
    .toBuffer();
}

it('mirrors what the person sees, and neither the frozen picture that is kept nor what is recognised, until it is told not to', async () => {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  const camera = join(folder, 'camera.mjpeg');
  await writeCameraFile(camera, [await unevenPicture()], seededRandom(1));
  const { page } = await openBrowser({ profile: folder, camera, screen: phone });
  await page.goto(hub.url);
  await startCamera(page);
  await page.waitForSelector('occhio-stage[mirrored]');
  const transform = await page.locator('occhio-stage #picture').evaluate((one) => getComputedStyle(one).transform);
  expect(transform).toBe('matrix(-1, 0, 0, 1, 0, 0)');
  expect(await page.locator('occhio-stage #picture video').boundingBox()).toMatchObject(phone);
  await page.keyboard.press('Space');
  await page.waitForSelector('occhio-sheet');
  // Brightness of the held picture's left and right half.
  const [left = NaN, right = NaN] = await page.evaluate(() => {
    const held = document.querySelector('occhio-app')?.session.viewfinder.held.peek();
    const context = held?.getContext('2d');
    if (!held || !context) return [];
    const half = held.width / 2;
    return [0, half].map((x) => {
      const { data } = context.getImageData(x, 0, half, held.height);
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    });
  });
  expect(left).toBeLessThan(right - 20);
  await page.keyboard.press('Space');
  await page.keyboard.press('m');
  await page.waitForSelector('occhio-stage:not([mirrored])');
  await page.reload();
  await startCamera(page);
  await page.waitForSelector('occhio-lens #mirror[aria-pressed=false]');
  expect(await page.locator('occhio-stage[mirrored]').count()).toBe(0);
});

it('shows over the picture what speaks for the answer, until it is told not to', async () => {
  const { page } = await openApp({ cameras: 1, screen: phone });
  await startCamera(page);
  await page.keyboard.press('e');
  await page.waitForSelector('occhio-stage camera-heat[data-label]');
  const drawn = await page.locator('camera-heat canvas').evaluate((canvas) =>
    (canvas as HTMLCanvasElement)
      .getContext('2d')
      ?.getImageData(0, 0, (canvas as HTMLCanvasElement).width, (canvas as HTMLCanvasElement).height)
      .data.some((value, i) => i % 4 === 3 && value > 0),
  );
  expect(drawn).toBe(true);
  await page.click('occhio-lens #explain');
  await page.waitForSelector('camera-heat', { state: 'detached' });
});

it('keeps the screen on while the camera is looked through, and no longer', async () => {
  const { page } = await openApp({ screen: phone, prepare: (empty) => empty.addInitScript(countWakeLocks) });
  const held = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'held') as unknown);
  await startCamera(page);
  await expect.poll(held).toBe(1);
  await page.click('occhio-bar .source');
  await expect.poll(held).toBe(0);
});

/** The browser's cameras have neither; says that they do, and notes what is asked of them. */
function pretendLampAndZoom(): void {
  const wishes: unknown[] = [];
  Object.assign(globalThis, { wishes });
  MediaStreamTrack.prototype.getCapabilities = () =>
    ({ torch: true, zoom: { min: 1, max: 8 } }) as unknown as MediaTrackCapabilities;
  MediaStreamTrack.prototype.applyConstraints = (constraints) => {
    wishes.push(...(constraints?.advanced ?? []));
    return Promise.resolve();
  };
}

/** The browser without a screen has none to keep on: counts the locks in its place. */
function countWakeLocks(): void {
  Object.assign(globalThis, { held: 0 });
  const change = (by: number): void => {
    Object.assign(globalThis, { held: (Reflect.get(globalThis, 'held') as number) + by });
  };
  Object.defineProperty(navigator, 'wakeLock', {
    value: {
      request: () => {
        change(1);
        return Promise.resolve({
          release: () => {
            change(-1);
            return Promise.resolve();
          },
        });
      },
    },
  });
}
