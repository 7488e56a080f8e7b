// One preset for every project: TypeScript and the ESM-only packages through SWC to CommonJS, paths as in tsconfig.base.json.
const { compilerOptions } = require('./tsconfig.base.json');

const esmOnly = [
  '@nestjs',
  '@tanstack',
  '@mantine',
  '@borewit',
  '@tokenizer',
  'uuid',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'postal-mime',
  'd3-[a-z-]+',
  'internmap',
  'is-docker',
  'is-inside-container',
  'content-disposition',
  'cookie',
];

const swc = (syntax) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { ...syntax, decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
    },
    module: { type: 'commonjs' },
  },
];

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [target]]) => [`^${name}$`, `${__dirname}/${target.slice(2)}`]),
);

module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { ...moduleNameMapper, '\\.(css|svg)$': `${__dirname}/tools/jest/empty-module.cjs` },
  transform: {
    '\\.tsx$': swc({ syntax: 'typescript', tsx: true }),
    '\\.[cm]?ts$': swc({ syntax: 'typescript' }),
    '\\.m?js$': swc({ syntax: 'ecmascript', jsx: true }),
  },
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(${esmOnly.join('|')})/)`, '\\.cjs$'],
  setupFiles: [],
  testTimeout: 20_000,
  cacheDirectory: `${__dirname}/node_modules/.cache/jest`,
};
