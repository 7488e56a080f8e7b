import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventOf } from './event.mix';

interface Recipient {
  url: string;
  writeKey: string;
}

export interface LoadOptions extends Recipient {
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

/** What a server said to a batch. */
export interface Answered {
  status: number;
  retryAfter: string | undefined;
  /** Milliseconds since the batch had a connection: until then it waited in the client itself. */
  ms: number;
}

/** Sends one batch. */
export function postBatch({ url, writeKey }: Recipient, agent: Agent, body: string): Promise<Answered> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization };
  return new Promise((resolve, reject) => {
    let startedAt = performance.now();
    const outgoing = request(`${url}/v1/batch`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      const { statusCode: status = 0 } = response;
      const retryAfter = response.headers['retry-after'];
      response.on('end', () => resolve({ status, retryAfter, ms: performance.now() - startedAt }));
      response.on('error', reject);
    });
    outgoing.once('socket', () => (startedAt = performance.now()));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends a batch as clients do: again, when told to come back later. */
async function deliver(recipient: Recipient, agent: Agent, body: string): Promise<void> {
  let answer = await postBatch(recipient, agent, body);
  while (answer.status === 503) {
    await pause(Number(answer.retryAfter) * 1_000);
    answer = await postBatch(recipient, agent, body);
  }
  if (answer.status !== 200) throw new Error(`the server answered ${answer.status}`);
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
