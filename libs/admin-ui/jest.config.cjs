module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'admin-ui',
  rootDir: __dirname,
  testEnvironment: '<rootDir>/../../tools/jest/jsdom.environment.cjs',
  setupFiles: ['<rootDir>/../../tools/jest/jsdom.setup.cjs'],
};
