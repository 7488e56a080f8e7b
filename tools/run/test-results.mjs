import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.mjs';

const folder = join(root, 'dist/test-results');

/** Forgets the results of earlier runs. */
export function clearResults() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/**
 * Counts of all projects' tests of one kind (`test`, `db`, `e2e`). A file that could not be run counts as one failure.
 */
export function countsOf(kind) {
  const counts = { passed: 0, failed: 0 };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(`.${kind}.json`))) {
    const { passed, failed } = readCounts(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    counts.passed += passed;
    counts.failed += failed;
  }
  return counts;
}

/** Jest's and Playwright's reports name the same things differently. */
function readCounts(report) {
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected, failed: unexpected + flaky + skipped + report.errors.length };
  }
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = report;
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}
