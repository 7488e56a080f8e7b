// Runs one project's tests of one kind: `node tools/jest/run-jest.mjs libs/store db store`.
// `test` is everything but *.db.spec.ts, `db` only those; the counts go to dist/test-results/<project>.<kind>.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const [projectRoot, kind, projectName, ...rest] = process.argv.slice(2);
const jest = createRequire(import.meta.url)
  .resolve('jest/package.json')
  .replace(/package\.json$/, 'bin/jest.js');
const selection = {
  test: ['--testPathIgnorePatterns', '\\.db\\.spec\\.ts$'],
  db: ['--testPathPatterns', '\\.db\\.spec\\.ts$'],
  e2e: ['--runInBand'],
}[kind];
if (!selection) throw new Error(`No such kind of test: ${kind}`);

mkdirSync('dist/test-results', { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    jest,
    ...['--config', `${projectRoot}/jest.config.cjs`],
    ...selection,
    ...['--passWithNoTests', '--ci', '--json', '--outputFile', `dist/test-results/${projectName}.${kind}.json`],
    ...(kind === 'e2e' ? [] : ['--maxWorkers', '2']),
    ...rest,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'test' } },
);
process.exit(status ?? 1);
