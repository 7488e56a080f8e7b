// `npm run check`, which CI runs: every step in order, on after a failure, the sum of all tests in the last line.
import { performance } from 'node:perf_hooks';
import { ensureInstalled } from './ensure-installed.mjs';
import { run, runBin } from './run/command.mjs';
import { secondsSince } from './run/progress.mjs';
import { clearResults, countsOf } from './run/test-results.mjs';

// With --full the property tests draw more examples (they read CHECK_FULL) and the benchmarks run too.
const isFull = process.argv.includes('--full');
if (isFull) process.env.CHECK_FULL = '1';

const nx = (...targets) => runBin('nx', ['run-many', '--parallel', '2', '--target', ...targets]);

const steps = [
  { title: 'Format', work: () => runBin('prettier', ['--check', '--log-level', 'warn', '.']) },
  { title: 'Lint and boundaries', work: () => run(process.execPath, ['tools/lint.mjs']) },
  { title: 'Types', work: () => runBin('tsc', ['--noEmit', '--project', 'tsconfig.json']) },
  { title: 'Unit and property tests', work: () => nx('test'), kind: 'test' },
  { title: 'Database tests', work: () => nx('db'), kind: 'db' },
  { title: 'Build', work: () => nx('build') },
  { title: 'OpenAPI freshness', work: () => run(process.execPath, ['tools/openapi.mjs', '--check', '--built']) },
  {
    title: 'End-to-end tests',
    work: () => runBin('nx', ['run-many', '--parallel', '1', '--target', 'e2e']),
    kind: 'e2e',
  },
  {
    title: isFull ? 'Benchmarks' : 'Benchmarks start',
    work: () => run(process.execPath, ['tools/bench.mjs', '--built', ...(isFull ? [] : ['smoke'])]),
  },
];

/** A step that failed without a failed test to show for it counts as one failure. */
function outcomeOf({ kind }, code) {
  const counts = kind ? countsOf(kind) : { passed: 0, failed: 0 };
  return { passed: counts.passed, failed: counts.failed || (code === 0 ? 0 : 1) };
}

const startedAt = performance.now();
await ensureInstalled();
clearResults();
const summary = [];
for (const step of steps) {
  const stepStartedAt = performance.now();
  process.stdout.write(`\n━━ ${step.title}\n`);
  const code = await step.work();
  const outcome = { ...outcomeOf(step, code), title: step.title, took: secondsSince(stepStartedAt) };
  process.stdout.write(`━━ ${step.title}: ${outcome.failed > 0 ? 'FAILED' : 'ok'} in ${outcome.took}\n`);
  summary.push(outcome);
}

process.stdout.write(`\nAll steps in ${secondsSince(startedAt)}\n`);
for (const { title, took, passed, failed } of summary) {
  process.stdout.write(`  ${failed > 0 ? '✗' : '✓'} ${title.padEnd(26)} ${took.padStart(8)}  ${passed || ''}\n`);
}
const sum = (name) => summary.reduce((total, outcome) => total + outcome[name], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
