import type { IngestResponse, LeadDetail, LeadList, StoredEventList } from '@rekindle/contracts';
import { aLead, daysAgo } from '@rekindle/testing';
import { TestServer, noon, type Tenant } from './server.fixture';

describe('the tier of a user', () => {
  let server: TestServer;
  let acme: Tenant;

  beforeAll(async () => {
    server = await TestServer.start();
    server.clock.set(noon);
    acme = await server.tenant('acme');
    await server.tell(acme, aLead('ann').identified().used('dashboard', 12, daysAgo(3)).clicked(2, daysAgo(1)));
    await server.tell(acme, aLead('bob').identified().used('reports', 2, daysAgo(3)));
  });
  afterAll(() => server.stop());

  const get = async <Json>(path: string) => (await server.call<Json>(path, { key: acme.apiKey })).json;

  it('M8: is read by the id the product knows the user by, and an event can carry it', async () => {
    const { id, score } = await get<LeadDetail>('/api/leads/by-external-id/ann');
    expect(score.usage).toMatchObject({ tier: 'active', events30d: 12 });
    const track = { type: 'track', messageId: 'carrying', userId: 'ann', event: 'Export Started' };
    const authorization = `Basic ${Buffer.from(`${acme.writeKey}:`).toString('base64')}`;
    const sent = await server.call<IngestResponse>('/v1/track', {
      method: 'POST',
      headers: { authorization },
      body: { ...track, properties: { engagement_tier: score.usage.tier } },
    });
    expect(sent.json.accepted).toBe(1);
    const { items } = await get<StoredEventList>(`/api/leads/${id}/events`);
    const carried = items.filter(({ messageId }) => messageId === 'carrying');
    expect(carried).toMatchObject([{ name: 'Export Started', properties: { engagement_tier: 'active' } }]);
  });

  it('M8: of a user nobody has heard of is not found', async () => {
    expect(await get('/api/leads/by-external-id/nobody')).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('W8: score, band and tier are on the lead and filter the list', async () => {
    const { score } = await get<LeadDetail>('/api/leads/by-external-id/ann');
    expect(score.engagement).toMatchObject({ score: expect.any(Number), band: 'low' });
    const namesOf = async (query: string): Promise<(string | null)[]> =>
      (await get<LeadList>(`/api/leads?${query}`)).items.map(({ userId }) => userId);
    expect(await namesOf('tier=active')).toEqual(['ann']);
    expect(await namesOf('tier=at-risk')).toEqual(['bob']);
    expect(await namesOf(`band=${score.engagement.band}&tier=active`)).toEqual(['ann']);
    expect(await namesOf('band=high')).toEqual([]);
  });
});
