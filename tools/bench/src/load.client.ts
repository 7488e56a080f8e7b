import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventOf } from './event.mix';

export interface LoadOptions {
  url: string;
  writeKey: string;
  /** Batches under way at once, one connection each. */
  connections: number;
  batchSize: number;
  /** Distinct leads the events are spread over. */
  leads: number;
  /** Makes message ids of this run unique. */
  runName: string;
  /** When to stop: after so long, or after so many events. */
  until: { durationMs: number } | { events: number };
}

export interface LoadResult {
  events: number;
  eventsPerSecond: number;
  /** Milliseconds per batch, until it was taken. */
  latencies: number[];
}

/** Milliseconds until a batch may be sent again; null: it was taken. */
function postBatch(options: LoadOptions, agent: Agent, body: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${options.url}/v1/batch`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Basic ${Buffer.from(`${options.writeKey}:`).toString('base64')}`,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve(null);
          else if (response.statusCode === 503) resolve(Number(response.headers['retry-after']) * 1_000);
          else reject(new Error(`the server answered ${response.statusCode ?? 'nothing'}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends a batch as clients do: again, when told to come back later. */
async function deliver(options: LoadOptions, agent: Agent, body: string): Promise<void> {
  let waitMs = await postBatch(options, agent, body);
  while (waitMs !== null) {
    await pause(waitMs);
    waitMs = await postBatch(options, agent, body);
  }
}

/** Sends batches of fresh events over keep-alive connections for a while. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { until, batchSize, runName, leads } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latencies: number[] = [];
  const startedAt = performance.now();
  let sent = 0;
  const isOver = (): boolean =>
    'events' in until ? sent >= until.events : performance.now() >= startedAt + until.durationMs;
  const batch = (): string => {
    const timestamp = new Date().toISOString();
    const items = Array.from({ length: batchSize }, () => eventOf((sent += 1), { runName, leads, timestamp }));
    return JSON.stringify({ batch: items });
  };
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const body = batch();
      const before = performance.now();
      await deliver(options, agent, body);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, lane));
  const seconds = (performance.now() - startedAt) / 1_000;
  agent.destroy();
  return { events: sent, eventsPerSecond: sent / seconds, latencies };
}
