import { gzipSync } from 'node:zlib';
import { startServer, type RunningServer } from '@rekindle/testing';
import { api, basic, DAY, everything, post, send, track } from './world';

interface StoredEvent {
  messageId: string | null;
  status: string;
  code: string | null;
}

describe('bad input gets a clear answer and nothing is lost', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({});
  }, 60_000);

  afterAll(() => server.stop());

  const storedById = async (): Promise<Map<string | null, StoredEvent>> =>
    new Map((await everything<StoredEvent>(server, '/api/events')).map((event) => [event.messageId, event]));

  const problemOf = async (response: Response): Promise<{ status: number; code: string }> => {
    expect(response.headers.get('content-type')).toMatch(/application\/problem\+json/);
    return (await response.json()) as { status: number; code: string };
  };

  it('a batch with one bad item stores the others and says which failed and why', async () => {
    const now = Date.now();
    const good = [track('bi-1', 'Email Opened', now), track('bi-2', 'Email Opened', now)];
    const answer = await send(server, [
      good[0] ?? {},
      { type: 'track', event: 'No Identity', messageId: 'bi-bad' },
      good[1] ?? {},
    ]);
    expect(answer).toMatchObject({ success: true, accepted: 2, rejected: 1, duplicate: 0, conflict: 0 });
    expect(answer.results[1]).toMatchObject({
      index: 1,
      messageId: 'bi-bad',
      status: 'rejected',
      code: 'no_user_anon_id',
    });
    const stored = await storedById();
    expect(good.map(({ messageId }) => stored.get(messageId)?.status)).toEqual(['scored', 'scored']);
    const rejected = (await everything<StoredEvent>(server, '/api/events')).filter(
      (event) => event.status === 'rejected',
    );
    expect(rejected.map((event) => event.code)).toContain('no_user_anon_id');
  });

  it('a wrong or missing key gets 401 and stores nothing', async () => {
    const body = { batch: [track('bi-401', 'Email Opened', Date.now())] };
    for (const authorization of [basic('wrong'), basic(''), 'Bearer x', 'Basic %%%']) {
      const response = await post(server, '/v1/batch', body, { authorization });
      expect([authorization, response.status]).toEqual([authorization, 401]);
      expect((await problemOf(response)).status).toBe(401);
    }
    const unsigned = await fetch(`${server.url}/api/leads`);
    expect(unsigned.status).toBe(401);
    expect((await storedById()).has(body.batch[0]?.messageId ?? '')).toBe(false);
  });

  const deep = `{"batch":${'['.repeat(80_000)}${']'.repeat(80_000)}}`;
  const wide = `{"batch":[{"type":"track","event":"x","userId":"u","properties":{"s":"${'x'.repeat(3_000_000)}"}}]}`;

  it.each([
    { name: 'half an object', body: '{', status: 400, code: 'invalid_json' },
    { name: 'a trailing comma', body: '{"batch":[{"a":1,}]}', status: 400, code: 'invalid_json' },
    { name: 'nothing', body: '', status: 400, code: 'invalid_json' },
    { name: 'a list', body: '[]', status: 400, code: 'invalid_json' },
    { name: 'null', body: 'null', status: 400, code: 'invalid_json' },
    { name: 'a string', body: '"x"', status: 400, code: 'invalid_json' },
    { name: 'UTF-16', body: new Uint8Array([0xff, 0xfe, 0x7b]), status: 400, code: 'invalid_utf8' },
    { name: 'broken UTF-8', body: new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22]), status: 400, code: 'invalid_utf8' },
    { name: '80,000 nested lists', body: deep, status: 400, code: 'too_deep' },
    { name: '3 MB', body: wide, status: 413, code: 'payload_too_large' },
  ])('answers $name with $status $code', async ({ body, status, code }) => {
    const response = await post(server, '/v1/batch', body);
    expect(await problemOf(response)).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  it('a gzip bomb gets 413 and broken gzip 400', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    expect((await post(server, '/v1/batch', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await post(server, '/v1/batch', 'xx', { 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('more than 2,500 items get 413 and nothing is stored, 2,500 are taken', async () => {
    const items = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => ({
        type: 'track',
        event: 'Email Opened',
        userId: name,
        messageId: `${name}-${index}`,
      }));
    expect((await post(server, '/v1/batch', { batch: items(2_501, 'many') })).status).toBe(413);
    expect((await send(server, items(2_500, 'full'))).accepted).toBe(2_500);
    const stored = await storedById();
    expect(stored.has('many-0')).toBe(false);
    expect(stored.has('full-2499')).toBe(true);
  });

  it('keeps an event of 1970 flagged and unscored, and the same for the year 1', async () => {
    await send(server, [
      { ...track('bi-1970', 'Email Opened', 0), messageId: 'old-1970' },
      { ...track('bi-1970', 'Email Opened', 0), messageId: 'old-0001', timestamp: '0001-01-01T00:00:00Z' },
    ]);
    const stored = await storedById();
    expect(stored.get('old-1970')).toMatchObject({ status: 'unscored', code: 'timestamp_out_of_range' });
    expect(stored.get('old-0001')).toMatchObject({ status: 'unscored', code: 'timestamp_out_of_range' });
    const lead = await api<{ score: { engagement: { state: string } } }>(server, '/api/leads/by-external-id/bi-1970');
    expect(lead.score.engagement.state).toBe('none');
  });

  it('brings an event from beyond tomorrow back to the time of receipt and says so', async () => {
    const before = Date.now();
    const answer = await send(server, [
      { ...track('bi-future', 'Email Opened', 0), messageId: 'future', timestamp: '9999-12-31T23:59:59Z' },
    ]);
    expect(answer.results[0]).toMatchObject({ status: 'accepted', code: 'clock_adjusted' });
    const [event] = (await everything<{ messageId: string; timestamp: string }>(server, '/api/events')).filter(
      (candidate) => candidate.messageId === 'future',
    );
    expect(Date.parse(event?.timestamp ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(event?.timestamp ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    [
      '__proto__ in properties',
      '{"type":"track","event":"x","userId":"pp","messageId":"pp-1","properties":{"__proto__":{"isAdmin":true}}}',
      'forbidden_key',
    ],
    [
      '__proto__ deep in traits',
      '{"type":"identify","userId":"pp","messageId":"pp-2","traits":{"a":{"b":{"__proto__":{"x":1}}}}}',
      'forbidden_key',
    ],
    [
      'constructor.prototype',
      '{"type":"track","event":"x","userId":"pp","messageId":"pp-3","properties":{"constructor":{"prototype":{"x":1}}}}',
      'forbidden_key',
    ],
    ['a NUL', '{"type":"track","event":"a\\u0000b","userId":"pp","messageId":"pp-4"}', 'invalid_character'],
    ['a lone surrogate', '{"type":"track","event":"\\ud800","userId":"pp","messageId":"pp-5"}', 'invalid_character'],
    [
      'an infinite number',
      '{"type":"track","event":"x","userId":"pp","messageId":"pp-6","properties":{"n":1e400}}',
      'non_finite_number',
    ],
    ['a junk id', '{"type":"track","event":"x","userId":"[object Object]","messageId":"pp-7"}', 'junk_id'],
    ['an unknown type', '{"type":"delete","userId":"pp","messageId":"pp-8"}', 'unknown_type'],
    [
      'a timestamp that is none',
      '{"type":"track","event":"x","userId":"pp","messageId":"pp-9","timestamp":"yesterday"}',
      'invalid_timestamp',
    ],
    [
      'a string for properties',
      '{"type":"track","event":"x","userId":"pp","messageId":"pp-10","properties":"x"}',
      'invalid_properties',
    ],
  ])('rejects the one item with %s and takes its neighbour', async (_name, item, code) => {
    const neighbour = track('pp-neighbour', 'Email Opened', Date.now());
    const response = await post(server, '/v1/batch', `{"batch":[${item},${JSON.stringify(neighbour)}]}`);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { results: { status: string; code?: string }[] };
    expect(answer.results.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
    expect(answer.results[0]?.code).toBe(code);
  });

  it('tells a duplicate from a conflict and changes nothing for either', async () => {
    const first = track('bi-dup', 'Email Opened', Date.now() - DAY);
    expect((await send(server, [first])).accepted).toBe(1);
    expect(
      (await send(server, [first, { ...first, event: 'Email Replied' }])).results.map(({ status }) => status),
    ).toEqual(['duplicate', 'conflict']);
    const lead = await api<{ score: { engagement: { contributions: unknown[] } } }>(
      server,
      '/api/leads/by-external-id/bi-dup',
    );
    expect(lead.score.engagement.contributions).toHaveLength(1);
  });

  it.each([
    '/api/leads?sort=id;drop',
    '/api/leads?limit=1e9',
    '/api/leads?limit=1&limit=2',
    '/api/leads?nonsense=1',
    '/api/leads?cursor=%00',
    '/api/leads/not-an-id/score?at=tomorrow',
  ])('answers %s with 400 or 404 as problem+json', async (path) => {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
    expect([400, 404]).toContain(response.status);
    await problemOf(response);
  });

  it('still serves after all of this', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
