import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { layDown } from './ingest.population';
import { startFloor, startProduct, type Target } from './ingest.target';
import { load, type LoadOptions, type LoadResult } from './load.client';
import { ownMemoryBytes, peakResidentBytes, processorMicroseconds } from './process.usage';
import { figure, median, percentile, say } from './statistics';
import { stateLengthIn } from './written.rows';

const ROUNDS = 3;
const MEASURE_MS = 6_000;
const LOOK_MS = 50;

/** One population, and the ways it is written to. */
interface Setting {
  /** Stored before the first measurement; events are spread over all of them. */
  leads: number;
  connections: number;
  batchSizes: readonly number[];
  warmUpEvents: number;
  /** For what the warm-up set off beside the requests: alerts, mail, code that is being optimised. */
  settleMs: number;
}

/** Enough warm-up that every lead has set off the alerts it will. */
const inBatches: Setting = { leads: 2_000, connections: 32, batchSizes: [20], warmUpEvents: 90_000, settleMs: 2_000 };
const bySize = { connections: 100, batchSizes: [1, 20, 500], warmUpEvents: 60_000, settleMs: 2_000 };
const onlyStarted: Setting = { leads: 20, connections: 2, batchSizes: [], warmUpEvents: 100, settleMs: 0 };

type Contender = 'floor' | 'product';
type Targets = Record<Contender, Target>;

interface Measured extends LoadResult {
  /** Processor time of the server; null where the system does not tell. */
  microsecondsPerEvent: number | null;
  /** The most the server held for itself; 0 where the system does not tell. */
  ownMemoryBytes: number;
}

interface Load extends Pick<LoadOptions, 'connections' | 'batchSize' | 'leads'> {
  runName: string;
}

async function measure({ url, writeKey, pid }: Target, options: Load): Promise<Measured> {
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, ownMemoryBytes(pid) ?? 0)), LOOK_MS);
  const before = processorMicroseconds(pid);
  const result = await load({ ...options, url, writeKey, until: { durationMs: MEASURE_MS } });
  clearInterval(look);
  const after = processorMicroseconds(pid);
  const isKnown = before !== null && after !== null;
  return { ...result, microsecondsPerEvent: isKnown ? (after - before) / result.events : null, ownMemoryBytes: most };
}

function describe(results: readonly Measured[]): { rate: number; cost: number | null; words: string } {
  const rate = median(results.map((result) => result.eventsPerSecond));
  const costs = results.flatMap(({ microsecondsPerEvent }) => microsecondsPerEvent ?? []);
  const cost = costs.length === 0 ? null : median(costs);
  const words = `${figure(rate)} events/s${cost === null ? '' : `, ${figure(cost)} µs of processor time per event`}`;
  return { rate, cost, words };
}

function report(options: Load, results: Record<Contender, Measured[]>, productPid: number): void {
  const product = describe(results.product);
  const floor = describe(results.floor);
  const latencies = results.product.flatMap((result) => result.latencies);
  const { batchSize, connections, leads } = options;
  say(`ingest, batches of ${batchSize}, ${connections} connections, ${figure(leads)} leads, durable and scored:`);
  say(`  product ${product.words}`);
  say(`  floor   ${floor.words}`);
  const { cost } = product;
  const ofTime = cost === null || floor.cost === null ? '' : `, by processor time ${figure(floor.cost / cost)}`;
  say(`  ratio ${figure(product.rate / floor.rate)}${ofTime}`);
  const own = Math.max(...results.product.map((result) => result.ownMemoryBytes));
  const resident = peakResidentBytes(productPid) ?? 0;
  say(`  per batch: median ${figure(median(latencies))} ms, p99 ${figure(percentile(latencies, 0.99))} ms`);
  say(`  memory of its own at most ${figure(own / 1e6)} MB, with the file it maps ${figure(resident / 1e6)} MB so far`);
}

async function compare(targets: Targets, options: Omit<Load, 'runName'>): Promise<void> {
  const results: Record<Contender, Measured[]> = { product: [], floor: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of ['floor', 'product'] as const) {
      const result = await measure(targets[name], { ...options, runName: `${options.batchSize}-${round}` });
      results[name].push(result);
      say(`ingest round ${round} ${name}: ${describe([result]).words}`);
    }
  }
  report({ ...options, runName: '' }, results, targets.product.pid);
}

async function warmUp(target: Target, { leads, connections, warmUpEvents, settleMs }: Setting): Promise<void> {
  const { url, writeKey } = target;
  const options = { url, writeKey, leads, connections, batchSize: 20, runName: 'warm' };
  await load({ ...options, until: { events: warmUpEvents } });
  await pause(settleMs);
}

async function benchSetting(setting: Setting, floorEntry: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-bench-'));
  const paths = { product: join(folder, 'product.db'), floor: join(folder, 'floor.db') };
  const running: Target[] = [];
  const { leads, connections } = setting;
  try {
    await layDown(paths.product, leads);
    copyFileSync(paths.product, paths.floor);
    const product = await startProduct(paths.product);
    running.push(product);
    await warmUp(product, setting);
    const floor = await startFloor({ path: paths.floor, entry: floorEntry, stateLength: stateLengthIn(paths.product) });
    running.push(floor);
    await warmUp(floor, setting);
    for (const batchSize of setting.batchSizes) await compare({ floor, product }, { connections, batchSize, leads });
  } finally {
    await Promise.all(running.map((target) => target.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Events per second over HTTP in batches of 20, durable and scored, against bare node:http doing the same writes. */
export async function benchIngest(floorEntry: string): Promise<void> {
  await benchSetting(inBatches, floorEntry);
}

/** The same for events one by one, in batches of 20 and of 500, at ten thousand leads and at a million. */
export async function benchIngestSizes(floorEntry: string): Promise<void> {
  for (const leads of [10_000, 1_000_000]) await benchSetting({ ...bySize, leads }, floorEntry);
}

/** Starts both and sends them a few batches, to fail where one of them no longer runs; measures nothing. */
export async function smokeIngest(floorEntry: string): Promise<void> {
  await benchSetting(onlyStarted, floorEntry);
  say(`smoke: product and floor took ${onlyStarted.warmUpEvents} events each`);
}
