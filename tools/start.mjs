// `npm start`: installs what is missing, builds what is stale, then serves. Without settings of one's own it shows the
// demo workspace. The server migrates its database on boot and says where it is and how to sign in.
import { performance } from 'node:perf_hooks';
import { ensureInstalled } from './ensure-installed.mjs';
import { run, serverCommand } from './run/command.mjs';
import { secondsSince } from './run/progress.mjs';
import { buildWhatIsStale } from './run/stale-build.mjs';

const startedAt = performance.now();

/** A database of one's own, or a workspace set up through BOOTSTRAP_*, is never filled with demo data unasked. */
function demoByDefault() {
  const ownSetUp = Object.keys(process.env).some((name) => name.startsWith('BOOTSTRAP_') || name === 'DATABASE_URL');
  return ownSetUp || process.env.DEMO !== undefined ? {} : { DEMO: '1' };
}

try {
  await ensureInstalled();
  await buildWhatIsStale();
  process.stdout.write(`Starting the server, ${secondsSince(startedAt)} after the call\n`);
  const env = { NODE_ENV: 'production', ...demoByDefault() };
  process.exitCode = await run(process.execPath, serverCommand(), { env });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
