import type { DraftEffect, LeadList, ModelDiff, ModelVersion } from '@rekindle/contracts';
import { aLead, daysAgo } from '@rekindle/testing';
import { TestServer, noon, type Answer, type Tenant } from './server.fixture';

const MODEL = '/api/models/default';

describe('what publishing a draft would change', () => {
  let server: TestServer;
  let acme: Tenant;
  let other: Tenant;

  beforeAll(async () => {
    server = await TestServer.start();
    server.clock.set(noon);
    acme = await server.tenant('acme');
    other = await server.tenant('other');
    await server.tell(acme, aLead('jane').identified({ title: 'CTO' }).visitedPricing(3, daysAgo(1)));
    await server.tell(acme, aLead('omar').identified().opened(2, daysAgo(2)));
    await server.tell(acme, aLead('mia').identified().replied(2, daysAgo(40)));
    await server.tell(other, aLead('jane').identified().visitedPricing(3, daysAgo(1)));
  });
  afterAll(() => server.stop());

  const get = <Json>(path: string, { apiKey } = acme): Promise<Answer<Json>> =>
    server.call(`${MODEL}${path}`, { key: apiKey });
  const edit = async (change: (document: ModelVersion['document']) => void): Promise<unknown> => {
    const { json, headers } = await get<ModelVersion>('/draft');
    change(json.document);
    const options = { key: acme.apiKey, headers: { 'if-match': String(headers['etag']) } };
    const saved = await server.call(`${MODEL}/draft`, { ...options, method: 'PUT', body: json.document });
    expect(saved.status).toBe(200);
    return saved.headers['etag'];
  };
  const publish = (tag: unknown): Promise<Answer> =>
    server.call(`${MODEL}/publish`, { method: 'POST', key: acme.apiKey, headers: { 'if-match': String(tag) } });
  const bands = async (): Promise<Record<string, string | null>> => {
    const { items } = (await server.call<LeadList>('/api/leads?sort=-engagement', { key: acme.apiKey })).json;
    return Object.fromEntries(items.map(({ name, engagement }) => [name, engagement.band]));
  };
  /** Publishes and answers the bands that changed, as moves. */
  const movesOf = async (tag: unknown): Promise<unknown[]> => {
    const before = await bands();
    expect((await publish(tag)).status).toBe(200);
    const moved = Object.entries(await bands()).filter(([name, band]) => before[name] !== band);
    return moved.map(([name, band]) => ({ name, from: before[name], to: band }));
  };

  it('is nothing without a draft', async () => {
    expect((await get('/draft/diff')).json).toEqual({
      publishedVersion: 1,
      draftVersion: 2,
      needsEvents: false,
      items: [],
    });
    expect((await get('/draft/effect')).json).toMatchObject({ leads: 3, changedLeads: 0, samples: [] });
  });

  it('is told in words, and who moves before anybody does', async () => {
    const tag = await edit(({ engagement }) => {
      for (const signal of engagement.signals) if (signal.key === 'pricing-page') signal.weightPoints = 10;
    });
    expect((await get('/draft/diff')).json).toMatchObject({
      needsEvents: false,
      items: [
        { kind: 'changed', path: 'engagement.signals.2.weightPoints', words: 'Looked at pricing: 6 → 10 points' },
      ],
    });
    const before = await server.call('/api/leads?sort=-engagement', { key: acme.apiKey });
    const { json } = await get<DraftEffect>('/draft/effect');
    expect(json).toMatchObject({ leads: 3, changedLeads: 1, estimatedLeads: 0, publishedVersion: 1, draftVersion: 2 });
    expect(json.band.moves).toEqual([{ from: 'medium', to: 'high', leads: 1 }]);
    expect(json.samples).toEqual([
      expect.objectContaining({
        name: 'Lead jane',
        before: expect.objectContaining({ band: 'medium' }),
        after: expect.objectContaining({ band: 'high' }),
        reasons: expect.arrayContaining([expect.stringMatching(/^Looked at pricing: /)]),
      }),
    ]);
    // Asking has moved nobody; publishing moves exactly who was named.
    expect((await server.call('/api/leads?sort=-engagement', { key: acme.apiKey })).json).toEqual(before.json);
    expect((await get<ModelVersion>('')).json.version).toBe(1);
    expect(await movesOf(tag)).toEqual([{ name: 'Lead jane', from: 'medium', to: 'high' }]);
  });

  it('is exact for another decay, too: every event is read under the draft', async () => {
    const tag = await edit(({ engagement }) => {
      engagement.decay = { kind: 'window', days: 60 };
    });
    expect((await get<ModelDiff>('/draft/diff')).json.needsEvents).toBe(true);
    const { json } = await get<DraftEffect>('/draft/effect');
    expect(json).toMatchObject({ leads: 3, estimatedLeads: 0 });
    const named = json.samples
      .filter(({ before, after }) => before.band !== after.band)
      .map(({ name, before, after }) => ({
        name,
        from: before.band,
        to: after.band,
      }));
    expect(named).toEqual([{ name: 'Lead mia', from: 'low', to: 'medium' }]);
    expect(await movesOf(tag)).toEqual(named);
  });

  it('shows a workspace its own leads alone, and no model that is not there', async () => {
    expect((await get('/draft/effect', other)).json).toMatchObject({ leads: 1, changedLeads: 0 });
    for (const path of ['diff', 'effect']) {
      const answer = await server.call(`/api/models/nothing/draft/${path}`, { key: acme.apiKey });
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found' });
    }
  });
});
