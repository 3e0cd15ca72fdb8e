import { expect, it } from 'vitest';
import type { Inside } from '../../../../client/recognition/inside.ts';
import { LiveView } from '../../../../client/screens/inside/live-view.ts';

/** Looks that the test answers, and a clock that it turns. */
function scripted() {
  const waiting: ((inside: Inside | null) => void)[] = [];
  const timers = new Set<() => void>();
  const view = new LiveView({
    look: () => new Promise((resolve) => waiting.push(resolve)),
    after(_delayMs, callback) {
      timers.add(callback);
      return () => timers.delete(callback);
    },
  });
  const tick = (): void => {
    for (const callback of [...timers]) {
      timers.delete(callback);
      callback();
    }
  };
  const answer = async (inside: Inside | null): Promise<void> => {
    waiting.shift()?.(inside);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { view, waiting, timers, tick, answer };
}

function insideOf(frame: number): Inside {
  const prediction = {
    ...{
      frame,
      answers: [],
      known: true,
      family: null,
      isNews: false,
      signature: new Uint8Array(),
      sharpness: 0,
      ms: 1,
    },
    // Its text is of no matter here.
    model: 'a'.repeat(64) as Inside['prediction']['model'],
  };
  return { prediction, picture: { side: 1, rgb: new Uint8Array(3) }, steps: [], weights: 1, heatmaps: null };
}

it('asks again only when the answer is here, and keeps the newest', async () => {
  const { view, waiting, tick, answer } = scripted();
  view.start();
  tick();
  expect(waiting).toHaveLength(1);
  await answer(insideOf(1));
  expect(waiting).toHaveLength(0);
  tick();
  expect(waiting).toHaveLength(1);
  await answer(null);
  expect(view.newest.peek()?.prediction.frame).toBe(1);
});

it('holds the picture, also against an answer that was on its way, and goes on', async () => {
  const { view, waiting, tick, answer } = scripted();
  view.start();
  await answer(insideOf(1));
  tick();
  view.hold(true);
  await answer(insideOf(2));
  tick();
  await answer(null);
  expect(view.newest.peek()?.prediction.frame).toBe(1);
  expect(waiting).toHaveLength(0);
  view.hold(false);
  tick();
  await answer(insideOf(3));
  expect(view.newest.peek()?.prediction.frame).toBe(3);
});

it('asks nothing more once it is stopped', async () => {
  const { view, waiting, timers, answer } = scripted();
  view.start();
  view.stop();
  await answer(insideOf(1));
  expect(view.newest.peek()).toBeNull();
  expect(timers.size).toBe(0);
  expect(waiting).toHaveLength(0);
});
