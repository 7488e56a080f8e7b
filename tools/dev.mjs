// `npm run dev`: rebuilds and restarts the server on every change, and serves the admin with hot reload on port 4200.
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, run, runBin, serverCommand } from './run/command.mjs';
import { buildWhatIsStale } from './run/stale-build.mjs';

await ensureInstalled();
await buildWhatIsStale();
process.stdout.write('The admin with hot reload: http://localhost:4200\n');
await Promise.race([
  runBin('vite', ['build', '--watch', '--logLevel', 'warn'], { cwd: join(root, 'apps/api') }),
  run(process.execPath, ['--watch-path', 'dist/apps/api', ...serverCommand()], {
    env: { DEMO: process.env.DEMO ?? '1' },
  }),
  runBin('vite', [], { cwd: join(root, 'apps/admin') }),
]);
process.exit();
