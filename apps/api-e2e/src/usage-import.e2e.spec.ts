import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordedPath, startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { type LeadRow } from '@rekindle/contracts';
import { DAY, everything, leadOf, scoreOf } from './world';

const root = join(__dirname, '../../..');
const file = recordedPath('usage/november_2018_30days.ndjson');
const run = promisify(execFile);

interface Row {
  ts: number;
  userId: string;
  sessionId: number;
  page: string;
}

/** The plain recomputation: every definition of the model's usage strategy written out once more. */
function recompute(rows: Row[], at: number) {
  const inWindow = rows.filter((row) => row.ts <= at && row.ts > at - 30 * DAY);
  const past = rows.filter((row) => row.ts <= at);
  const events = inWindow.length;
  const features = new Set(inWindow.map((row) => row.page)).size;
  const ageDays = past.length === 0 ? null : (at - Math.max(...past.map((row) => row.ts))) / DAY;
  const tier = events >= 50 ? 'power' : events >= 10 ? 'active' : events >= 1 ? 'at-risk' : 'dormant';
  const recency = ageDays === null ? 0 : 2 ** (-ageDays / 7);
  const score = 100 * (0.5 * (events / (events + 10)) + 0.3 * recency + 0.2 * (features / (features + 3)));
  return { events, features, tier, score, days: ageDays === null ? null : Math.floor(ageDays) };
}

const readRows = (path: string): Row[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

async function importFile(server: RunningServer, path: string): Promise<string> {
  const options = ['--url', server.url, '--write-key', server.writeKey];
  const { stdout } = await run('npm', ['run', '--silent', 'import:usage', '--', path, ...options], { cwd: root });
  return stdout;
}

/** Compares every user's usage at an instant with the plain recomputation. */
async function compareUsers(server: RunningServer, byUser: Map<string, Row[]>, at: number): Promise<void> {
  for (const [userId, own] of byUser) {
    const lead = await leadOf(server, userId);
    const { usage } = await scoreOf(server, lead.id, at);
    const { score, ...expected } = recompute(own, at);
    expect({
      userId,
      events: usage.events30d,
      features: usage.distinctFeatures,
      tier: usage.tier,
      days: usage.daysSinceLast,
    }).toEqual({ userId, ...expected });
    expect(usage.score).toBeCloseTo(score, 9);
  }
}

function usersOf(rows: Row[]): Map<string, Row[]> {
  const byUser = new Map<string, Row[]>();
  for (const row of rows) if (row.userId) byUser.set(row.userId, [...(byUser.get(row.userId) ?? []), row]);
  return byUser;
}

describe('importing a log of app usage', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({});
  }, 60_000);

  afterAll(() => server.stop());

  it('takes users, strangers and an unreadable line from a file, twice without effect', async () => {
    const start = Date.UTC(2024, 0, 1);
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ts: start + index * 9 * 3_600_000,
      userId: index % 6 === 0 ? '' : `small-${index % 2}`,
      sessionId: index % 12,
      page: ['Home', 'Reports', 'Export'][index % 3] ?? '',
    }));
    const path = join(temporaryFolder(), 'usage.ndjson');
    writeFileSync(path, `${rows.map((row) => JSON.stringify(row)).join('\n')}\nnot json\n`);
    expect(await importFile(server, path)).toMatch(/"accepted":60,.*"unreadable":1/);
    expect(await importFile(server, path)).toMatch(/"accepted":0,"duplicate":60/);
    await compareUsers(server, usersOf(rows), start + 31 * DAY);
    const leads = await everything<LeadRow>(server, '/api/leads');
    const sessions = new Set(rows.filter((row) => !row.userId).map((row) => row.sessionId));
    expect(leads.filter((lead) => lead.userId === null)).toHaveLength(sessions.size);
  }, 60_000);
});

if (file !== null) {
  describe('importing the real log of November 2018', () => {
    let server: RunningServer;
    const rows = readRows(file);

    beforeAll(async () => {
      server = await startServer({});
      await importFile(server, file);
    }, 120_000);

    afterAll(() => server.stop());

    it('gives the 97 users the tiers and usage scores of a plain recomputation', async () => {
      const byUser = usersOf(rows);
      expect(byUser.size).toBe(97);
      for (const at of [Date.UTC(2018, 10, 15), Date.UTC(2018, 11, 1), Date.UTC(2018, 11, 12, 7)]) {
        await compareUsers(server, byUser, at);
      }
    }, 120_000);

    it('never makes one giant lead of the 286 rows without a user', async () => {
      const strangers = rows.filter((row) => !row.userId);
      expect(strangers).toHaveLength(286);
      const sessions = new Set(strangers.map((row) => row.sessionId));
      const leads = await everything<LeadRow>(server, '/api/leads?sort=-lastActivityAt');
      expect(leads.filter((lead) => lead.userId === null)).toHaveLength(sessions.size);
      expect(leads).toHaveLength(97 + sessions.size);
    });

    it('changes nothing when the same file is imported again', async () => {
      const before = await everything<{ id: string }>(server, '/api/events');
      expect(await importFile(server, file)).toMatch(/"accepted":0,"duplicate":8056/);
      expect(await everything<{ id: string }>(server, '/api/events')).toHaveLength(before.length);
    }, 60_000);
  });
}
