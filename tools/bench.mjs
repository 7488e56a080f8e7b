// `npm run bench [-- ingest rank]`: measures the built server against a floor which is bundled beside the benchmarks.
import { ensureInstalled } from './ensure-installed.mjs';
import { run } from './run/command.mjs';
import { buildWhatIsStale } from './run/stale-build.mjs';

await ensureInstalled();
await buildWhatIsStale();
const { withBundle } = await import('./run/bundle.mjs');
const entries = ['tools/bench/src/bench.ts', 'tools/bench/src/floor.server.ts'];
process.exitCode = await withBundle(entries, ([bench, floor]) =>
  run(process.execPath, ['--enable-source-maps', bench, floor, ...process.argv.slice(2)]),
);
