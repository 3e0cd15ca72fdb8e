/** How frames get from the picture to the worker, in a real browser. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openModule } from '../support/browser-page.ts';

const entry = fileURLToPath(new URL('pages/frame-pump-page.ts', import.meta.url));

it('asks about one frame at a time, always the newest', async () => {
  const page = await openModule(entry);
  const asked = await page.evaluate(async () => {
    const { pump, asked, show, answer, frame, untilAsked } = window.pumpTools;
    pump.start();
    await untilAsked(1);
    show('blue');
    await frame();
    await frame();
    const whileBusy = [...asked];
    answer();
    await untilAsked(2);
    return { whileBusy, after: [...asked] };
  });
  expect(asked).toEqual({ whileBusy: ['red'], after: ['red', 'blue'] });
});

it('drops an answer about a picture that is no longer looked at', async () => {
  const page = await openModule(entry);
  const answered = await page.evaluate(async () => {
    const { pump, answered, show, answer, frame, untilAsked } = window.pumpTools;
    pump.start();
    await untilAsked(1);
    show('blue');
    answer();
    await untilAsked(2);
    answer();
    await untilAsked(3);
    show(null);
    answer();
    await frame();
    return answered;
  });
  expect(answered).toEqual(['blue']);
});

it('gives each frame of a track once, to who waits for it as soon as it comes, and none after its end', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { frames, paint } = window.pumpTools.newTrackFrames();
    paint();
    const first = await frames.next();
    let given = false;
    const waiting = frames.next().then((frame) => {
      given = true;
      return frame;
    });
    for (let i = 0; i < 5; i++) await window.pumpTools.frame();
    const givenTwice = given;
    paint();
    const second = await waiting;
    const times = [first, second].map((frame) => frame?.timestamp ?? NaN);
    for (const frame of [first, second]) frame?.close();
    frames.stop();
    return { givenTwice, times, afterEnd: await frames.next() };
  });
  expect(story).toMatchObject({ givenTwice: false, afterEnd: undefined });
  expect(story.times[1]).toBeGreaterThan(story.times[0] ?? NaN);
});
