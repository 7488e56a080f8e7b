module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'nest',
  rootDir: __dirname,
  setupFiles: ['reflect-metadata', '<rootDir>/../../tools/jest/property.setup.cjs'],
};
