module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'store',
  rootDir: __dirname,
  setupFiles: ['reflect-metadata', '<rootDir>/../../tools/jest/property.setup.cjs'],
};
