import { type LeadRow } from '@rekindle/contracts';
import { startServer, type RunningServer } from '@rekindle/testing';
import { api, DAY, leadOf, scoreOf, send, track } from './world';

/** The shipped weights of signals of which nobody here does more in a day than counts, written out once more. */
const weights: Record<string, number> = {
  'Email Replied': 10,
  'Demo Requested': 9,
  'Case Study Viewed': 4,
  'Email Link Clicked': 3,
};
const names = Object.keys(weights);

interface Act {
  event: string;
  at: number;
}

/** The direct sum over events: w · 2^(−age/30 d) for everything that has happened by `at`. */
const directSum = (acts: Act[], at: number): number =>
  acts
    .filter((act) => act.at <= at)
    .reduce((sum, act) => sum + (weights[act.event] ?? 0) * 2 ** (-(at - act.at) / (30 * DAY)), 0);

describe('scores over HTTP are the formulas of the docs', () => {
  let server: RunningServer;
  const now = Date.now();
  const history = new Map<string, Act[]>();

  beforeAll(async () => {
    server = await startServer({});
    for (let lead = 0; lead < 80; lead += 1) {
      const acts = Array.from({ length: 1 + ((lead * 7) % 13) }, (_, index) => ({
        event: names[(lead + index) % names.length] ?? '',
        at: now - Math.floor((((lead * 37 + index * 101) % 997) / 997) * 100 * DAY) - 1,
      }));
      history.set(`formula-${lead}`, acts);
    }
    const all = [...history].flatMap(([userId, acts]) => acts.map((act) => track(userId, act.event, act.at)));
    await send(server, all);
  }, 60_000);

  afterAll(() => server.stop());

  it('R12: one event of weight w exactly 30 days old contributes w/2', async () => {
    await send(server, [track('half', 'Email Replied', now - 30 * DAY)]);
    const lead = await leadOf(server, 'half');
    const score = await scoreOf(server, lead.id, now);
    expect(score.engagement.points).toBeCloseTo(5, 12);
    expect(score.engagement.contributions).toMatchObject([{ signal: 'reply', count: 1 }]);
  });

  it('a score read at any past, present or future instant is the direct sum over events, and its reasons add up to it', async () => {
    for (const [userId, acts] of [...history].slice(0, 20)) {
      const lead = await leadOf(server, userId);
      for (const at of [now - 71.3 * DAY, now - 30 * DAY, now - 1, now + 11.7 * DAY, now + 200 * DAY]) {
        const instant = Math.floor(at);
        const { engagement } = await scoreOf(server, lead.id, instant);
        const expected = directSum(acts, instant);
        expect(Math.abs(engagement.points - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, expected));
        const reasons = engagement.contributions.reduce((sum, reason) => sum + reason.points, 0);
        expect(Math.abs(reasons - engagement.points)).toBeLessThanOrEqual(1e-9);
        expect(engagement.state === 'none').toBe(acts.every((act) => act.at > instant));
      }
    }
  }, 60_000);

  it('lists leads in the order a brute-force sort gives', async () => {
    const list = await api<{ at: string; items: LeadRow[] }>(server, '/api/leads?sort=-engagement&limit=50');
    const at = Date.parse(list.at);
    const everyone: [string, Act[]][] = [...history, ['half', [{ event: 'Email Replied', at: now - 30 * DAY }]]];
    const sorted = everyone
      .map(([userId, acts]) => ({ userId, points: directSum(acts, at) }))
      .sort((one, other) => other.points - one.points)
      .slice(0, 50);
    expect(list.items.map((row) => row.userId)).toEqual(sorted.map((lead) => lead.userId));
    for (const [index, row] of list.items.entries())
      expect(row.engagement.points).toBeCloseTo(sorted[index]?.points ?? -1, 9);
  });
});
