import type {
  LeadDetail,
  LeadHistory,
  LeadList,
  ModelList,
  ModelVersion,
  Problem,
  RuleList,
  ScoreAnswer,
  StoredEventList,
  Timeline,
  WorkspaceSummary,
} from '@rekindle/contracts';
import { aLead, daysAgo } from '@rekindle/testing';
import { DAY, TestServer, noon, type Answer, type Tenant } from './server.fixture';

const HALF_LIFE = 30 * DAY;
const iso = (instant: number): string => new Date(instant).toISOString();

describe('the management API', () => {
  let server: TestServer;
  let acme: Tenant;
  let jane: string;

  beforeAll(async () => {
    server = await TestServer.start();
    acme = await server.tenant('acme');
    jane = await server.tell(
      acme,
      aLead('jane').identified({ title: 'CTO' }).visitedPricing(1, daysAgo(30)).replied(1, daysAgo(1)),
    );
    await server.tell(acme, aLead('omar').identified().opened(2, daysAgo(2)));
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.set(noon));

  const get = <Json>(path: string) => server.call<Json>(path, { key: acme.apiKey });
  const pointsAt = async (at: number): Promise<number> =>
    (await get<ScoreAnswer>(`/api/leads/${jane}/score?at=${iso(at)}`)).json.engagement.points;

  describe('of scores', () => {
    it('shows the score as it was at a past instant', async () => {
      expect(await pointsAt(noon - 31 * DAY)).toBe(0);
      expect(await pointsAt(noon - 30 * DAY)).toBeCloseTo(6, 9);
      expect(await pointsAt(noon - 15 * DAY)).toBeCloseTo(6 * 2 ** -0.5, 9);
    });

    it('shows it now and as it will be if nothing happens', async () => {
      const sum = (at: number) =>
        6 * 2 ** -((at - noon + 30 * DAY) / HALF_LIFE) + 10 * 2 ** -((at - noon + DAY) / HALF_LIFE);
      expect(await pointsAt(noon)).toBeCloseTo(sum(noon), 9);
      expect(await pointsAt(noon + 100 * DAY)).toBeCloseTo(sum(noon + 100 * DAY), 9);
    });

    it('explains the points to the last digit', async () => {
      const { engagement, at } = (await get<ScoreAnswer>(`/api/leads/${jane}/score`)).json;
      const total = engagement.contributions.reduce((sum, { points }) => sum + points, 0);
      expect(total).toBeCloseTo(engagement.points, 9);
      expect(at).toBe(iso(noon));
    });

    it('takes instants with an offset and refuses anything else', async () => {
      expect((await get<ScoreAnswer>(`/api/leads/${jane}/score?at=2026-03-02T14:00:00%2B02:00`)).json.at).toBe(
        iso(noon),
      );
      for (const at of ['now', '2026-03-02', '1772452800000', '2026-13-01T00:00:00Z']) {
        expect((await get(`/api/leads/${jane}/score?at=${at}`)).json).toMatchObject({
          status: 400,
          errors: [{ path: 'at' }],
        });
      }
    });

    it('draws the history that ends in the score of now and goes on as the forecast', async () => {
      const { points } = (await get<LeadHistory>(`/api/leads/${jane}/history?days=40&forecastDays=10`)).json;
      expect(points).toHaveLength(51);
      const midnight = points.find(({ at }) => at === iso(noon - 10.5 * DAY));
      expect(midnight?.points).toBeCloseTo(await pointsAt(noon - 10.5 * DAY), 9);
      const now = points.find(({ at }) => at === iso(noon));
      expect(now?.points).toBeCloseTo(await pointsAt(noon), 9);
      const last = points.at(-1);
      expect(last).toMatchObject({ isForecast: true });
      expect(last?.points).toBeCloseTo(await pointsAt(Date.parse(last?.at ?? '')), 9);
    });
  });

  describe('of lists', () => {
    it('sorts leads best first and walks the pages without a gap', async () => {
      const all = (await get<LeadList>('/api/leads?sort=-engagement')).json;
      expect(all.total).toBe(2);
      expect(all.items.map(({ userId }) => userId)).toEqual(['jane', 'omar']);
      const first = (await get<LeadList>('/api/leads?sort=-engagement&limit=1')).json;
      const second = (await get<LeadList>(`/api/leads?sort=-engagement&limit=1&cursor=${first.nextCursor}`)).json;
      expect([first.items[0]?.id, second.items[0]?.id]).toEqual(all.items.map(({ id }) => id));
      expect([second.nextCursor, second.at]).toEqual([null, first.at]);
    });

    it('tells everything that happened to a lead in pages, newest first', async () => {
      const whole = (await get<Timeline>(`/api/leads/${jane}/timeline?limit=200`)).json.items;
      const walked = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const path: string = `/api/leads/${jane}/timeline?limit=2${cursor && `&cursor=${cursor}`}`;
        const { json }: Answer<Timeline> = await get(path);
        walked.push(...json.items);
        cursor = json.nextCursor;
      }
      expect(walked).toEqual(whole);
      expect(whole.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['event', 'band']));
    });

    it('shows every stored event with its status', async () => {
      const { items } = (await get<StoredEventList>('/api/events?status=scored')).json;
      expect(items).toHaveLength(6);
      expect((await get<StoredEventList>('/api/events?status=rejected')).json.items).toEqual([]);
    });

    it('offers the choices of the workspace and its rules in words', async () => {
      const workspace = (await get<WorkspaceSummary>('/api/workspace')).json;
      expect(workspace).toMatchObject({ id: acme.workspaceId, name: 'acme' });
      expect(workspace.rules.map(({ key }) => key)).toEqual(['engagement-high', 'gone-quiet', 'spike']);
      const { items } = (await get<RuleList>('/api/rules')).json;
      for (const rule of items)
        expect(rule).toMatchObject({
          isEnabled: true,
          brokenReason: null,
          sentence: expect.stringMatching(/^\w.*\.$/),
        });
    });
  });

  describe('of models', () => {
    const draft = '/api/models/default/draft';
    const put = <Json = ModelVersion>(body: unknown, tag?: unknown) =>
      server.call<Json>(draft, {
        method: 'PUT',
        key: acme.apiKey,
        body,
        headers: tag === undefined ? {} : { 'if-match': String(tag) },
      });
    const publish = (tag: unknown) =>
      server.call('/api/models/default/publish', {
        method: 'POST',
        key: acme.apiKey,
        headers: { 'if-match': String(tag) },
      });

    it('saves a draft only over the one that was read', async () => {
      const { json, headers } = await get<ModelVersion>(draft);
      expect(json).toMatchObject({ version: 2, status: 'draft' });
      const change = { ...json.document, name: 'Other name' };
      expect((await put(change)).json).toMatchObject({ status: 428, code: 'if_match_required' });
      const saved = await put(change, headers['etag']);
      expect([saved.status, saved.json.document.name]).toEqual([200, 'Other name']);
      expect(saved.headers['etag']).not.toBe(headers['etag']);
      expect((await put(change, headers['etag'])).json).toMatchObject({ status: 412, code: 'changed_meanwhile' });
      expect((await get(draft)).headers['etag']).toBe(saved.headers['etag']);
    });

    it('names every field of a model that cannot be', async () => {
      const { json, headers } = await get<ModelVersion>(draft);
      const { engagement } = json.document;
      const bad = { ...json.document, workspaceId: 'x', engagement: { ...engagement, halfLifeDays: 0 } };
      const answer = await put<Problem>(bad, headers['etag']);
      expect(answer.status).toBe(422);
      expect(answer.json.errors?.map(({ path }) => path).sort()).toEqual(['engagement.halfLifeDays', 'workspaceId']);
      const moved = await put<Problem>({ ...json.document, landmark: '2024-01-01T00:00:00.000Z' }, headers['etag']);
      expect([moved.status, moved.json.errors?.[0]?.path]).toEqual([422, 'landmark']);
    });

    it('re-scores everybody with the published weights, without their events', async () => {
      const before = await pointsAt(noon);
      const { json, headers } = await get<ModelVersion>(draft);
      const document = structuredClone(json.document);
      for (const signal of document.engagement.signals) signal.weightPoints *= 2;
      const saved = await put(document, headers['etag']);
      expect((await publish(headers['etag'])).status).toBe(412);
      const answer = await publish(saved.headers['etag']);
      expect(answer.json).toEqual({ version: 2, publishedAt: iso(noon), leadsRescored: 2 });
      expect(await pointsAt(noon)).toBeCloseTo(2 * before, 9);
      const [row] = (await get<LeadList>('/api/leads?sort=-engagement')).json.items;
      expect([row?.userId, row?.engagement.points]).toEqual(['jane', expect.closeTo(2 * before, 9)]);
      expect((await publish('"x"')).json).toMatchObject({ status: 409, code: 'no_draft' });
      expect((await get<ModelList>('/api/models')).json.items).toEqual([
        expect.objectContaining({ key: 'default', publishedVersion: 2, hasDraft: false }),
      ]);
    });

    it('replays events where a signal became another kind: what counts against a lead is no activity of it', async () => {
      expect((await get<LeadDetail>('/api/leads/by-external-id/omar')).json.score.lastActivityAt).not.toBeNull();
      const { json, headers } = await get<ModelVersion>(draft);
      const document = structuredClone(json.document);
      for (const signal of document.engagement.signals) if (signal.key === 'email-open') signal.kind = 'negative';
      const saved = await put(document, headers['etag']);
      expect((await publish(saved.headers['etag'])).status).toBe(200);
      expect((await get<LeadDetail>('/api/leads/by-external-id/omar')).json.score.lastActivityAt).toBeNull();
    });

    it('replays events where the model now counts others', async () => {
      const { json, headers } = await get<ModelVersion>(draft);
      const document = structuredClone(json.document);
      document.engagement.halfLifeDays = 15;
      const saved = await put(document, headers['etag']);
      expect((await publish(saved.headers['etag'])).json).toMatchObject({ version: 4, leadsRescored: 2 });
      expect(await pointsAt(noon)).toBeCloseTo(12 * 2 ** -2 + 20 * 2 ** (-1 / 15), 9);
    });
  });
});
