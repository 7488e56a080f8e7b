import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The repository's root. */
export const root = join(import.meta.dirname, '../..');

/**
 * Runs a command to its end with our own output streams and resolves to its exit code. SIGINT and SIGTERM are passed
 * on to it, or what `endsBy` names instead of them.
 */
export function run(command, args, { env = {}, cwd = root, stdio = 'inherit', endsBy } = {}) {
  const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...quietNx, ...env } });
  // A terminal sends Ctrl-C to the whole group itself.
  const isSent = (signal) => signal === 'SIGINT' && process.stdin.isTTY;
  const forward = (signal) => void (endsBy || !isSent(signal) ? child.kill(endsBy ?? signal) : undefined);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** Runs a package's command by its file, without npm in between: `runBin('nx', ['run-many', …])`. */
export function runBin(name, args, options) {
  return run(process.execPath, [resolvePath(binaries[name]), ...args], options);
}

/** What Node is started with to run the built server: its flags, as the build wants them, and its file. */
export function serverCommand() {
  const folder = join(root, 'dist/apps/api');
  return [...JSON.parse(readFileSync(join(folder, 'node-flags.json'), 'utf8')), join(folder, 'main.js')];
}

/** Nx works off its tasks in the foreground and talks to nobody. */
const quietNx = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };

const binaries = {
  nx: 'nx/dist/bin/nx.js',
  vite: 'vite/bin/vite.js',
  tsc: 'typescript-native/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  playwright: '@playwright/test/cli.js',
  'openapi-typescript': 'openapi-typescript/bin/cli.js',
};

function resolvePath(path) {
  const [, scope, rest] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(path) ?? [];
  // Through package.json, because "exports" hides the files of many packages.
  return join(createRequire(import.meta.url).resolve(`${scope}/package.json`), '..', rest);
}
