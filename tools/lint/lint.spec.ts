import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { badSnippets, goodSnippets } from './bad-snippets';

interface LintedFile {
  path: string;
  messages: { ruleId: string | null; message: string }[];
}

const root = resolve(__dirname, '../..');
const environment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
};
let workspace: string;
let report: { files: LintedFile[]; houseRules: string[] };

const nx = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: workspace,
    env: withoutNx(environment),
    encoding: 'utf8',
  });

/** What an outer Nx tells its tasks would point the inner one at the wrong workspace. */
function withoutNx(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outer = [
    'NX_WORKSPACE_ROOT',
    'NX_WORKSPACE_ROOT_PATH',
    'NX_TASK_HASH',
    'NX_INVOKED_BY_RUNNER',
    'NX_TASK_TARGET_PROJECT',
  ];
  return Object.fromEntries(Object.entries(source).filter(([name]) => !outer.includes(name)));
}

function projectFolders(): string[] {
  const below = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  return [...below('libs'), ...below('apps'), 'tools/demo', 'tools'].filter((folder) =>
    existsSync(join(root, folder, 'project.json')),
  );
}

function write(path: string, source: string): void {
  mkdirSync(join(workspace, dirname(path)), { recursive: true });
  writeFileSync(join(workspace, path), source);
}

/** The real configuration around made-up sources: every project has one export and the snippets. */
function makeWorkspace(): void {
  workspace = mkdtempSync(join(tmpdir(), 'lint-'));
  const toolchain = [
    'nx.json',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'tsconfig.json',
    'eslint.config.mjs',
  ];
  for (const folder of projectFolders()) {
    toolchain.push(...['project.json', 'tsconfig.json'].map((name) => `${folder}/${name}`));
    write(`${folder}/src/index.ts`, 'export const x = 1;\n');
  }
  for (const path of [...toolchain, 'tools/lint/plugin.mjs', 'tools/lint/boundaries.mjs', 'tools/lint/rules']) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(workspace, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'));
  write('.gitignore', 'node_modules\n.nx\n');
}

beforeAll(() => {
  makeWorkspace();
  nx('show', 'projects');
  // After Nx has drawn its graph: else forbidden imports would close circles and each be reported for that alone.
  for (const { path, source } of [...badSnippets, ...goodSnippets]) write(path, source);
  const linter = spawnSync(process.execPath, [join(__dirname, 'report.mjs')], {
    cwd: workspace,
    env: withoutNx(environment),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (linter.status !== 0) throw new Error(linter.stderr);
  report = JSON.parse(linter.stdout) as typeof report;
});

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const rulesAgainst = (path: string): string[] =>
  (report.files.find((file) => file.path === path)?.messages ?? []).map(({ ruleId }) => ruleId ?? 'unused-directive');

describe('the linter', () => {
  it.each(badSnippets)('refuses $why ($path) through $rule', ({ path, rule }) => {
    expect(rulesAgainst(path)).toContain(rule);
  });

  it('knows a forbidden import by the table, not by a circle', () => {
    const messages = report.files.flatMap((file) => file.messages.map(({ message }) => message));
    expect(messages.filter((message) => message.includes('Circular dependency'))).toEqual([]);
  });

  it.each(goodSnippets)('lets $why pass ($path)', ({ path }) => {
    expect(rulesAgainst(path)).toEqual([]);
  });

  it('has a bad snippet for every rule of our own', () => {
    const proven = new Set(badSnippets.map(({ rule }) => rule));
    expect(report.houseRules.filter((rule) => !proven.has(`house/${rule}`))).toEqual([]);
  });

  it('stops `nx lint` at a forbidden import and at nothing else', () => {
    rmSync(join(workspace, 'libs/client/src'), { recursive: true });
    write('libs/client/src/index.ts', 'export const x = 1;\n');
    expect(nx('lint', 'client').status).toBe(0);
    write('libs/client/src/border.ts', "export { x } from '@rekindle/nest';\n");
    const { status, stdout } = nx('lint', 'client');
    expect(stdout).toContain('@nx/enforce-module-boundaries');
    expect(status).not.toBe(0);
  });
});
