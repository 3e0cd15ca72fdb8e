/** Questions about drawn things, put where the app keeps them; it is then opened anew, so that it finds them. */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { newSampleId } from '../../protocol/ids.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import { waitForLabel } from './app-browser.ts';
import { drawHousehold } from './drawn-household.ts';

const asked = [
  { thing: 'cactus', seed: 9, reason: 'novel', answers: { pot: 0.12, candle: 0.1, artichoke: 0.08 } },
  { thing: 'pair of scissors', seed: 8, reason: 'unsure', answers: { wrench: 0.41, 'can opener': 0.36, nail: 0.05 } },
  { thing: 'desk lamp', seed: 10, reason: 'common', answers: { lampshade: 0.3, hammer: 0.2, plunger: 0.1 } },
] as const;

export async function askAbout(page: Page): Promise<void> {
  const questions = await Promise.all(
    asked.map(async ({ thing, seed, reason, answers }) => ({
      sample: newSampleId(),
      reason,
      jpeg: [
        ...(await sharp(await drawHousehold(thing, seededRandom(seed)))
          .resize(224, 224)
          .jpeg()
          .toBuffer()),
      ],
      answers: Object.entries(answers).map(([key, probability]) => ({ key, probability })),
    })),
  );
  await page.evaluate(
    (all) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('occhio');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const writing = opening.result.transaction('questions', 'readwrite');
          for (const one of all) writing.objectStore('questions').put({ ...one, jpeg: new Uint8Array(one.jpeg) });
          writing.onerror = reject;
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    questions,
  );
  await page.reload();
  await waitForLabel(page);
}
