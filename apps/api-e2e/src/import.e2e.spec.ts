import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Import } from '@rekindle/contracts';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { everything } from './world';

const ROWS = 12_000;
const LEADS = 400;
const KILLS = 2;

const rows = Array.from({ length: ROWS }, (_, index) => {
  const at = new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString();
  return `p${index % LEADS},Email Clicked,${at},${index}`;
});
const file = `user id,event,at,row\n${rows.join('\n')}\n,Nobody,2025-01-01,x\n`;

async function call<T>(server: RunningServer, path: string, init: RequestInit = {}): Promise<T> {
  const type: Record<string, string> = init.body === undefined ? {} : { 'content-type': 'text/csv' };
  const headers = { authorization: `Bearer ${server.apiKey}`, ...type };
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

async function until(server: RunningServer, id: string, isThere: (job: Import) => boolean): Promise<Import> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const job = await call<Import>(server, `/api/imports/${id}`);
    if (isThere(job)) return job;
    if (performance.now() > deadline) throw new Error(`still ${job.state}, ${job.rowsDone} rows: ${job.error}`);
    await pause(20);
  }
}

const scoresOf = async (server: RunningServer): Promise<Map<string, unknown>> => {
  const leads = await everything<{ userId: string; usage: unknown; engagement: { points: number } }>(
    server,
    '/api/leads?sort=-engagement',
  );
  return new Map(leads.map(({ userId, usage, engagement }) => [userId, { usage, state: engagement.points > 0 }]));
};

async function checked(server: RunningServer): Promise<string> {
  const { id } = await call<Import>(server, '/api/imports?kind=events&name=clicks.csv', { method: 'POST', body: file });
  await call(server, `/api/imports/${id}/check`, { method: 'POST' });
  await until(server, id, ({ state }) => state === 'checked');
  return id;
}

describe('an import', () => {
  it(`survives ${KILLS} kills while it runs and ${KILLS} while it is undone, and doubles and loses nothing`, async () => {
    const clean = await startServer();
    const cleanId = await checked(clean);
    await call(clean, `/api/imports/${cleanId}/run`, { method: 'POST' });
    await until(clean, cleanId, ({ state }) => state === 'done');
    const expected = await scoresOf(clean);
    await clean.stop();

    const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(), 'rekindle.db')}`, SECRET_KEY: 'k'.repeat(48) };
    let server = await startServer({ env });
    const id = await checked(server);
    await call(server, `/api/imports/${id}/run`, { method: 'POST' });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until(server, id, ({ state, rowsDone }) => state !== 'running' || rowsDone >= (kill * ROWS) / (KILLS + 2));
      await server.kill();
      server = await startServer({ env });
    }
    const done = await until(server, id, ({ state }) => state === 'done');
    expect(done).toMatchObject({ rowsDone: ROWS + 1, imported: ROWS, unchanged: 0, skipped: 0, rejected: 1 });
    expect(await scoresOf(server)).toEqual(expected);

    await call(server, `/api/imports/${id}/undo`, { method: 'POST' });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await pause(30 * kill);
      await server.kill();
      server = await startServer({ env });
    }
    await until(server, id, ({ state }) => state === 'undone');
    expect(await everything(server, '/api/events')).toEqual([]);
    expect((await scoresOf(server)).size).toBe(0);
    await server.stop();
  }, 300_000);
});
