import type { LeadList, Problem, Readiness } from '@rekindle/contracts';
import { aLead } from '@rekindle/testing';
import { leadScoringOpenApi } from '@rekindle/nest';
import { TestServer, type Call, type Tenant } from './server.fixture';

type Operation = { parameters?: { name: string; in: string }[]; security?: Record<string, string[]>[] };

const document = leadScoringOpenApi('test');
const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
);

describe('hostile input to the management API', () => {
  let server: TestServer;
  let acme: Tenant;
  let other: Tenant;
  let foreignLead: string;
  let ownLead: string;

  beforeAll(async () => {
    server = await TestServer.start();
    acme = await server.tenant('acme');
    other = await server.tenant('other');
    ownLead = await server.tell(acme, aLead('jane').identified().replied());
    foreignLead = await server.tell(other, aLead('spy').identified({ name: 'CANARY' }).replied());
  });
  afterAll(() => server.stop());

  const get = <Json>(path: string) => server.call<Json>(path, { key: acme.apiKey });

  const bodies: Record<string, unknown> = {
    'patch /api/alerts/{id}': { state: 'done' },
    'patch /api/sources/{id}': { name: 'Mine' },
    'put /api/imports/{id}/format': { kind: 'events' },
    'put /api/imports/{id}/mapping': {
      columns: [],
      constants: {},
      unknownValues: [],
      replacements: [],
      dateOrder: 'month-first',
    },
  };
  const withIds = routes.filter(({ path }) => path.startsWith('/api/') && /\{(id|userId)\}/.test(path));

  it.each(withIds.map(({ path, method }) => [method, path] as const))(
    'answers 404 to %s %s with an id of another workspace, as to one that never was',
    async (method, path) => {
      const call: Call = { method: method.toUpperCase() as 'GET', key: acme.apiKey, body: bodies[`${method} ${path}`] };
      const of = (id: string, userId: string) => path.replace('{id}', id).replace('{userId}', userId);
      const foreign = await server.call<Problem>(of(foreignLead, 'spy'), call);
      const unknown = await server.call<Problem>(of('01a00000-0000-7000-8000-000000000000', 'nobody'), call);
      expect(foreign.status).toBe(404);
      expect({ ...foreign.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    },
  );

  it('shows nothing of another workspace in any list', async () => {
    const lists = routes.filter(
      ({ path, method }) => method === 'get' && path.startsWith('/api/') && !path.includes('{'),
    );
    for (const { path } of lists) expect((await get(path)).text).not.toMatch(/CANARY|spy/);
  });

  it('lets nobody in without a credential, wherever one is asked for', async () => {
    for (const { path, method, operation } of routes) {
      if ((operation.security ?? []).length === 0) continue;
      const url = path.replace('{id}', ownLead).replace('{userId}', 'jane').replace('{key}', 'default');
      const answer = await server.call(url, { method: method.toUpperCase() as 'GET' });
      expect([path, method, [400, 401].includes(answer.status)]).toEqual([path, method, true]);
      if (path.startsWith('/api/')) expect(answer.status).toBe(401);
    }
  });

  it.each(['id;drop table', '(select 1)', 'passwordHash', 'CASE WHEN 1 THEN 1 END', '-priority,-engagement', ''])(
    'refuses to sort by %j',
    async (sort) => {
      const answer = await get(`/api/leads?sort=${encodeURIComponent(sort)}`);
      expect(answer.json).toMatchObject({ status: 400, code: 'invalid_input', errors: [{ path: 'sort' }] });
    },
  );

  it.each([
    'limit=1&limit=1000',
    'limit[]=1',
    'limit=0x1F',
    'limit=1e3',
    'limit=-1',
    'limit=0',
    'limit=201',
    'limit=%D9%A1',
    'q=a&q=b',
    'a.b=1',
    '__proto__=1',
    'a[__proto__][b]=1',
    'workspaceId=x',
    'cursor=x',
    'cursor=W10',
    'q=%00',
    'grade=E',
    'accountId=1%20OR%201=1',
    Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&'),
  ])('refuses the query %.60s', async (query) => {
    const answer = await get(`/api/leads?${query}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, expect.stringContaining('problem+json')]);
  });

  it.each(["' OR 1=1--", '%', '_', '\\', '"; drop table ls_leads', '🦊', '%'.repeat(200)])(
    'takes the search for %j literally',
    async (q) => {
      const answer = await get<LeadList>(`/api/leads?q=${encodeURIComponent(q)}`);
      expect([answer.status, answer.json.total]).toEqual([200, 0]);
    },
  );

  it.each([
    ['{', 400, 'invalid_json'],
    ['[]', 400, 'invalid_json'],
    ['', 400, 'invalid_json'],
    ['{"email":"a","password":"b","__proto__":{}}', 400, 'forbidden_key'],
    ['{"email":"a","password":"b","role":"admin","workspaceId":"x"}', 400, 'invalid_input'],
    ['{"email":{"$ne":1},"password":["b"]}', 400, 'invalid_input'],
    [`{"a":${'['.repeat(1_000)}`, 400, 'too_deep'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 400, 'invalid_utf8'],
    [' '.repeat(1_048_577), 413, 'payload_too_large'],
  ])('refuses the body %.40s with %i %s', async (body, status, code) => {
    const answer = await server.call<Problem>('/api/session', { method: 'POST', body });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('names every field it does not know', async () => {
    const body = { email: 'a', password: 'b', role: 'admin', createdAt: 1 };
    const answer = await server.call<Problem>('/api/session', { method: 'POST', body });
    expect(answer.json.errors?.map(({ path }) => path)).toEqual(['role', 'createdAt']);
  });

  it.each(['//api/leads', '/API/leads', '/api/leads/', '/api/leads;x', '/api/leads%00', '/api%2fleads', '/api/leads.'])(
    'gives no other way in at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('answers an address that cannot be decoded as a problem', async () => {
    expect((await get('/api/leads/%')).json).toMatchObject({ status: 400, code: 'bad_request' });
  });

  it('is ready when the database is writable and durable, and says so to anybody', async () => {
    const answer = await server.call<Readiness>('/readyz');
    expect([answer.status, answer.json.status]).toEqual([200, 'ready']);
    expect(answer.json.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['writable', 'migrations', 'synchronous']),
    );
    expect((await server.call('/healthz')).json).toEqual({ status: 'ok' });
  });
});

describe('the reference', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('works without the internet: page, script and document come from here', async () => {
    const page = await server.call('/docs');
    expect(page.status).toBe(200);
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => String(match[1]));
    expect(sources.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([]);
    for (const source of sources) {
      const { pathname } = new URL(source, 'http://x/');
      expect([pathname, (await server.call(pathname)).status]).toEqual([pathname, 200]);
    }
    expect((await server.call<{ openapi: string }>('/openapi.json')).json.openapi).toBe('3.1.0');
  });

  it('says plainly where the admin has not been built', async () => {
    const answer = await server.call('/leads');
    expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('not been built')]);
    expect(String(answer.headers['content-security-policy'])).toContain("script-src 'self'");
  });
});
