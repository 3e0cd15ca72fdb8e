/** How the tests run: everything side by side, then the browser tests one after the other. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const endToEnd = 'test/e2e/**/*.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [endToEnd, 'test/bench/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [endToEnd],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          // What a browser shows is waited for, however busy the machine is.
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
