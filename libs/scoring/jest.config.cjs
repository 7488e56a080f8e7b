module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'scoring',
  rootDir: __dirname,
  setupFiles: ['<rootDir>/../../tools/jest/property.setup.cjs'],
};
