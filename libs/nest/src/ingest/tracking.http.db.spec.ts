import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Database } from '@rekindle/store';
import { ProvisionService } from '../credentials/provision.service';
import { WriteKeyService } from '../credentials/write-key.service';
import { LeadScoringModule } from '../lead-scoring.module';
import { LinkTokens } from '../mailing/link.tokens';
import { IngestService } from './ingest.service';

const KEY = 'write-key-of-the-spec';
const basic = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`;

/** As a host does that leaves bodies alone. */
function fastifyWithRawBodies(): FastifyAdapter {
  const adapter = new FastifyAdapter();
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  return adapter;
}

describe.each([
  ['Fastify', fastifyWithRawBodies],
  ['Express', () => new ExpressAdapter()],
])('the tracking API under %s', (_, adapter) => {
  let app: INestApplication;
  let url: string;
  let folder: string;
  let workspaceId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekindle-'));
    const module = LeadScoringModule.forRoot({
      databaseUrl: `sqlite:${join(folder, 'test.db')}`,
      publicUrl: 'https://score.example',
      secretKey: 'a secret key of at least thirty-two characters',
      mailFrom: 'news@vendor.example',
      postalAddress: '1 High Street, Town',
      role: 'api',
    });
    const compiled = await Test.createTestingModule({ imports: [module] }).compile();
    app = compiled.createNestApplication(adapter(), { bodyParser: false, logger: false });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    workspaceId = await app
      .get(ProvisionService)
      .create({ name: 'Vendor', timezone: 'UTC', isDemo: false, writeKey: KEY });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = { authorization: basic }) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
    });
  const countEvents = async (): Promise<number> => {
    const read = app.get(Database).read;
    const rows = await read.query<{ count: number }>('SELECT COUNT(*) AS "count" FROM "ls_events"');
    return Number(rows[0]?.count);
  };
  const event = (messageId: string) => ({ type: 'track', event: 'Email Opened', userId: 'ann', messageId });

  it.each([
    ['track', { event: 'Email Opened' }],
    ['t', { event: 'Email Opened' }],
    ['identify', { traits: {} }],
    ['i', {}],
    ['page', {}],
    ['p', {}],
    ['screen', {}],
    ['s', {}],
    ['group', { groupId: 'acme' }],
    ['g', { groupId: 'acme' }],
    ['alias', { previousId: 'ann' }],
    ['a', { previousId: 'ann' }],
  ])('takes one call at /v1/%s', async (path, fields) => {
    const response = await post(`/v1/${path}`, { ...fields, userId: 'ann', messageId: `one-${path}` });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      success: true,
      accepted: 1,
      duplicate: 0,
      conflict: 0,
      rejected: 0,
      results: [{ index: 0, messageId: `one-${path}`, status: 'accepted' }],
    });
  });

  it.each(['batch', 'b', 'import'])('takes many calls at /v1/%s and answers for each', async (path) => {
    const response = await post(`/v1/${path}`, { batch: [event(`many-${path}`), { type: 'track' }, 7] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accepted: 1, rejected: 2 });
  });

  it('finds the key in the header, the body or the query', async () => {
    const item = { ...event('key-1'), writeKey: KEY };
    const statuses = [
      (await post('/v1/t', event('key-1'))).status,
      (await post('/v1/t', item, { 'content-type': 'text/plain' })).status,
      (await post(`/v1/t?writeKey=${KEY}`, event('key-1'), {})).status,
    ];
    expect(statuses).toEqual([200, 200, 200]);
  });

  it.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a wrong key', { authorization: `Basic ${Buffer.from('wrong:').toString('base64')}` }],
    ['an unreadable header', { authorization: 'Basic %%%' }],
  ])('answers 401 as a problem to %s and stores nothing', async (_name, headers) => {
    const before = await countEvents();
    const response = await post('/v1/track', event('never'), headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/application\/problem\+json/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(await countEvents()).toBe(before);
  });

  it('reads gzip labelled as a form', async () => {
    const headers = {
      authorization: basic,
      'content-type': 'application/x-www-form-urlencoded',
      'content-encoding': 'gzip',
    };
    const response = await post('/v1/batch', gzipSync(JSON.stringify({ batch: [event('gzip')] })), headers);
    expect(await response.json()).toMatchObject({ accepted: 1 });
  });

  it.each<[string, string | Uint8Array, [number, string]]>([
    ['malformed JSON', '{', [400, 'invalid_json']],
    ['a list', '[]', [400, 'invalid_json']],
    ['nothing', '', [400, 'invalid_json']],
    ['a batch that is no list', '{"batch":{}}', [400, 'invalid_batch']],
    ['3 MB', `{"batch":"${'x'.repeat(3_000_000)}"}`, [413, 'payload_too_large']],
    ['2,501 items', JSON.stringify({ batch: Array(2_501).fill(1) }), [413, 'too_many_items']],
    ['invalid UTF-8', new Uint8Array([0x7b, 0xff]), [400, 'invalid_utf8']],
  ])('answers a problem to %s', async (_name, body, [status, code]) => {
    const response = await post('/v1/batch', body);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ status, code })]);
  });

  it('lets every page ask first and read when to come back', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-headers': 'authorization,content-type' };
    const response = await fetch(`${url}/v1/p`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await post('/v1/t', event('cors'));
    expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after');
  });

  it('gives RudderStack’s browser client its settings, to a known key alone, and lets it ask first', async () => {
    const response = await fetch(`${url}/sourceConfig?writeKey=${KEY}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const { source } = (await response.json()) as { source: Record<string, unknown> };
    const silent = { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } };
    expect(source).toMatchObject({ writeKey: KEY, enabled: true, destinations: [], config: silent });
    expect((await fetch(`${url}/sourceConfig?writeKey=wrong`)).status).toBe(401);
    const headers = { 'access-control-request-headers': 'authorization' };
    const asked = await fetch(`${url}/sourceConfig`, { method: 'OPTIONS', headers });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST, OPTIONS']);
  });

  it('takes a beacon, which has its key in the query and text for a type', async () => {
    const type = { 'content-type': 'text/plain' };
    const response = await post(`/beacon/v1/batch?writeKey=${KEY}`, { batch: [event('beacon')] }, type);
    expect(await response.json()).toMatchObject({ accepted: 1 });
    expect((await post('/beacon/v1/batch', { batch: [event('beacon-2')] }, type)).status).toBe(401);
  });

  it('says when to come back where more waits than can be stored in time, and turns browsers away first (P5)', async () => {
    const service = app.get(IngestService, { strict: false });
    const { key } = await app.get(WriteKeyService).create(workspaceId, { name: 'Site', trust: 'browser' });
    const browser = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
    let release: () => void = () => undefined;
    const held = app.get(Database).write(() => new Promise<void>((resolve) => (release = resolve)));
    const taken: Promise<unknown>[] = [held];
    const fillFor = (trust: 'server' | 'browser'): void => {
      const options = { receivedAt: Date.now(), source: 'spec', trust: 'server' } as const;
      const items = Array.from({ length: 100 }, (__, index) => event(`fill-${taken.length}-${index}`));
      while (service.isTimely(trust)) taken.push(service.ingest(workspaceId, items, options));
    };

    fillFor('browser');
    const refused = [await post('/v1/batch', { batch: [event('from-a-browser')] }, browser)];
    const accepted = post('/v1/batch', { batch: [event('from-a-server')] });
    await pause(200); // it has come in, and waits
    fillFor('server');
    refused.push(await post('/v1/batch', { batch: [event('too-much')] }));
    release();
    await Promise.all(taken);

    for (const { status, headers } of refused) {
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toBe('retry-after');
    }
    expect(await refused[0]?.json()).toMatchObject({ code: 'overloaded' });
    expect((await accepted).status).toBe(200);
    expect((await post('/v1/t', event('from-a-browser'), browser)).status).toBe(200);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('knows no %s', async (method) => {
    expect([404, 405]).toContain((await fetch(`${url}/v1/track`, { method })).status);
  });

  it.each(['c', 'e', 'u'])('answers 404 and no redirect to unknown links at /%s', async (path) => {
    const unknown = app.get(LinkTokens, { strict: false }).urlOf('click', { workspaceId, id: workspaceId });
    const [forged = ''] = unknown.match(/[^/]+\/[^/]+$/) ?? [];
    for (const token of ['x', 'x/y', '..%2f..%2fetc/passwd', 'a.b/c', `${'x'.repeat(80)}/y`, forged]) {
      for (const method of ['GET', 'HEAD']) {
        const response = await fetch(`${url}/${path}/${token}`, { method, redirect: 'manual' });
        expect([path, token, response.status]).toEqual([path, token, 404]);
        expect(response.headers.get('location')).toBeNull();
      }
    }
  });
});
