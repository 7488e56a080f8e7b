import { benchIngest, benchIngestSizes, smokeIngest } from './ingest.bench';
import { benchOverload } from './overload.bench';
import { benchRank } from './rank.bench';
import { benchScoring } from './scoring.bench';
import { say } from './statistics';

const benches: Record<string, (floorEntry: string) => Promise<void>> = {
  ingest: benchIngest,
  'ingest-sizes': benchIngestSizes,
  overload: () => benchOverload(),
  rank: () => benchRank(),
  scoring: () => benchScoring(),
};

/**
 * `npm run bench [-- ingest ingest-sizes overload rank scoring]`: prints figures and their ratio to a floor or a peer
 * measured in the same run. `smoke` only tries whether they start.
 */
async function main(): Promise<void> {
  const [floorEntry = '', ...wanted] = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(benches);
  for (const name of names) {
    const bench = name === 'smoke' ? smokeIngest : benches[name];
    if (!bench) throw new RangeError(`no benchmark is called ${name}; there are: ${Object.keys(benches).join(', ')}`);
    await bench(floorEntry);
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
