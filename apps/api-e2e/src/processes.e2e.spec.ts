import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { api, DAY, everything, post, scoreOf, send, track } from './world';

const PROCESSES = 3;
const EVENTS = 3_000;
const LEADS = 50;
const BATCH = 25;
/** Each process dies so often, with a batch under way. */
const DEATHS = 2;
const names = ['Email Replied', 'Demo Requested', 'Case Study Viewed', 'Email Link Clicked', 'Pricing Page Viewed'];

type Message = ReturnType<typeof track>;
interface Scored {
  points: number;
  events: number;
}

/** The same every time, and in no order. */
const scatter = (value: number): number => (Math.imul(value + 1, 0x9e3779b1) ^ (value >>> 3)) >>> 0;

function deliveriesOf(messages: readonly Message[]): Message[][] {
  const several = messages.flatMap((message, index) => Array.from({ length: 1 + (index % 3) }, () => message));
  const shuffled = several
    .map((message, index) => ({ message, place: scatter(index) }))
    .sort((one, other) => one.place - other.place)
    .map(({ message }) => message);
  const count = Math.ceil(shuffled.length / BATCH);
  return Array.from({ length: count }, (_, nth) => shuffled.slice(nth * BATCH, (nth + 1) * BATCH));
}

async function isTaken(server: RunningServer, batch: readonly Message[]): Promise<boolean> {
  try {
    const response = await post(server, '/v1/batch', { batch });
    await response.text();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Delivers through one process of several, which is killed now and then. */
async function deliver(queue: Message[][], env: Record<string, string>): Promise<RunningServer> {
  let server = await startServer({ env });
  const share = Math.floor(queue.length / PROCESSES / (DEATHS + 1));
  for (let taken = 1, batch = queue.shift(); batch !== undefined; taken += 1, batch = queue.shift()) {
    if (taken % share === 0 && taken <= share * DEATHS) {
      const last = isTaken(server, batch);
      await server.kill();
      await last;
      server = await startServer({ env });
    }
    while (!(await isTaken(server, batch))) await pause(20);
  }
  return server;
}

async function scoresOf(server: RunningServer, at: number): Promise<Map<string, Scored>> {
  const leads = await everything<{ id: string; userId: string }>(server, '/api/leads?sort=-engagement');
  const scores = new Map<string, Scored>();
  for (const { id, userId } of leads) {
    const { engagement } = await scoreOf(server, id, at);
    const { items } = await api<{ items: unknown[] }>(server, `/api/leads/${id}/events?limit=200`);
    scores.set(userId, { points: engagement.points, events: items.length });
  }
  return scores;
}

describe(`${PROCESSES} processes on one database`, () => {
  const at = Date.now();
  const messages = Array.from({ length: EVENTS }, (_, index) =>
    track(`lead-${index % LEADS}`, names[scatter(index) % names.length] ?? '', at - (scatter(index) % (80 * DAY))),
  );
  const running: RunningServer[] = [];
  let several: Map<string, Scored>;
  let alone: Map<string, Scored>;

  beforeAll(async () => {
    const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(), 'rekindle.db')}`, SECRET_KEY: 'k'.repeat(48) };
    const queue = deliveriesOf(messages);
    running.push(...(await Promise.all(Array.from({ length: PROCESSES }, () => deliver(queue, env)))));
    const single = await startServer();
    running.push(single);
    for (let sent = 0; sent < EVENTS; sent += 500) await send(single, messages.slice(sent, sent + 500));
    alone = await scoresOf(single, at);
    several = await scoresOf(running[0] as RunningServer, at);
  }, 240_000);
  afterAll(() => Promise.all(running.map((server) => server.stop())));

  it('make of doubled and shuffled deliveries what one process makes of each event once, though they die (P2, P4)', () => {
    expect([...several.keys()].sort()).toEqual([...alone.keys()].sort());
    expect(alone.size).toBe(LEADS);
    for (const [userId, { points, events }] of alone) {
      const found = several.get(userId);
      expect([userId, found?.events]).toEqual([userId, events]);
      expect(Math.abs((found?.points ?? 0) - points)).toBeLessThanOrEqual(1e-9 * points);
    }
  });

  it('all say the same', async () => {
    for (const server of running.slice(1, PROCESSES)) expect(await scoresOf(server, at)).toEqual(several);
  });
});
