import { builtinModules } from 'node:module';
import nxPlugin from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/lint/boundaries.mjs';
import { housePlugin } from './tools/lint/plugin.mjs';

// One program for the whole workspace (tools/lint.mjs) takes half as long as one for each project, and much longer than
// the one program of a single project (editors, `nx lint scoring`).
const program = process.env.LINT_WHOLE ? { project: './tsconfig.json' } : { projectService: true };
const typescript = ['**/*.ts', '**/*.tsx', '**/*.mts'];
const specs = ['**/*.spec.ts', '**/*.spec.tsx', '**/*.fixture.ts'];
const pureLibraries = ['libs/scoring/src/**', 'libs/rules/src/**', 'libs/contracts/src/**'];
const configs = ['**/*.config.*', '**/*.setup.*', 'jest.preset.cjs'];

const farRelative = { group: ['../../*'], message: 'At most one "../": across libraries import @rekindle/<library>.' };
const fixtures = { group: ['*.fixture'], message: 'What only tests need stays in tests.' };
const nodeModules = {
  regex: `^(node:.*|(${builtinModules.join('|')})(/.*)?)$`,
  message: 'Nothing of Node is allowed here.',
};
const pitfalls = [
  ...['no-var', 'prefer-const', 'no-eval', 'no-implied-eval', 'no-empty', 'no-fallthrough'],
  ...['no-unsafe-finally', 'no-useless-escape', 'no-prototype-builtins', 'no-misleading-character-class'],
  ...['no-case-declarations', 'no-cond-assign', 'no-constant-condition', 'no-self-assign', 'no-self-compare'],
  ...['no-sparse-arrays', 'no-async-promise-executor', 'no-loss-of-precision', 'no-unreachable', 'no-debugger'],
  ...['no-useless-catch', 'no-unsafe-optional-chaining', 'no-unused-private-class-members', 'no-useless-backreference'],
];
const environment = {
  object: 'process',
  property: 'env',
  message: 'The environment is read in env.ts and handed on as settings.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '**/.nx',
      '**/coverage',
      '**/*.gen.ts',
      '**/*.generated.ts',
      '**/test-results',
      '**/.data',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // Bounds for everything, scripts included.
  {
    files: [...typescript, '**/*.mjs', '**/*.cjs', '**/*.js'],
    plugins: { house: housePlugin },
    languageOptions: { ecmaVersion: 2024 },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      eqeqeq: ['error', 'smart'],
      ...Object.fromEntries(pitfalls.map((rule) => [rule, 'error'])),
      'house/max-params': 'error',
      'house/path-names': 'error',
      'house/honest-tests': 'error',
    },
  },

  // TypeScript, with types.
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: typescript })),
  {
    files: typescript,
    plugins: { '@nx': nxPlugin },
    languageOptions: { parserOptions: { ...program, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries.sources,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-properties': ['error', environment],
      'no-restricted-imports': ['error', { patterns: [fixtures, farRelative] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'Say what is exported, name by name.' },
        { selector: 'TSEnumDeclaration', message: 'A union of strings instead of an enum.' },
      ],
    },
  },

  // The pure libraries decide; the world is passed in.
  {
    files: pureLibraries,
    ignores: specs,
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: [...pureLibraries, 'libs/plugins/src/**'],
    ignores: specs,
    rules: {
      'house/pure-clock': 'error',
      'no-restricted-imports': ['error', { patterns: [fixtures, farRelative, nodeModules] }],
    },
  },

  // What runs in a browser.
  {
    files: ['libs/admin-ui/src/**', 'libs/client/src/**', 'apps/admin/src/**'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [fixtures, farRelative, nodeModules] }] },
  },
  {
    files: ['libs/admin-ui/src/**', 'apps/admin/src/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  // A component is mark-up as much as it is code.
  {
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },

  // Storage and the server.
  {
    files: ['libs/store/src/**', 'libs/nest/src/**', 'apps/api/src/**'],
    rules: {
      'house/no-repository-save': 'error',
      'house/no-auto-schema': 'error',
      'house/no-raw-order-by': 'error',
    },
  },
  { files: ['libs/nest/src/**', 'apps/api/src/**'], ignores: specs, rules: { 'house/guarded-routes': 'error' } },

  // Stories are long; they may lean on the testing library.
  {
    files: specs,
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-imports': ['error', { patterns: [farRelative] }],
      '@nx/enforce-module-boundaries': boundaries.specs,
    },
  },

  // The one place that reads the environment, and what is not part of the product.
  {
    files: ['**/env.ts', '**/env.spec.ts', 'tools/**', 'apps/*-e2e/**', ...configs],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
  { files: configs, rules: { 'no-restricted-syntax': 'off' } },
);
