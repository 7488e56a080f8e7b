module.exports = {
  ...require('../jest.preset.cjs'),
  displayName: 'tools',
  rootDir: __dirname,
  testMatch: ['<rootDir>/{bench,lint,run}/**/*.spec.ts'],
  testTimeout: 120_000,
};
