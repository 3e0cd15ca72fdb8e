/** Measures the fast learner in Chromium, with a profile on the disk and the shipped base as a hub sends it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { installBase } from '../../../server/models/shipped-base.ts';
import { chromiumArgs } from '../../support/chromium-args.ts';
import { serveModule } from '../../support/serve-module.ts';
import type { LearnTimes, Task } from './learn-page.ts';

const entry = fileURLToPath(new URL('learn-page.ts', import.meta.url));

export async function measureLearning(task: Omit<Task, 'model'>): Promise<LearnTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'occhio-bench-learn-'));
  try {
    const model = await installBase(new ModelFolder(join(folder, 'public')), availableParallelism());
    const { url, close } = await serveModule(entry, folder);
    // Not a private window: there nothing is written to the disk.
    const context = await chromium.launchPersistentContext(join(folder, 'chromium'), {
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: [...chromiumArgs],
    });
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(url);
      await page.waitForFunction(() => 'measureLearning' in window);
      return await page.evaluate((task) => window.measureLearning(task), { ...task, model });
    } finally {
      await context.close();
      close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
