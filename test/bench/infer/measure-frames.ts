/** Measures the app's frames and tfjs' own way in turns, on the same page and the same video. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type {} from '../../../client/elements/occhio-app.ts'; // for the type of the element

export type Extent = { readonly rounds: number; readonly turnMs: number };

/** Times in ms. */
export type FrameTimes = {
  readonly backend: string;
  /** Of each frame: from the camera's frame on the page to the label on the page. */
  readonly ours: readonly number[];
  readonly tfjs: readonly number[];
  /** The longest time that the page's main thread was busy at a stretch while the app recognised; 0 when under 50. */
  readonly longestTaskMs: number;
};

const warmUpFrames = 5;

export async function measureFrames(page: Page, { rounds, turnMs }: Extent): Promise<FrameTimes> {
  await page.addScriptTag({ type: 'module', content: await tfjsScript() });
  await page.waitForFunction(() => 'startTfjsPath' in window);
  return page.evaluate(
    async ({ rounds, turnMs, warmUpFrames }) => {
      const session = document.querySelector('occhio-app')?.session;
      const live = session?.models.state.peek();
      if (!session || live?.kind !== 'live') throw new Error('The app does not recognise.');
      const { seen, viewfinder } = session;
      const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

      let turn: number[] = [];
      const add = seen.add.bind(seen);
      seen.add = (prediction) => {
        turn.push(prediction.ms);
        add(prediction);
      };
      let longestTaskMs = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
      });

      viewfinder.hold();
      const { frame } = await window.startTfjsPath();
      for (let warm = 0; warm < warmUpFrames; warm++) await frame();
      const [ours, tfjs]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        viewfinder.release();
        await wait(turnMs / 4);
        turn = [];
        observer.observe({ type: 'longtask' });
        await wait(turnMs);
        ours.push(...turn);
        observer.disconnect();
        // While a picture is held, the app recognises nothing and its video goes on.
        viewfinder.hold();
        await wait(turnMs / 4);
        const endMs = performance.now() + turnMs;
        while (performance.now() < endMs) tfjs.push(await frame());
      }
      return { backend: live.choice.backend, ours, tfjs, longestTaskMs };
    },
    { rounds, turnMs, warmUpFrames },
  );
}

/** `tfjs-page.ts` and what it imports, as one script. */
async function tfjsScript(): Promise<string> {
  const entry = fileURLToPath(new URL('tfjs-page.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['es'] } },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('Vite has built nothing.');
  return output.output[0].code;
}
