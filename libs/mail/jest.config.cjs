module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'mail',
  rootDir: __dirname,
  setupFiles: ['<rootDir>/../../tools/jest/property.setup.cjs'],
};
