/** What a person sees after something was lost: the recogniser, the graphics processor, the camera, its permission, the tab. */
import type { Page, Worker } from 'playwright-core';
import { expect, it } from 'vitest';
import type {} from '../../client/elements/occhio-app.ts'; // for the type of the element
import { answerConsent, correctWithBurst, startCamera, waitForLabel } from '../support/app-browser.ts';
import { openApp } from '../support/open-app.ts';

/** Teaches the camera what it sees. */
async function teach(page: Page, label: string): Promise<void> {
  await correctWithBurst(page, label);
  await answerConsent(page, 'no');
  await waitForLabel(page, label);
}

/** Forgets what was shown, so that the next label is of a frame that comes from now on. */
async function clearLabel(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector('occhio-app')?.session.seen.clear();
  });
  await page.waitForSelector('occhio-answer #label:not([data-label])');
}

function backendOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const live = document.querySelector('occhio-app')?.session.models.state.peek();
    return live?.kind === 'live' ? live.choice.backend : undefined;
  });
}

/** Resolves when another recognition worker has taken the place of the one that was there before. */
async function untilReplaced(page: Page, lose: () => void): Promise<Worker> {
  const another = page.waitForEvent('worker');
  lose();
  return another;
}

it('starts another recogniser when it is killed, which knows what the device has learned', async () => {
  const { page } = await openApp();
  await startCamera(page);
  await teach(page, 'toy');
  const worker = page.workers().find((one) => /worker-[^/]*\.js$/.test(one.url()));
  await untilReplaced(page, () => {
    // The answer never comes: who would give it is gone.
    worker
      ?.evaluate(() => {
        self.close();
      })
      .catch(() => undefined);
  });
  await clearLabel(page);
  await waitForLabel(page, 'toy');
});

it('goes on without the graphics processor when it is lost', async () => {
  const { page } = await openApp({ prepare: pretendGraphicsProcessor });
  await startCamera(page);
  await teach(page, 'toy');
  expect(await backendOf(page)).toBe('webgl');
  await page.unrouteAll();
  const [worker] = page.workers();
  await untilReplaced(page, () => {
    worker
      ?.evaluate(() => {
        for (const context of (self as unknown as { contexts: readonly WebGL2RenderingContext[] }).contexts)
          context.getExtension('WEBGL_lose_context')?.loseContext();
      })
      .catch(() => undefined);
  });
  await expect.poll(() => backendOf(page), { timeout: 30_000 }).toBe('wasm');
  await clearLabel(page);
  await waitForLabel(page, 'toy');
});

it('says that the camera has gone when it is taken away, and goes on after one tap', async () => {
  const { page } = await openApp();
  await startCamera(page);
  await page.evaluate(() => {
    const camera = document.querySelector('occhio-app')?.session.camera.state.peek();
    const video = camera?.kind === 'on' && camera.source.picture;
    const [track] = video instanceof HTMLVideoElement ? (video.srcObject as MediaStream).getVideoTracks() : [];
    // As the browser does it when a camera is unplugged.
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
  await page.waitForSelector('occhio-welcome [role=alert]:text("The camera is gone")');
  await startCamera(page);
});

it('says what to do when the camera is no longer allowed, and goes on after one tap once it is', async () => {
  const { page, url } = await openApp();
  const devtools = await page.context().newCDPSession(page);
  const allow = (setting: 'granted' | 'denied'): Promise<unknown> =>
    devtools.send('Browser.setPermission', { permission: { name: 'camera' }, setting, origin: url });
  await startCamera(page);
  await allow('denied');
  await page.waitForSelector('occhio-welcome [role=alert]:text("not allowed")');
  await allow('granted');
  await startCamera(page);
});

it('lets go of the camera in a tab that is left, and labels again when the tab is seen', async () => {
  const { page } = await openApp();
  await startCamera(page);
  const trackState = (): Promise<string | undefined> =>
    page.evaluate(() => {
      const camera = document.querySelector('occhio-app')?.session.camera.state.peek();
      return camera?.kind;
    });
  await show(page, false);
  expect(await trackState()).toBe('hidden');
  await clearLabel(page);
  await show(page, true);
  await waitForLabel(page);
  expect(await trackState()).toBe('on');
});

/** A headless browser has no tab that can be left: says so in its place. */
async function show(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !visible);
}

/**
 * Gives the app's worker a software WebGL that passes for a graphics processor, and no wasm. Its contexts lie where a test
 * finds them.
 */
async function pretendGraphicsProcessor(page: Page): Promise<void> {
  const pretend = (): void => {
    const contexts: WebGL2RenderingContext[] = [];
    Object.assign(self, { contexts });
    // Whatever is opened, it is opened with these two.
    const open = OffscreenCanvas.prototype.getContext as (kind: 'webgl2', options: WebGLContextAttributes) => unknown;
    Object.assign(OffscreenCanvas.prototype, {
      getContext(this: OffscreenCanvas, kind: 'webgl2', options?: WebGLContextAttributes) {
        const context = open.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false });
        if (context instanceof WebGL2RenderingContext) contexts.push(context);
        return context;
      },
    });
    const unmaskedRenderer = 0x9246;
    const { getParameter } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getParameter = function (name: number): unknown {
      return name === unmaskedRenderer ? 'A graphics processor' : getParameter.call(this, name);
    };
  };
  await page.route('**/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${pretend.toString()})();\n${await response.text()}` });
  });
  await page.route('**/*.wasm', (route) => route.abort());
}
