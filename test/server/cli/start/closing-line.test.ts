import { describe, expect, test } from 'vitest';
import { runProcess } from '../../../support/run-process.ts';
import { makeCheckout } from './checkout.ts';

type File = { readonly status: string; readonly assertionResults: readonly unknown[] };

/** The line that `.ci/run` ends with after a run that exited with `exitCode` and left a report, or none. */
async function closingLine(exitCode: number, report?: object): Promise<string> {
  const { path, write } = await makeCheckout();
  if (report) await write('node_modules/.cache/occhio/tests.json', JSON.stringify(report));
  const script = 'server/cli/start/closing-line.mjs';
  return (await runProcess(process.execPath, [script, String(exitCode)], { cwd: path })).stdout;
}

function reportOf(failed: number, files: readonly File[] = []): object {
  return { numPassedTests: 40, numFailedTests: failed, numPendingTests: 2, numTodoTests: 1, testResults: files };
}

describe('the closing line', () => {
  test('counts what passed, failed and was skipped', async () => {
    expect(await closingLine(0, reportOf(0))).toBe('40 passed, 0 failed, 3 skipped\n');
    expect(await closingLine(1, reportOf(2))).toBe('40 passed, 2 failed, 3 skipped\n');
  });

  test('counts a test file that could not be loaded as a failure', async () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: ['a failed test'] },
    ];
    expect(await closingLine(1, reportOf(1, files))).toBe('40 passed, 2 failed, 3 skipped\n');
  });

  test('counts a failed check, and a set-up that never came to the tests, as a failure', async () => {
    expect(await closingLine(1, reportOf(0))).toBe('40 passed, 1 failed, 3 skipped\n');
    expect(await closingLine(1)).toBe('0 passed, 1 failed, 0 skipped\n');
  });
});
