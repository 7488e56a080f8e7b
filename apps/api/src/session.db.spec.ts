import type { Problem, Session } from '@rekindle/contracts';
import { DAY, MINUTE, TestServer, noon, type Tenant } from './server.fixture';

describe('signing in', () => {
  let server: TestServer;
  let acme: Tenant;

  beforeAll(async () => {
    server = await TestServer.start();
    acme = await server.tenant('acme');
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.set(noon));

  const signIn = (email: string, password: string) =>
    server.call<Problem>('/api/session', { method: 'POST', body: { email, password } });

  it('opens a session with the right password and shows who is signed in', async () => {
    const answer = await signIn(acme.email.toUpperCase(), acme.password);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      user: { email: 'admin@acme.test', name: 'Admin of acme', role: 'admin' },
      workspace: { id: acme.workspaceId, name: 'acme', timezone: 'UTC' },
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^rekindle=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const who = await server.call<Session>('/api/session', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(who.json.user.email).toBe('admin@acme.test');
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await signIn(acme.email, 'nope');
    const unknown = await signIn('nobody@acme.test', 'nope');
    expect([wrong.status, wrong.json.code]).toEqual([401, 'wrong_credentials']);
    expect({ ...unknown.json, requestId: '' }).toEqual({ ...wrong.json, requestId: '' });
  });

  it('slows somebody who guesses down', async () => {
    for (let i = 0; i < 5; i += 1) expect((await signIn('guess@acme.test', `nope ${i}`)).status).toBe(401);
    const answer = await signIn('guess@acme.test', 'nope');
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '1']);
  });

  it('ends the session with the sign-out', async () => {
    const browser = await server.signIn(acme);
    expect((await server.call('/api/session', { method: 'DELETE', headers: browser })).status).toBe(204);
    expect((await server.call('/api/session', { headers: browser })).status).toBe(401);
  });

  it('ends it after half an hour of silence, and after twelve hours in any case', async () => {
    const idle = await server.signIn(acme);
    server.clock.advanceBy(29 * MINUTE);
    expect((await server.call('/api/session', { headers: idle })).status).toBe(200);
    server.clock.advanceBy(29 * MINUTE);
    expect((await server.call('/api/session', { headers: idle })).status).toBe(200);
    server.clock.advanceBy(31 * MINUTE);
    expect((await server.call('/api/session', { headers: idle })).status).toBe(401);

    const busy = await server.signIn(acme);
    const start = server.clock.now();
    while (server.clock.now() < start + DAY / 2 - 20 * MINUTE) {
      server.clock.advanceBy(20 * MINUTE);
      expect((await server.call('/api/session', { headers: busy })).status).toBe(200);
    }
    server.clock.advanceBy(20 * MINUTE);
    expect((await server.call('/api/session', { headers: busy })).status).toBe(401);
  });

  it('changes nothing for a page that is not ours', async () => {
    const { cookie } = await server.signIn(acme);
    const path = '/api/alerts/01a00000-0000-7000-8000-000000000000';
    const body = { state: 'done' };
    const forged = await server.call<Problem>(path, { method: 'PATCH', body, headers: { cookie: cookie ?? '' } });
    expect([forged.status, forged.json.code]).toEqual([403, 'header_required']);
    const headers = { cookie: cookie ?? '', 'x-rekindle': '1', 'sec-fetch-site': 'cross-site' };
    expect((await server.call<Problem>(path, { method: 'PATCH', body, headers })).json.code).toBe('cross_site');
    const form = await server.call('/api/session', {
      method: 'POST',
      body: JSON.stringify({ email: acme.email, password: acme.password }),
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.status).toBe(415);
  });

  it('lets an API key read but not pass for a user', async () => {
    expect((await server.call('/api/session', { key: acme.apiKey })).status).toBe(401);
    expect((await server.call('/api/leads', { key: acme.apiKey })).status).toBe(200);
  });

  it('refuses a wrong key, a cookie given twice and a write key in place of an API key', async () => {
    const { cookie } = await server.signIn(acme);
    expect((await server.call('/api/leads', { key: 'wrong' })).status).toBe(401);
    expect((await server.call('/api/leads', { key: acme.writeKey })).status).toBe(401);
    expect((await server.call('/api/leads', { headers: { cookie: `${cookie}; ${cookie}` } })).status).toBe(401);
    expect((await server.call('/api/leads')).json).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it('marks the cookie for this host alone where the address is https', async () => {
    const secure = await TestServer.start({ PUBLIC_URL: 'https://crm.example' });
    try {
      const tenant = await secure.tenant('secure');
      const { email, password } = tenant;
      const answer = await secure.call('/api/session', { method: 'POST', body: { email, password } });
      expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-rekindle=.*; Path=\/; .*; Secure$/);
      expect(answer.headers['strict-transport-security']).toContain('max-age');
    } finally {
      await secure.stop();
    }
  });
});
