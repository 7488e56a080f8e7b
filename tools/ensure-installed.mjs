// Installs the dependencies where they are missing or not those of the lockfile. Needs nothing but Node.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './run/command.mjs';
import { hashOf, isStamped, writeStamp } from './run/content-stamp.mjs';
import { withProgress } from './run/progress.mjs';

const STAMP = 'node_modules/.lockfile-hash';
const changedAt = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs `npm ci` unless what is installed is what the lockfile says. Throws where npm fails. */
export async function ensureInstalled() {
  const hash = hashOf(['package-lock.json']);
  if (isStamped(STAMP, hash)) return;
  const isFresh = changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json');
  if (!isFresh) await withProgress('Installing dependencies (once, one to three minutes)', install);
  writeStamp(STAMP, hash);
}

async function install() {
  const npm = process.env.npm_execpath;
  // Interrupted, npm would take minutes to roll back what the next call throws away anyway.
  const endsBy = 'SIGKILL';
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { endsBy })
    : await run('npm', args, { endsBy });
  if (code !== 0) throw new Error('npm ci failed; its messages are above.');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureInstalled().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
