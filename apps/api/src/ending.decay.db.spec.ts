import type { AlertList, LeadHistory, LeadList, ModelVersion, ScoreAnswer, Timeline } from '@rekindle/contracts';
import { DueService, OutboxService } from '@rekindle/nest';
import { aLead, daysAgo } from '@rekindle/testing';
import { DAY, TestServer, noon, type Tenant } from './server.fixture';

const iso = (instant: number): string => new Date(instant).toISOString();

describe('a model whose decay ends', () => {
  let server: TestServer;
  let acme: Tenant;
  let ids: Record<string, string>;

  beforeEach(async () => {
    server = await TestServer.start();
    server.clock.set(noon);
    acme = await server.tenant('acme');
  });
  afterEach(() => server.stop());

  const get = async <Json>(path: string) => (await server.call<Json>(path, { key: acme.apiKey })).json;
  const publish = async (decay: unknown): Promise<unknown> => {
    const { json, headers } = await server.call<ModelVersion>('/api/models/default/draft', { key: acme.apiKey });
    const document = { ...json.document, engagement: { ...json.document.engagement, decay } };
    const edit = (path: string, method: 'PUT' | 'POST', tag: unknown, body?: unknown) =>
      server.call(`/api/models/default/${path}`, {
        method,
        key: acme.apiKey,
        body,
        headers: { 'if-match': String(tag) },
      });
    const saved = await edit('draft', 'PUT', headers['etag'], document);
    return (await edit('publish', 'POST', saved.headers['etag'])).json;
  };
  const engagementOf = async (lead: string, at: number) =>
    (await get<ScoreAnswer>(`/api/leads/${ids[lead]}/score?at=${iso(at)}`)).engagement;
  const pointsOf = async (lead: string, at: number): Promise<number> => (await engagementOf(lead, at)).points;
  const order = async (query = ''): Promise<(string | null)[]> =>
    (await get<LeadList>(`/api/leads?sort=-engagement${query}`)).items.map(({ userId }) => userId);
  const passTo = async (instant: number): Promise<void> => {
    server.clock.set(instant);
    await server.app.get(DueService, { strict: false }).runUntil(instant);
    await server.app.get(OutboxService, { strict: false }).drain(instant);
  };
  /** Jane unsubscribed 29.5 days ago and has come back since; Li was keen 29 days ago; Omar looks at prices. */
  const tellStories = async (): Promise<void> => {
    ids = {
      jane: await server.tell(
        acme,
        aLead('jane')
          .identified()
          .unsubscribed(daysAgo(29.5))
          .replied(1, daysAgo(2))
          .askedForDemo(1, daysAgo(2))
          .visitedPricing(1, daysAgo(2))
          .readCaseStudy(1, daysAgo(2)),
      ),
      li: await server.tell(
        acme,
        aLead('li').identified().replied(1, daysAgo(29)).askedForDemo(1, daysAgo(29)).visitedPricing(1, daysAgo(29)),
      ),
      omar: await server.tell(acme, aLead('omar').identified().visitedPricing(3, daysAgo(20))),
    };
  };

  it('counts in full until the very instant an event leaves the window, past, present and future', async () => {
    await tellStories();
    expect(await publish({ kind: 'window', days: 30 })).toMatchObject({ version: 2, leadsRescored: 3 });
    const left = noon + DAY;
    expect(await pointsOf('li', left - 1)).toBe(25);
    expect(await pointsOf('li', left)).toBe(0);
    expect(await pointsOf('li', noon)).toBe(25);
    expect(await pointsOf('li', noon - 29 * DAY - 1)).toBe(0);
    expect(await engagementOf('jane', noon - DAY)).toMatchObject({ points: 19, band: 'medium' });
    await passTo(noon + 40 * DAY);
    expect(await pointsOf('li', left - 1)).toBe(25);
    expect(await pointsOf('li', left)).toBe(0);
  });

  it('draws a past that counts what has left the window since', async () => {
    await tellStories();
    await publish({ kind: 'window', days: 30 });
    await passTo(noon + 45 * DAY);
    const { points } = await get<LeadHistory>(`/api/leads/${ids['li']}/history?days=90&forecastDays=1`);
    for (const { at, points: shown } of points) {
      const age = Date.parse(at) - (noon - 29 * DAY);
      expect([at, shown]).toEqual([at, age > 0 && age < 30 * DAY ? 25 : 0]);
    }
    const row = (await get<LeadList>('/api/leads?q=omar')).items[0];
    expect(row?.engagement.spark).toEqual(Array.from({ length: 14 }, () => 0));
  });

  it('fires a rule and moves the band at the millisecond in which an event leaves the window', async () => {
    await publish({ kind: 'window', days: 30 });
    await tellStories();
    const risesAt = noon + DAY / 2;
    await passTo(risesAt - 1);
    expect((await get<AlertList>('/api/alerts')).items).toEqual([]);
    // The timer comes three hours late; what it finds bears the instant at which it came to be.
    await passTo(risesAt + DAY / 8);
    expect((await get<AlertList>('/api/alerts')).items).toEqual([
      expect.objectContaining({ at: iso(risesAt), rule: 'engagement-high' }),
    ]);
    await passTo(noon + 60 * DAY);
    const { items } = await get<Timeline>(`/api/leads/${ids['jane']}/timeline?limit=100`);
    const bands = items.filter(({ kind }) => kind === 'band');
    expect(bands.map(({ at }) => at).slice(0, 2)).toEqual([iso(noon + 28 * DAY), iso(risesAt)]);
  });

  it('lists leads in the order of the instant asked, although no timer has run', async () => {
    await tellStories();
    await publish({ kind: 'window', days: 30 });
    expect(await order()).toEqual(['li', 'jane', 'omar']);
    server.clock.set(noon + DAY / 2);
    expect(await order()).toEqual(['jane', 'li', 'omar']);
    expect(await order('&band=high')).toEqual(['jane']);
    server.clock.set(noon + DAY);
    expect(await order()).toEqual(['jane', 'omar', 'li']);
    expect(await order('&band=low')).toEqual(['li']);
    const byPriority = (await get<LeadList>('/api/leads?sort=-priority')).items;
    const values = byPriority.map(({ priority }) => priority.value);
    expect(values).toEqual([...values].sort((one, other) => other - one));
  });

  it('lists leads whose lines cross in the right order on either side of the crossing', async () => {
    ids = {
      fresh: await server.tell(acme, aLead('fresh').identified().askedForDemo()),
      fading: await server.tell(acme, aLead('fading').identified().replied(2, daysAgo(16))),
    };
    await publish({ kind: 'linear', days: 30 });
    expect(await order()).toEqual(['fading', 'fresh']);
    for (const [days, first] of [
      [0.5, 'fading'],
      [2, 'fresh'],
      [13.9, 'fresh'],
    ] as const) {
      server.clock.set(noon + days * DAY);
      const page = await get<LeadList>('/api/leads?sort=-engagement&limit=1');
      expect([days, page.items[0]?.userId]).toEqual([days, first]);
      const rest = await get<LeadList>(`/api/leads?sort=-engagement&limit=1&cursor=${page.nextCursor}`);
      expect(page.items[0]?.engagement.points).toBeGreaterThan(rest.items[0]?.engagement.points ?? NaN);
    }
  });

  it('goes back to a half-life with everything the events say', async () => {
    await tellStories();
    const before = await pointsOf('li', noon);
    await publish({ kind: 'step', steps: [{ untilDays: 29, percent: 100 }] });
    expect(await pointsOf('li', noon)).toBe(0);
    await passTo(noon + 20 * DAY);
    await publish(undefined);
    expect(await pointsOf('li', noon + 20 * DAY)).toBeCloseTo(before * 2 ** (-20 / 30), 9);
  });
});
