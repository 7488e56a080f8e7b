import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFloor, startProduct, type Target } from './ingest.target';
import { load, type LoadOptions, type LoadResult } from './load.client';
import { processorMicroseconds } from './processor.time';
import { figure, median, percentile, say } from './statistics';
import { stateLengthIn } from './written.rows';

const ROUNDS = 3;
const MEASURE_MS = 6_000;
const BATCH_SIZE = 20;
const CONNECTIONS = 32;
const LEADS = 2_000;
/** Enough that every lead exists and has set off the alerts it will. */
const WARM_UP_EVENTS = 45 * LEADS;
/** For what the warm-up set off beside the requests: alerts, mail, code that is being optimised. */
const SETTLE_MS = 2_000;

interface Measured extends LoadResult {
  /** Processor time of the server; null where the system does not tell. */
  microsecondsPerEvent: number | null;
}

function loadOn(target: Target, runName: string, until: LoadOptions['until']): Promise<LoadResult> {
  const { url, writeKey } = target;
  return load({ url, writeKey, connections: CONNECTIONS, batchSize: BATCH_SIZE, leads: LEADS, runName, until });
}

async function warmUp(target: Target, name: string): Promise<void> {
  await loadOn(target, `${name}-warm`, { events: WARM_UP_EVENTS });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

async function measure(target: Target, runName: string): Promise<Measured> {
  const before = processorMicroseconds(target.pid);
  const result = await loadOn(target, runName, { durationMs: MEASURE_MS });
  const after = processorMicroseconds(target.pid);
  const isKnown = before !== null && after !== null;
  return { ...result, microsecondsPerEvent: isKnown ? (after - before) / result.events : null };
}

function describe(results: readonly Measured[]): { rate: number; cost: number | null; words: string } {
  const rate = median(results.map((result) => result.eventsPerSecond));
  const costs = results.flatMap(({ microsecondsPerEvent }) => microsecondsPerEvent ?? []);
  const cost = costs.length === 0 ? null : median(costs);
  const words = `${figure(rate)} events/s${cost === null ? '' : `, ${figure(cost)} µs of processor time per event`}`;
  return { rate, cost, words };
}

function report(results: Record<'product' | 'floor', Measured[]>): void {
  const product = describe(results.product);
  const floor = describe(results.floor);
  const latencies = results.product.flatMap((result) => result.latencies);
  say(`ingest, batches of ${BATCH_SIZE}, ${CONNECTIONS} connections, ${LEADS} leads, durable and scored:`);
  say(`  product ${product.words}`);
  say(`  floor   ${floor.words}`);
  const { cost } = product;
  const ofTime = cost === null || floor.cost === null ? '' : `, by processor time ${figure(floor.cost / cost)}`;
  say(`  ratio ${figure(product.rate / floor.rate)}${ofTime}`);
  say(`  per batch: median ${figure(median(latencies))} ms, p99 ${figure(percentile(latencies, 0.99))} ms`);
}

/** Events per second over HTTP in batches of 20, durable and scored, against bare node:http doing the same writes. */
export async function benchIngest(floorEntry: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-bench-'));
  const results: Record<'product' | 'floor', Measured[]> = { product: [], floor: [] };
  const running: Target[] = [];
  try {
    const product = await startProduct(join(folder, 'product.db'));
    running.push(product);
    await warmUp(product, 'product');
    const stateLength = stateLengthIn(join(folder, 'product.db'));
    const floor = await startFloor({ path: join(folder, 'floor.db'), entry: floorEntry, stateLength });
    running.push(floor);
    await warmUp(floor, 'floor');
    const targets = { floor, product };
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const name of ['floor', 'product'] as const) {
        const result = await measure(targets[name], `${name}-${round}`);
        results[name].push(result);
        say(`ingest round ${round} ${name}: ${describe([result]).words}`);
      }
    }
  } finally {
    await Promise.all(running.map((target) => target.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
  report(results);
}
