/** What axe finds on a page that would keep somebody from using it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A line each: the rule and the elements that break it. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(script, 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
