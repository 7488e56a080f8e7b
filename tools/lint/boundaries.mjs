// Who may import whom: the table of docs/architecture.md. A project's own name is its tag `scope:<name>`.

const pure = { allowedExternalImports: ['zod'] };
const server = { bannedExternalImports: ['react', 'react-dom', '@mantine/*', '@tanstack/*'] };
const browser = { bannedExternalImports: ['@nestjs/*', 'typeorm', 'better-sqlite3', 'nodemailer', 'handlebars'] };
const anyLibrary = [
  ...['scoring', 'rules', 'contracts', 'plugins', 'store', 'mail'],
  ...['nest', 'admin-ui', 'client', 'testing', 'demo'],
];

const table = {
  // ml-matrix: the linear algebra of fitted weights; plain arithmetic. email-providers: a list. Nothing of the world.
  scoring: {
    may: [],
    allowedExternalImports: [...pure.allowedExternalImports, 'ml-matrix', 'email-providers/common.json'],
  },
  rules: { may: ['scoring'], ...pure },
  contracts: { may: ['scoring', 'rules'], ...pure },
  // postal-mime, isbot: text in, facts out. Nothing of the world.
  plugins: {
    may: ['contracts', 'rules', 'scoring'],
    allowedExternalImports: [...pure.allowedExternalImports, 'postal-mime', 'isbot'],
  },
  store: {
    may: ['contracts', 'rules', 'scoring'],
    bannedExternalImports: [...server.bannedExternalImports, '@nestjs/*'],
  },
  mail: { may: [], bannedExternalImports: [...server.bannedExternalImports, '@nestjs/*', 'typeorm'] },
  nest: { may: ['scoring', 'rules', 'contracts', 'plugins', 'store', 'mail'], ...server },
  'admin-ui': { may: ['contracts', 'rules', 'scoring'], ...browser },
  client: { may: [], ...browser },
  testing: { may: ['scoring', 'rules', 'contracts', 'plugins', 'store', 'mail', 'nest', 'client'], ...server },
  api: { may: ['contracts', 'nest', 'demo'], ...server },
  admin: { may: ['admin-ui'], ...browser },
  'api-e2e': { may: ['contracts', 'client', 'testing'], ...server },
  'admin-e2e': { may: ['contracts', 'client', 'testing'] },
  demo: { may: ['scoring', 'rules', 'contracts', 'plugins', 'store', 'mail', 'nest'], ...server },
  tools: { may: anyLibrary },
};

/** Specs may lean on the testing library and on the packages that only tests use. */
const inSpecs = ({ may, allowedExternalImports, ...rest }) => ({
  may: [...may, 'testing'],
  ...(allowedExternalImports
    ? { allowedExternalImports: [...allowedExternalImports, 'fast-check', 'csv-parse/sync'] }
    : {}),
  ...rest,
});

const constraintsOf = (rows) =>
  Object.entries(rows).map(([name, { may, ...external }]) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: [name, ...may].map((other) => `scope:${other}`),
    ...external,
  }));

const ruleOf = (rows) => [
  'error',
  {
    allow: [],
    banTransitiveDependencies: true,
    checkDynamicDependenciesExceptions: [],
    // Specs of what the testing library is made of use it: a circle of test files, not of code.
    ignoredCircularDependencies: Object.keys(table).map((name) => [name, 'testing']),
    depConstraints: constraintsOf(rows),
  },
];

/** Options of `@nx/enforce-module-boundaries` for sources and for specs. */
export const boundaries = {
  sources: ruleOf(table),
  specs: ruleOf(Object.fromEntries(Object.entries(table).map(([name, row]) => [name, inSpecs(row)]))),
};
