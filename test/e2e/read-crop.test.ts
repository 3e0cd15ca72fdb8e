/** The crop that is recognised and kept, beside what the browser itself draws of the same frame. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openModule } from '../support/browser-page.ts';

const entry = fileURLToPath(new URL('pages/read-crop-page.ts', import.meta.url));

it('reads from a camera’s planes what the browser draws, in every order of samples and every kind of colours', async () => {
  const page = await openModule(entry);
  for (const format of ['I420', 'NV12'] as const)
    for (const matrix of ['smpte170m', 'bt470bg', 'bt709'] as const)
      for (const fullRange of [false, true]) {
        const difference = await page.evaluate((colour) => window.difference(colour), { format, matrix, fullRange });
        expect(difference, `${format} ${matrix} ${String(fullRange)}`).toBeLessThan(2);
      }
});
