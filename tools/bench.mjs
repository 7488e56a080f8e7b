// `npm run bench [-- ingest rank]`: measures the built server against a floor which is bundled beside the benchmarks.
// With --built it takes the server as it was built last.
import { ensureInstalled } from './ensure-installed.mjs';
import { run } from './run/command.mjs';
import { buildWhatIsStale } from './run/stale-build.mjs';

await ensureInstalled();
const wanted = process.argv.slice(2).filter((argument) => argument !== '--built');
if (wanted.length === process.argv.length - 2) await buildWhatIsStale();
const { withBundle } = await import('./run/bundle.mjs');
const entries = ['tools/bench/src/bench.ts', 'tools/bench/src/floor.server.ts'];
process.exitCode = await withBundle(entries, ([bench, floor]) =>
  run(process.execPath, ['--enable-source-maps', bench, floor, ...wanted]),
);
