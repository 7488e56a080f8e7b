import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventOf } from './event.mix';
import { startProduct, type Target } from './ingest.target';
import { load, postBatch, type Answered } from './load.client';
import { ownMemoryBytes } from './process.usage';
import { figure, median, percentile, say } from './statistics';
import { storedMessageIds } from './written.rows';

const LEADS = 10_000;
const BATCH = 20;
const TIMES_CAPACITY = 5;
const BURST_MS = 60_000;
const TICK_MS = 5;
/** So many sockets does a crowd of clients hold; batches beyond wait for one, in the clients. */
const MOST_SOCKETS = 400;
const PROBE_EVERY_MS = 100;
/** What a call takes when nobody else is there is far below. */
const NORMAL_MS = 100;
const LEAST_NORMAL_PROBES = 10;

/** What came of the batches of a burst. */
interface Burst {
  offeredPerSecond: number;
  accepted: { number: number; ms: number }[];
  refused: Answered[];
  /** Statuses nobody should see, and errors of sockets. */
  strange: string[];
}

const PLACE = '<number>';

/** Bodies but for the batch's number: a crowd has many machines to write its JSON on, here it has a part of one. */
const templates: string[][] = Array.from({ length: LEADS / BATCH }, (_, nth) => {
  const run = { runName: `burst-${PLACE}`, leads: LEADS, timestamp: new Date().toISOString() };
  const batch = Array.from({ length: BATCH }, (__, index) => eventOf(nth * BATCH + index, run));
  return JSON.stringify({ batch }).split(PLACE);
});
const templateOf = (number: number): string[] => templates[number % templates.length] ?? [];
const bodyOf = (number: number): string => templateOf(number).join(String(number));
const messageIdsOf = (number: number): string[] => bodyOf(number).match(/burst-\d+-\d+/g) ?? [];

/** Offers batches at a rate of its own, whatever becomes of those before. */
async function offer(target: Target, eventsPerSecond: number): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const burst: Burst = { offeredPerSecond: 0, accepted: [], refused: [], strange: [] };
  const underWay: Promise<void>[] = [];
  const one = async (number: number): Promise<void> => {
    try {
      const answer = await postBatch(target, agent, bodyOf(number));
      if (answer.status === 200) burst.accepted.push({ number, ms: answer.ms });
      else if (answer.status === 503 || answer.status === 429) burst.refused.push(answer);
      else burst.strange.push(`status ${answer.status}`);
    } catch (error) {
      burst.strange.push(String(error));
    }
  };
  const startedAt = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < BURST_MS) {
    const due = (elapsedMs / 1_000) * (eventsPerSecond / BATCH);
    while (underWay.length < due) underWay.push(one(underWay.length));
    await pause(TICK_MS);
    elapsedMs = performance.now() - startedAt;
  }
  burst.offeredPerSecond = (underWay.length * BATCH) / (elapsedMs / 1_000);
  await Promise.all(underWay);
  agent.destroy();
  return burst;
}

/** Milliseconds until calls are answered as fast as ever. */
async function untilNormal(target: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const startedAt = performance.now();
  let lastSlowAt = startedAt;
  for (let inARow = 0; inARow < LEAST_NORMAL_PROBES; inARow += 1) {
    const { status, ms } = await postBatch(target, agent, '{"batch":[]}');
    if (status !== 200 || ms > NORMAL_MS) [inARow, lastSlowAt] = [-1, performance.now()];
    await pause(PROBE_EVERY_MS);
  }
  agent.destroy();
  return lastSlowAt - startedAt;
}

function report({ offeredPerSecond, accepted, refused, strange }: Burst, capacity: number): void {
  const ms = accepted.map((answer) => answer.ms);
  const taken = (accepted.length * BATCH) / (BURST_MS / 1_000);
  say(`overload, batches of ${BATCH}, ${figure(LEADS)} leads, ${BURST_MS / 1_000} s:`);
  say(`  capacity ${figure(capacity)} events/s, offered ${figure(offeredPerSecond)}, taken in ${figure(taken)}`);
  say(`  accepted batches: median ${figure(median(ms))} ms, p99 ${figure(percentile(ms, 0.99))} ms`);
  const waits = [...new Set(refused.map(({ retryAfter }) => retryAfter ?? 'nothing'))];
  say(`  refused ${figure(refused.length)} batches, Retry-After ${waits.join(', ')}; else ${strange.length}`);
  for (const words of new Set(strange)) say(`    ${words}`);
}

function assertKept({ accepted }: Burst, stored: ReadonlySet<string>): void {
  const ids = accepted.flatMap(({ number }) => messageIdsOf(number));
  const lost = ids.filter((id) => !stored.has(id));
  say(`  acknowledged ${figure(ids.length)} events, lost ${lost.length}`);
  if (lost.length > 0) throw new Error(`acknowledged and not stored: ${lost.slice(0, 5).join(', ')}`);
}

/** Five times what the server can take, for a minute: what it answers, how long it takes, what it holds and keeps. */
export async function benchOverload(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-bench-'));
  const path = join(folder, 'product.db');
  try {
    const target = await startProduct(path);
    const lane = { url: target.url, writeKey: target.writeKey, connections: 100, batchSize: BATCH, leads: LEADS };
    await load({ ...lane, runName: 'warm', until: { events: 60_000 } });
    const { eventsPerSecond } = await load({ ...lane, runName: 'calm', until: { durationMs: 6_000 } });
    const before = ownMemoryBytes(target.pid) ?? 0;
    let most = 0;
    const look = setInterval(() => (most = Math.max(most, ownMemoryBytes(target.pid) ?? 0)), 50);
    const burst = await offer(target, TIMES_CAPACITY * eventsPerSecond);
    const normalMs = await untilNormal(target);
    clearInterval(look);
    report(burst, eventsPerSecond);
    say(`  memory of its own ${figure(before / 1e6)} MB before, at most ${figure(most / 1e6)} MB`);
    say(`  as fast as ever ${figure(normalMs)} ms after the last answer`);
    await target.stop();
    assertKept(burst, storedMessageIds(path, 'burst-'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
