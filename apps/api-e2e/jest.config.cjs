const { spawnSync } = require('node:child_process');

/** Crash points are found with a tracer of system calls; where there is none the story cannot be told. */
const canTrace = spawnSync('strace', ['-V']).status === 0;
if (!canTrace) process.stderr.write('No strace here: the crash points of a commit are left out.\n');

module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'api-e2e',
  rootDir: __dirname,
  setupFiles: ['reflect-metadata'],
  testTimeout: 120_000,
  testPathIgnorePatterns: canTrace ? [] : ['crash-points'],
};
