import type { Calibration, Import, IngestResponse, ModelFit, ModelVersion } from '@rekindle/contracts';
import { ImportWorker } from '@rekindle/nest';
import { aLead, daysAgo } from '@rekindle/testing';
import { DAY, noon, TestServer, type Answer, type Tenant } from './server.fixture';

const MODEL = '/api/models/default';
const decidedAt = noon - 5 * DAY;

/** As it is where every row has decided leads. */
type Known<T> = T extends object ? { [Key in keyof T]: Known<NonNullable<T[Key]>> } : T;
type Fitted = Extract<ModelFit, { state: 'fitted' }>;
type Refused = Extract<ModelFit, { state: 'refused' }>;

interface Story {
  id: string;
  replies: number;
  visits: number;
  isWon: boolean;
}

/** Numbers 0–1 that are the same in every run (Numerical Recipes' quick generator). */
function* numbers(): Generator<number, never> {
  for (let seed = 12; ;) {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield seed / 2 ** 32;
  }
}

/** The more replies, the likelier won; visits of the pricing page have nothing to do with it. */
function storiesOf(count: number): Story[] {
  const random = numbers();
  return Array.from({ length: count }, (_, index) => {
    const replies = Math.floor(random.next().value * 5);
    const visits = Math.floor(random.next().value * 3);
    return { id: `lead-${index}`, replies, visits, isWon: random.next().value < (1 + replies) / 6 };
  });
}

/** The score just before the decision, by hand: a reply is worth 10, a visit 6, a day of 30 has gone by. */
function scoreOf({ replies, visits }: Story): number | null {
  const points = (10 * replies + 6 * visits) * 2 ** (-1 / 30);
  return points === 0 ? null : 100 * (1 - 2 ** (-points / 20));
}

function bandOf(score: number | null): string | null {
  if (score === null) return null;
  return score >= 60 ? 'high' : score >= 25 ? 'medium' : 'low';
}

describe('how leads ended, against what they were worth just before', () => {
  const stories = storiesOf(240);
  let server: TestServer;
  let acme: Tenant;
  let other: Tenant;

  const bring = async (tenant: Tenant, file: string): Promise<void> => {
    const call = (path: string, method: 'GET' | 'POST' | 'PUT', body?: unknown) =>
      server.call<Import>(path, {
        method,
        key: tenant.apiKey,
        body,
        headers: body ? { 'content-type': 'text/csv' } : {},
      });
    const { id } = (await call('/api/imports?kind=outcomes&name=deals.csv', 'POST', file)).json;
    for (const step of ['check', 'run']) {
      expect((await call(`/api/imports/${id}/${step}`, 'POST')).status).toBe(202);
      await server.app.get(ImportWorker, { strict: false }).drain();
    }
    expect((await call(`/api/imports/${id}`, 'GET')).json.state).toBe('done');
  };
  const outcomeRows = (rows: readonly [id: string, stage: string, at: number][]): string =>
    ['user id,stage,close date', ...rows.map(([id, stage, at]) => `${id},${stage},${new Date(at).toISOString()}`)].join(
      '\n',
    );
  const calibration = async (tenant = acme): Promise<Answer<Known<Calibration>>> =>
    server.call(`${MODEL}/calibration`, { key: tenant.apiKey });
  const fitted = <Fit extends ModelFit>(tenant = acme): Promise<Answer<Fit>> =>
    server.call(`${MODEL}/draft/fit`, { method: 'POST', key: tenant.apiKey });

  beforeAll(async () => {
    server = await TestServer.start();
    server.clock.set(noon);
    acme = await server.tenant('acme');
    other = await server.tenant('other');
    const told = stories.map(({ id, replies, visits, isWon }) => {
      const before = aLead(id).identified().replied(replies, daysAgo(6)).visitedPricing(visits, daysAgo(6));
      // Those who were lost are the liveliest afterwards: whoever looks there finds the opposite.
      return isWon ? before : before.replied(9, daysAgo(2));
    });
    const undecided = ['quiet', 'silent'].map((id) => aLead(id).identified().replied(3, daysAgo(6)));
    const authorization = `Basic ${Buffer.from(`${acme.writeKey}:`).toString('base64')}`;
    const batch = [...told, ...undecided].flatMap((lead) => lead.items(noon));
    const sent = await server.call<IngestResponse>('/v1/batch', {
      method: 'POST',
      body: { batch },
      headers: { authorization },
    });
    expect(sent.json.accepted).toBe(batch.length);
    const decided = stories.map(({ id, isWon }): [string, string, number] => [id, isWon ? 'Won' : 'Lost', decidedAt]);
    await bring(acme, outcomeRows(decided));
  }, 60_000);
  afterAll(() => server.stop());

  it('counts every band as the stories have it, with nothing of what came after', async () => {
    const { status, json } = await calibration();
    expect([status, json.model]).toEqual([200, { key: 'default', version: 1 }]);
    const won = stories.filter(({ isWon }) => isWon).length;
    expect(json.leads).toEqual({ won, lost: stories.length - won, withoutOutcome: 2, leftOut: 0 });
    expect(json.bands.rows.map(({ key }) => key)).toEqual(['high', 'medium', 'low', null]);
    for (const { key, decided, won: wins, lost, rate } of json.bands.rows) {
      const members = stories.filter((story) => bandOf(scoreOf(story)) === key);
      const winners = members.filter(({ isWon }) => isWon).length;
      expect([key, decided, wins, lost]).toEqual([key, members.length, winners, members.length - winners]);
      expect(rate).toBeCloseTo(winners / members.length, 12);
    }
  });

  it('gives intervals whose ends are as far from the rate as 95 % allow, and marks thin rows', async () => {
    const { bands, warnings } = (await calibration()).json;
    for (const { key, rate, decided, interval, isThin } of bands.rows) {
      for (const end of [interval.low, interval.high].filter((share) => share > 0 && share < 1)) {
        expect(Math.abs(rate - end) / Math.sqrt((end * (1 - end)) / decided)).toBeCloseTo(1.959964, 5);
      }
      expect(isThin).toBe(decided < 30);
      expect(warnings.some((words) => words.startsWith(`The band ${key ?? 'unknown'} has`))).toBe(isThin);
    }
    expect(bands.rows.some(({ isThin }) => isThin)).toBe(true);
  });

  it('ranks in tenths without a lead lost, and says how well, pair by pair', async () => {
    const { deciles, auc, isBetterThanChance } = (await calibration()).json;
    const scored = stories.flatMap((story) => {
      const score = scoreOf(story);
      return score === null ? [] : [{ score, isWon: story.isWon }];
    });
    const rows = deciles.rows.filter(({ key, decided }) => key && decided > 0);
    for (const [index, { minScore, maxScore, decided, won }] of rows.entries()) {
      const members = scored.filter(({ score }) => score >= minScore - 1e-6 && score <= maxScore + 1e-6);
      expect([decided, won]).toEqual([members.length, members.filter(({ isWon }) => isWon).length]);
      if (index > 0) expect(maxScore).toBeLessThan(rows[index - 1]?.minScore ?? NaN);
    }
    expect(rows.reduce((sum, { decided }) => sum + decided, 0)).toBe(scored.length);
    const pairs = scored
      .filter(({ isWon }) => isWon)
      .flatMap((winner) => scored.filter(({ isWon }) => !isWon).map((loser) => winner.score - loser.score));
    const halves = pairs.reduce((sum, gap) => sum + (Math.abs(gap) < 1e-9 ? 1 : gap > 0 ? 2 : 0), 0);
    expect(auc.auc).toBeCloseTo(halves / (2 * pairs.length), 9);
    expect(isBetterThanChance).toBe(auc.interval.low > 0.5);
  });

  it('fits weights as a draft that can be saved: what tells won from lost, and nothing for what does not', async () => {
    const options = { key: acme.apiKey };
    const read = await server.call<ModelVersion>(`${MODEL}/draft`, options);
    const signals = read.json.document.engagement.signals;
    for (const signal of signals) if (signal.key === 'reply') signal.weightPoints = 4;
    const headers = { 'if-match': String(read.headers['etag']) };
    const saved = await server.call(`${MODEL}/draft`, { ...options, method: 'PUT', body: read.json.document, headers });
    const { json } = await fitted<Fitted>();
    const won = stories.filter(({ isWon }) => isWon).length;
    expect(json).toMatchObject({
      state: 'fitted',
      sample: { won, lost: stories.length - won, undecided: 0, leaking: 0 },
    });
    const featureOf = (key: string) => json.features.find((feature) => feature.key === key);
    const refusalOf = (key: string) => featureOf(key)?.refusal?.code;
    const reply = featureOf('reply');
    expect(reply).toMatchObject({ label: 'Replied to an e-mail', pointsBefore: 4, points: 10, isClear: true });
    expect(reply?.refusal).toBeNull();
    expect(reply?.interval.low).toBeGreaterThan(0);
    expect(reply?.interval.high).toBeGreaterThanOrEqual(10);
    expect(refusalOf('pricing-page')).toBe('unclear');
    expect(refusalOf('demo-request')).toBe('never-varies');
    const weightOf = (key: string) =>
      json.document.engagement.signals.find((signal) => signal.key === key)?.weightPoints;
    expect([weightOf('reply'), weightOf('pricing-page')]).toEqual([10, 6]);
    const unsaved = (await server.call<ModelVersion>(`${MODEL}/draft`, options)).json.document.engagement.signals;
    expect(unsaved.find(({ key }) => key === 'reply')?.weightPoints).toBe(4);
    const again = { 'if-match': String(saved.headers['etag']) };
    const taken = await server.call(`${MODEL}/draft`, {
      ...options,
      method: 'PUT',
      body: json.document,
      headers: again,
    });
    expect(taken.status).toBe(200);
  });

  it('P17: reads nothing of another workspace, and says why a small sample is not fitted', async () => {
    const empty = (await calibration(other)).json;
    expect(empty.leads).toEqual({ won: 0, lost: 0, withoutOutcome: 0, leftOut: 0 });
    expect([empty.bands.rows, empty.auc, empty.warnings.length]).toEqual([[], null, 1]);
    for (const id of ['lead-1', 'lead-2']) await server.tell(other, aLead(id).identified().replied(1, daysAgo(6)));
    await bring(
      other,
      outcomeRows([
        ['lead-1', 'Won', decidedAt],
        ['lead-2', 'Won', decidedAt],
      ]),
    );
    expect((await calibration(other)).json.leads).toEqual({ won: 2, lost: 0, withoutOutcome: 0, leftOut: 0 });
    const { json } = await fitted<Refused>(other);
    expect(json).toMatchObject({ state: 'refused', sample: { won: 2, lost: 0 } });
    expect(json.refusals[0]).toEqual({
      code: 'too-few-conversions',
      message: '2 won and 0 lost leads; at least 50 of each are needed.',
    });
    for (const path of ['/calibration', '/draft/fit']) {
      const method = path === '/calibration' ? 'GET' : 'POST';
      expect((await server.call(`/api/models/nothing${path}`, { method, key: other.apiKey })).status).toBe(404);
    }
  });

  it('takes the first of several outcomes: what follows may follow from it', async () => {
    await server.tell(other, aLead('twice').identified().replied(1, daysAgo(6)));
    await bring(
      other,
      outcomeRows([
        ['twice', 'Won', decidedAt + 2 * DAY],
        ['twice', 'Lost', decidedAt],
      ]),
    );
    expect((await calibration(other)).json.leads).toMatchObject({ won: 2, lost: 1 });
  });
});
