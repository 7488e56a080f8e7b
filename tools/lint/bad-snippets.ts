/** A file that must not pass, and the rule that has to say so. */
export interface BadSnippet {
  rule: string;
  why: string;
  path: string;
  source: string;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const parameters = (count: number): string => lines(count, (index) => `p${index}: number,`);
const boundary = '@nx/enforce-module-boundaries';
const clock = 'house/pure-clock';

const bounds: BadSnippet[] = [
  {
    rule: 'max-lines',
    why: 'a source file of 301 lines',
    path: 'libs/mail/src/long.ts',
    source: lines(301, (index) => `export const n${index} = ${index};`),
  },
  {
    rule: 'max-lines',
    why: 'a spec of 601 lines',
    path: 'libs/mail/src/long.spec.ts',
    source: lines(601, (index) => `export const n${index} = ${index};`),
  },
  {
    rule: 'max-lines-per-function',
    why: 'a function of more than 50 lines',
    path: 'libs/mail/src/tall.ts',
    source: `export function tall(n: number): number {\n${lines(50, () => '  n += 1;')}\n  return n;\n}\n`,
  },
  {
    rule: 'max-lines-per-function',
    why: 'a component of more than 120 lines',
    path: 'libs/admin-ui/src/tall.view.tsx',
    source: `export function Tall(n: number) {\n${lines(120, () => '  n += 1;')}\n  return <p>{n}</p>;\n}\n`,
  },
  {
    rule: 'complexity',
    why: 'a function with eleven ways through',
    path: 'libs/mail/src/tangled.ts',
    source: `export function tangled(n: number): number {\n${lines(10, (i) => `  if (n === ${i}) return ${i + 1};`)}\n  return n;\n}\n`,
  },
  {
    rule: 'house/max-params',
    why: 'a fifth parameter',
    path: 'libs/mail/src/wide.ts',
    source: `export const wide = (${parameters(5)}): number => p0 + p1 + p2 + p3 + p4;\n`,
  },
  {
    rule: 'house/max-params',
    why: 'an eighth dependency',
    path: 'libs/nest/src/wide.service.ts',
    source: `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Wide {\n  constructor(${parameters(8)}) {\n    void p0;\n  }\n}\n`,
  },
  { rule: 'house/path-names', why: 'a file called utils', path: 'libs/mail/src/text.utils.ts', source: '' },
  { rule: 'house/path-names', why: 'a folder called common', path: 'libs/mail/src/common/text.ts', source: '' },
];

const code: BadSnippet[] = [
  {
    rule: '@typescript-eslint/no-explicit-any',
    why: 'any',
    path: 'libs/mail/src/any.ts',
    source: 'export const read = (value: any): unknown => value;\n',
  },
  {
    rule: '@typescript-eslint/no-floating-promises',
    why: 'a promise nobody waits for',
    path: 'libs/mail/src/floating.ts',
    source: 'export function floating(): void {\n  Promise.resolve(1);\n}\n',
  },
  {
    rule: '@typescript-eslint/no-misused-promises',
    why: 'a promise taken for its value',
    path: 'libs/mail/src/misused.ts',
    source: 'export const misused = (is: () => Promise<boolean>): number => (is() ? 1 : 0);\n',
  },
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    why: 'a switch that forgets a case',
    path: 'libs/mail/src/switch.ts',
    source:
      "export function half(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
  },
  { rule: 'no-console', why: 'console', path: 'libs/mail/src/console.ts', source: "console.log('x');\n" },
  {
    rule: 'no-restricted-properties',
    why: 'the environment read outside env.ts',
    path: 'libs/nest/src/port.ts',
    source: 'export const port = process.env.PORT;\n',
  },
  {
    rule: 'no-restricted-imports',
    why: 'an import two folders up',
    path: 'libs/mail/src/a/b/far.ts',
    source: "export { x } from '../../index';\n",
  },
  {
    rule: 'no-restricted-syntax',
    why: 'a default export',
    path: 'libs/mail/src/default.ts',
    source: 'export default 1;\n',
  },
  {
    rule: 'no-restricted-syntax',
    why: 'export *',
    path: 'libs/mail/src/star.ts',
    source: "export * from './index';\n",
  },
  { rule: 'no-restricted-syntax', why: 'an enum', path: 'libs/mail/src/enum.ts', source: 'export enum E {\n  a,\n}\n' },
  {
    rule: 'react-hooks/rules-of-hooks',
    why: 'a hook behind a condition',
    path: 'libs/admin-ui/src/hook.view.tsx',
    source:
      "import { useState } from 'react';\nexport function Hook({ is }: { is: boolean }) {\n  if (is) useState(1);\n  return <p />;\n}\n",
  },
  {
    rule: 'react-hooks/exhaustive-deps',
    why: 'an effect that forgets what it depends on',
    path: 'libs/admin-ui/src/effect.view.tsx',
    source:
      "import { useEffect } from 'react';\nexport function Effect({ n }: { n: number }) {\n  useEffect(() => void (document.title = String(n)), []);\n  return <p />;\n}\n",
  },
];

const tests: BadSnippet[] = [
  ...['it.only', 'describe.skip', 'test.todo', 'fit', 'xdescribe'].map((call) => ({
    rule: 'house/honest-tests',
    why: call,
    path: `libs/mail/src/${call.replace('.', '-')}.spec.ts`,
    source: `${call === 'fit' ? 'declare const fit: typeof it;\n' : ''}${call}('says something', () => undefined);\n`,
  })),
  {
    rule: 'house/honest-tests',
    why: 'should be defined',
    path: 'libs/mail/src/defined.spec.ts',
    source: "it('should be defined', () => undefined);\n",
  },
  {
    rule: 'house/honest-tests',
    why: 'a count of examples',
    path: 'libs/scoring/src/examples.spec.ts',
    source: "import fc from 'fast-check';\nit('a', () => fc.assert(fc.property(fc.nat(), Boolean), { numRuns: 5 }));\n",
  },
];

const impure: [why: string, source: string][] = [
  ['Date.now()', 'export const at = (): number => Date.now();\n'],
  ['new Date()', 'export const at = (): Date => new Date();\n'],
  ['Date()', 'export const at = (): string => Date();\n'],
  ['Math.random()', 'export const dice = (): number => Math.random();\n'],
  ['performance.now()', 'export const at = (): number => performance.now();\n'],
  ['setTimeout', 'export const later = (): unknown => setTimeout(() => undefined, 1);\n'],
  ['fetch', "export const ask = (): unknown => fetch('x');\n"],
];

const pureLibraries: BadSnippet[] = [
  ...impure.map(([why, source], index) => ({ rule: clock, why, path: `libs/scoring/src/impure-${index}.ts`, source })),
  { rule: clock, why: 'fetch in a plugin', path: 'libs/plugins/src/ask.ts', source: impure[6]?.[1] ?? '' },
  {
    rule: '@typescript-eslint/consistent-type-assertions',
    why: 'as',
    path: 'libs/rules/src/as.ts',
    source: 'export const narrow = (value: unknown): number => value as number;\n',
  },
  ...['node:fs', 'fs', 'fs/promises'].map((name, index) => ({
    rule: 'no-restricted-imports',
    why: name,
    path: `libs/contracts/src/node-${index}.ts`,
    source: `import { constants } from '${name}';\nexport const c = constants;\n`,
  })),
];

const server: BadSnippet[] = [
  {
    rule: 'house/no-repository-save',
    why: 'repository.save',
    path: 'libs/store/src/save.ts',
    source: 'export const keep = (r: { save(row: object): void }): void => r.save({});\n',
  },
  ...['synchronize', 'migrationsRun'].map((name) => ({
    rule: 'house/no-auto-schema',
    why: name,
    path: `libs/store/src/${name}.ts`,
    source: `export const options = { ${name}: true };\n`,
  })),
  {
    rule: 'house/no-raw-order-by',
    why: 'orderBy of what came in',
    path: 'libs/nest/src/order.ts',
    source: 'export const sort = (q: { orderBy(s: string): void }, by: string): void => q.orderBy(by);\n',
  },
  {
    rule: 'house/no-raw-order-by',
    why: 'ORDER BY of what came in',
    path: 'libs/store/src/order.ts',
    source: 'export const sql = (input: { sort: string }): string => `SELECT 1 ORDER BY ${input.sort} DESC`;\n',
  },
  {
    rule: 'house/guarded-routes',
    why: 'a controller without a guard',
    path: 'libs/nest/src/bare.controller.ts',
    source: "import { Controller } from '@nestjs/common';\n@Controller('x')\nexport class Bare {}\n",
  },
  {
    rule: 'house/guarded-routes',
    why: 'a route open to anyone',
    path: 'libs/nest/src/open.controller.ts',
    source: "import { Get } from '@nestjs/common';\nexport class Open {\n  @Get()\n  list(): void {}\n}\n",
  },
];

const imports: [from: string, what: string, file?: string][] = [
  ['scoring', '@rekindle/rules'],
  ['scoring', '@nestjs/common'],
  ['scoring', 'typeorm'],
  ['rules', '@rekindle/contracts'],
  ['rules', 'react'],
  ['contracts', '@rekindle/plugins'],
  ['plugins', '@rekindle/store'],
  ['plugins', 'nodemailer'],
  ['store', '@rekindle/plugins'],
  ['store', '@nestjs/common'],
  ['mail', '@rekindle/contracts'],
  ['nest', '@rekindle/admin-ui'],
  ['nest', '@rekindle/testing'],
  ['nest', '@rekindle/demo'],
  ['admin-ui', '@rekindle/nest'],
  ['admin-ui', 'typeorm'],
  ['client', '@rekindle/contracts'],
];

const boundaries: BadSnippet[] = [
  ...imports.map(([from, what], index) => ({
    rule: boundary,
    why: `${from} imports ${what}`,
    path: `libs/${from}/src/border-${index}.ts`,
    source: `import * as foreign from '${what}';\nexport const border${index} = foreign;\n`,
  })),
  ...['@rekindle/store', '@rekindle/scoring'].map((what, index) => ({
    rule: boundary,
    why: `apps/api imports ${what}`,
    path: `apps/api/src/border-${index}.ts`,
    source: `import * as foreign from '${what}';\nexport const border = foreign;\n`,
  })),
  {
    rule: boundary,
    why: 'apps/admin imports nest',
    path: 'apps/admin/src/border.ts',
    source: "import * as foreign from '@rekindle/nest';\nexport const border = foreign;\n",
  },
  {
    rule: boundary,
    why: 'a relative path into another library',
    path: 'libs/rules/src/relative.ts',
    source: "export { x } from '../../scoring/src/index';\n",
  },
];

/** One file or more for each rule of the house. */
export const badSnippets: BadSnippet[] = [
  ...bounds,
  ...code,
  ...tests,
  ...pureLibraries,
  ...server,
  ...boundaries,
  {
    rule: 'unused-directive',
    why: 'a suppression that suppresses nothing',
    path: 'libs/mail/src/directive.ts',
    source: '// eslint-disable-next-line no-console\nexport const y = 1;\n',
  },
];

/** Files that come near the bounds and are fine. */
export const goodSnippets: Omit<BadSnippet, 'rule'>[] = [
  {
    why: 'what the table allows',
    path: 'libs/rules/src/allowed.ts',
    source: "import { x } from '@rekindle/scoring';\nimport { z } from 'zod';\nexport const both = [x, z];\n",
  },
  {
    why: 'the testing library in a spec',
    path: 'libs/scoring/src/allowed.spec.ts',
    source: "import { x } from '@rekindle/testing';\nimport fc from 'fast-check';\nit('adds', () => void [x, fc]);\n",
  },
  {
    why: 'a date of an argument, as const, a shadowed name',
    path: 'libs/scoring/src/allowed.ts',
    source:
      "export const words = ['a'] as const;\nexport const day = (at: number, fetch: number): number => new Date(at).getTime() + fetch;\n",
  },
  {
    why: 'seven dependencies',
    path: 'libs/nest/src/allowed.service.ts',
    source: `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Seven {\n  constructor(${parameters(7)}) {\n    void [p0, p1, p2, p3, p4, p5, p6];\n  }\n}\n`,
  },
  {
    why: 'ORDER BY from a fixed table',
    path: 'libs/store/src/allowed.ts',
    source:
      "const columns = { rank: 'engagementRank' };\nexport const sql = (by: 'rank'): string => `SELECT 1 ORDER BY ${columns[by]}`;\n",
  },
  {
    why: 'the environment in env.ts',
    path: 'apps/api/src/env.ts',
    source: 'export const port = process.env.PORT;\n',
  },
];
