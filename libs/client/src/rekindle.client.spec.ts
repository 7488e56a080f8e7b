import { createRekindleClient } from './rekindle.client';

function recording(answer: unknown, status = 200) {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    return Response.json(answer, { status });
  };
  return { requests, fetch };
}

describe('the API client', () => {
  it('asks with the API key and gives the typed answer', async () => {
    const { requests, fetch } = recording({ items: [], nextCursor: null, at: '2026-03-02T12:00:00.000Z', total: 0 });
    const client = createRekindleClient({ baseUrl: 'https://crm.example', apiKey: 'ak_1', fetch });
    const { data } = await client.GET('/api/leads', { params: { query: { sort: '-engagement', limit: 5 } } });
    expect(data?.total).toBe(0);
    expect(requests[0]?.url).toBe('https://crm.example/api/leads?sort=-engagement&limit=5');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer ak_1');
  });

  it('marks what it changes as its own call, and hands a problem on', async () => {
    const { requests, fetch } = recording({ code: 'not_found', status: 404 }, 404);
    const client = createRekindleClient({ baseUrl: 'https://crm.example', fetch });
    const { error } = await client.PATCH('/api/alerts/{id}', {
      params: { path: { id: 'a 1' } },
      body: { state: 'done' },
    });
    expect(error?.code).toBe('not_found');
    expect(requests[0]?.url).toBe('https://crm.example/api/alerts/a%201');
    expect(requests[0]?.headers.get('x-rekindle')).toBe('1');
    expect(requests[0]?.headers.get('authorization')).toBeNull();
  });
});
