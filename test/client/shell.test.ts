/** What a phone has to fetch before it shows the app: the page with everything that it loads at once, as it was built. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = new URL('../../client/dist/', import.meta.url);
const mostBytes = 200_000;

/** Paths in the built app of what the page loads, and of what that loads, by itself. */
async function shell(): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const take = async (path: string): Promise<void> => {
    if (files.has(path)) return;
    const content = await readFile(new URL(path, dist));
    files.set(path, content);
    for (const [, found = ''] of content.toString().matchAll(referenced(path)))
      await take(new URL(found, new URL(path, dist)).href.slice(dist.href.length));
  };
  await take('index.html');
  return files;
}

/** A static import of a module; in the page, every script, style and picture. */
function referenced(path: string): RegExp {
  if (path.endsWith('.html')) return /(?:src|href)="\/([^"]+\.(?:js|css|svg))"/g;
  return path.endsWith('.js') ? /(?:from|import)\s*["'](\.[^"']+\.js)["']/g : /(?!)/g;
}

it('is less than 200 KB to fetch before the model', async () => {
  const files = await shell();
  expect(
    [...files.keys()].some((path) => /index-.*\.js$/.test(path)),
    fileURLToPath(dist),
  ).toBe(true);
  const bytes = [...files].map(([path, content]) => [path, gzipSync(content).length] as const);
  const sum = bytes.reduce((all, [, length]) => all + length, 0);
  expect(sum, JSON.stringify(bytes)).toBeLessThan(mostBytes);
});
