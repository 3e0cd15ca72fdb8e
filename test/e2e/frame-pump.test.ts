/** How frames get from the picture to the worker, in a real browser. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openModule } from '../support/browser-page.ts';

const entry = fileURLToPath(new URL('pages/frame-pump-page.ts', import.meta.url));

it('asks about one frame at a time, always the newest', async () => {
  const page = await openModule(entry);
  const asked = await page.evaluate(async () => {
    const { pump, asked, show, answer, frame } = window.pumpTools;
    pump.start();
    await frame();
    show('blue');
    await frame();
    await frame();
    const whileBusy = [...asked];
    answer();
    await frame();
    return { whileBusy, after: [...asked] };
  });
  expect(asked).toEqual({ whileBusy: ['red'], after: ['red', 'blue'] });
});

it('drops an answer about a picture that is no longer looked at', async () => {
  const page = await openModule(entry);
  const answered = await page.evaluate(async () => {
    const { pump, answered, show, answer, frame } = window.pumpTools;
    pump.start();
    await frame();
    show('blue');
    answer();
    await frame();
    answer();
    await frame();
    show(null);
    answer();
    await frame();
    return answered;
  });
  expect(answered).toEqual(['blue']);
});
