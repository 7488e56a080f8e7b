// Runs a TypeScript file with the workspace's paths and decorators: `node tools/run-ts.mjs tools/demo/src/live.ts …`.
import { ensureInstalled } from './ensure-installed.mjs';
import { run } from './run/command.mjs';

const [entry, ...args] = process.argv.slice(2);
if (!entry) throw new Error('Say which file to run.');
await ensureInstalled();
const { withBundle } = await import('./run/bundle.mjs');
process.exitCode = await withBundle([entry], ([file]) =>
  run(process.execPath, ['--enable-source-maps', file, ...args], { cwd: process.cwd() }),
);
