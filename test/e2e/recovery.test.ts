/** What a person sees after something was lost: the recogniser, the graphics processor, the camera, its permission, the tab. */
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import type {} from '../../client/elements/occhio-app.ts'; // for the type of the element
import { correctWithBurst, openBrowser, startCamera, waitForLabel } from '../support/app-browser.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function openApp(initScript?: () => void): Promise<{ readonly page: Page; readonly url: string }> {
  const folder = await temporaryFolder();
  const hub = await startHubProcess(join(folder, 'data'));
  onTestFinished(() => void hub.child.kill('SIGKILL'));
  const { page } = await openBrowser({ profile: folder });
  if (initScript) await page.addInitScript(initScript);
  await page.goto(hub.url);
  return { page, url: hub.url };
}

/** Teaches the camera what it sees. */
async function teach(page: Page, label: string): Promise<void> {
  await correctWithBurst(page, label);
  await page.click('occhio-consent #no');
  await waitForLabel(page, label);
}

/** Forgets what was shown, so that the next label is of a frame that comes from now on. */
async function clearLabel(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector('occhio-app')?.session.seen.clear();
  });
  await page.waitForSelector('occhio-answer #label:not([data-label])');
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

it('goes on when the graphics processor is lost', async () => {
  const { page } = await openApp(pretendGraphicsProcessor);
  await startCamera(page);
  await teach(page, 'toy');
  const backend = (): Promise<string | undefined> =>
    page.evaluate(() => {
      const live = document.querySelector('occhio-app')?.session.models.state.peek();
      return live?.kind === 'live' ? live.choice.backend : undefined;
    });
  expect(await backend()).toBe('webgl');
  const [worker] = page.workers();
  await untilReplaced(page, () => {
    worker
      ?.evaluate(() => {
        for (const context of (self as unknown as { contexts: readonly WebGL2RenderingContext[] }).contexts)
          context.getExtension('WEBGL_lose_context')?.loseContext();
      })
      .catch(() => undefined);
  });
  await clearLabel(page);
  await waitForLabel(page, 'toy');
  expect(await backend()).toBe('webgl');
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
  await page.waitForSelector('occhio-welcome [role=alert]:text("The camera has gone")');
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
 * Runs in the page before the app: its worker gets a software WebGL that passes for a graphics processor, keeps its contexts
 * where the test finds them, and finds no wasm, because it is not at its address.
 */
function pretendGraphicsProcessor(): void {
  const pretend = (): void => {
    const contexts: WebGL2RenderingContext[] = [];
    Object.assign(self, { contexts });
    const { getContext } = OffscreenCanvas.prototype;
    const { getParameter } = WebGL2RenderingContext.prototype;
    Object.assign(OffscreenCanvas.prototype, {
      getContext(this: OffscreenCanvas, kind: OffscreenRenderingContextId, options: object) {
        const context = getContext.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false });
        if (context instanceof WebGL2RenderingContext) contexts.push(context);
        return context;
      },
    });
    const unmaskedRenderer = 0x9246;
    WebGL2RenderingContext.prototype.getParameter = function (name: number): unknown {
      return name === unmaskedRenderer ? 'A graphics processor' : getParameter.call(this, name);
    };
  };
  const script = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const first = script(`(${pretend.toString()})()`);
  const RealWorker = Worker;
  window.Worker = class extends RealWorker {
    constructor(url: URL, options: WorkerOptions) {
      super(script(`import '${first}'; import '${url.href}';`), options);
    }
  };
}
