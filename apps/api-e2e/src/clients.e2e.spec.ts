import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { startServer, type RunningServer } from '@rekindle/testing';
import { basic, everything, leadOf } from './world';

interface StoredEvent {
  messageId: string | null;
  type: string | null;
  name: string | null;
  status: string;
  userId: string | null;
}

interface RecordedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

const fixtures = join(__dirname, '../fixtures/clients');

describe('real clients, unmodified', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({});
  }, 60_000);

  afterAll(() => server.stop());

  it('takes identify, group, track, page and a doubled message id from @segment/analytics-node, each stored once, scored when flush returns', async () => {
    const client = new Analytics({ host: server.url, writeKey: server.writeKey, flushAt: 20 });
    const failures: unknown[] = [];
    client.on('error', (error) => failures.push(error));
    const userId = 'segment-lead';
    client.identify({ userId, messageId: 'sn-1', traits: { email: 'ann@segment.example', name: 'Ann Lee' } });
    client.group({ userId, groupId: 'acme', messageId: 'sn-2', traits: { name: 'Acme GmbH' } });
    client.track({ userId, event: 'Pricing Page Viewed', messageId: 'sn-3' });
    client.track({ userId, event: 'Pricing Page Viewed', messageId: 'sn-3' });
    client.page({ userId, name: 'Docs', messageId: 'sn-4', properties: { path: '/docs' } });
    await client.closeAndFlush();

    const lead = await leadOf(server, userId);
    expect(failures).toEqual([]);
    expect(lead).toMatchObject({ email: 'ann@segment.example', name: 'Ann Lee', account: { name: 'Acme GmbH' } });
    expect(lead.score.engagement.points).toBeCloseTo(7, 3);
    expect(lead.score.engagement.contributions.map(({ signal, count }) => [signal, count]).sort()).toEqual([
      ['page-visit', 1],
      ['pricing-page', 1],
    ]);
    const stored = await everything<StoredEvent>(server, `/api/leads/${lead.id}/events`);
    expect(stored.map((event) => event.messageId).sort()).toEqual(['sn-1', 'sn-2', 'sn-3', 'sn-4']);
  });

  /** Sends a recorded request again: same path, headers and bytes as far as they describe the body. */
  function replay(request: RecordedRequest): Promise<Response> {
    const text = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
    const isGzip = request.headers['content-encoding'] === 'gzip';
    const kept = [
      'content-type',
      'content-encoding',
      'user-agent',
      'origin',
      'access-control-request-method',
      'access-control-request-headers',
    ];
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => kept.includes(name)));
    if (request.headers['authorization']) headers['authorization'] = basic(server.writeKey);
    const path = request.url.replace(/writeKey=[^&]+/, `writeKey=${encodeURIComponent(server.writeKey)}`);
    return fetch(`${server.url}${path}`, {
      method: request.method,
      headers,
      ...(request.method === 'POST'
        ? { body: isGzip ? gzipSync(text) : text.replaceAll('WRITE_KEY_1', server.writeKey) }
        : {}),
    });
  }

  const messagesIn = (body: unknown): Record<string, unknown>[] => {
    const parsed = (typeof body === 'string' ? JSON.parse(body) : body) as Record<string, unknown>;
    return Array.isArray(parsed['batch']) ? (parsed['batch'] as Record<string, unknown>[]) : [parsed];
  };

  it.each(readdirSync(fixtures))('stores every recorded message of %s exactly once', async (file) => {
    const { requests } = JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as { requests: RecordedRequest[] };
    const expected = new Set<string>();
    for (const request of requests) {
      const response = await replay(request);
      expect([request.url, response.status]).toEqual([request.url, request.method === 'OPTIONS' ? 204 : 200]);
      if (request.method !== 'POST') continue;
      for (const message of messagesIn(request.body)) expected.add(String(message['messageId']));
    }
    const stored = await everything<StoredEvent>(server, '/api/events');
    const counts = new Map<string, number>();
    for (const event of stored) counts.set(String(event.messageId), (counts.get(String(event.messageId)) ?? 0) + 1);
    expect(expected.size).toBeGreaterThan(0);
    expect([...expected].map((id) => [id, counts.get(id)])).toEqual([...expected].map((id) => [id, 1]));
    expect(stored.filter((event) => expected.has(String(event.messageId)) && event.status === 'rejected')).toEqual([]);
  });

  it('lets a browser preflight every tracking path and read Retry-After', async () => {
    const response = await fetch(`${server.url}/v1/t`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });
});
