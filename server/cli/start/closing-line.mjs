/**
 * Prints `N passed, N failed, N skipped` from the report of the last `npm test`, whose exit code is the argument.
 * A failure outside any test (set-up, a check, a test file that cannot be loaded) counts as one that failed.
 */
import { readFileSync } from 'node:fs';
import { testReport } from './test-report.mjs';

const exitCode = Number(process.argv[2]);
const { passed, failed, skipped } = counts();
const failures = exitCode === 0 ? failed : Math.max(failed, 1);
process.stdout.write(`${passed} passed, ${failures} failed, ${skipped} skipped\n`);

function counts() {
  try {
    const report = JSON.parse(readFileSync(testReport, 'utf8'));
    const unloaded = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    // There is no report when the run ended before the first test.
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
