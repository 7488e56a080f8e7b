module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'rules',
  rootDir: __dirname,
  setupFiles: ['<rootDir>/../../tools/jest/property.setup.cjs'],
};
