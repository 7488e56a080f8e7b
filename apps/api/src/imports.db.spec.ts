import { setTimeout as pause } from 'node:timers/promises';
import type { Import, ImportList, LeadDetail, WriteKeyCreated, WriteKeyList } from '@rekindle/contracts';
import { ImportWorker } from '@rekindle/nest';
import { TestServer, type Tenant } from './server.fixture';

const csv = { 'content-type': 'text/csv' };

describe('imports and write keys over HTTP', () => {
  let server: TestServer;
  let acme: Tenant;
  let other: Tenant;

  beforeAll(async () => {
    server = await TestServer.start();
    acme = await server.tenant('acme');
    other = await server.tenant('other');
  });
  afterAll(() => server.stop());

  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
  const call = <Json>(path: string, method: Method = 'GET', body?: unknown, key = acme.apiKey) =>
    server.call<Json>(path, { method, key, body });
  const upload = (file: string | Buffer, headers: Record<string, string> = {}, query = 'kind=leads&name=crm.csv') =>
    server.call<Import>(`/api/imports?${query}`, {
      method: 'POST',
      key: acme.apiKey,
      body: file,
      headers: { ...csv, ...headers },
    });
  const step = async (id: string, name: string) => {
    const begun = await call<Import>(`/api/imports/${id}/${name}`, 'POST');
    await server.app.get(ImportWorker, { strict: false }).drain();
    return { begun, job: (await call<Import>(`/api/imports/${id}`)).json };
  };

  describe('an import', () => {
    it('goes from upload to undo', async () => {
      const { status, json } = await upload('user id,name\nu1,Ann\n,Nobody\n');
      expect([status, json.state, json.fileName]).toEqual([201, 'ready', 'crm.csv']);
      const checked = await step(json.id, 'check');
      expect([checked.begun.status, checked.begun.json.state]).toEqual([202, 'checking']);
      expect(checked.job).toMatchObject({ state: 'checked', finding: { importable: 1, rejected: 1 } });
      expect((await step(json.id, 'run')).job).toMatchObject({ state: 'done', imported: 1, rejected: 1 });
      expect((await call<LeadDetail>('/api/leads/by-external-id/u1')).json.name).toBe('Ann');
      const rejected = await call(`/api/imports/${json.id}/rejected.csv`);
      expect(rejected.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="crm-rejected.csv"',
      });
      expect(rejected.text).toContain('"","Nobody","3","The row does not say who it is."');
      expect((await step(json.id, 'undo')).job.state).toBe('undone');
      expect((await call('/api/leads/by-external-id/u1')).status).toBe(404);
      expect((await call<ImportList>('/api/imports')).json.items[0]?.id).toBe(json.id);
      expect((await call(`/api/imports/${json.id}`, 'DELETE')).status).toBe(204);
    });

    it('is read in another way when the first guess was wrong', async () => {
      const { json } = await upload('1|Ann\n2|Ben\n');
      expect(json.format).toMatchObject({ delimiter: '|', hasHeader: false });
      const path = `/api/imports/${json.id}`;
      const events = await call<Import>(`${path}/format`, 'PUT', { kind: 'events', hasHeader: true });
      expect(events.json).toMatchObject({ kind: 'events', format: { columns: [{ name: '1' }, { name: 'Ann' }] } });
      expect(events.json.issues).toHaveLength(3);
      const mapping = { ...json.mapping, columns: [{ column: '1', target: 'userId', type: 'text' }] };
      expect((await call(`${path}/mapping`, 'PUT', { ...mapping, columns: [{ column: 1 }] })).status).toBe(400);
      expect((await call<Import>(`${path}/mapping`, 'PUT', mapping)).json.issues).toHaveLength(2);
      expect((await call(`${path}/check`, 'POST')).json).toMatchObject({ status: 422, code: 'mapping_incomplete' });
      expect((await call(`${path}/format`, 'PUT', { encoding: 'latin1' })).status).toBe(400);
    });

    it('is refused before it is stored: compressed, too large, of an unknown kind, by a key without the scope', async () => {
      expect((await upload('x', { 'content-encoding': 'gzip' })).json).toMatchObject({ status: 415 });
      expect((await upload('x', { 'content-length': '999999999' })).json).toMatchObject({ status: 413 });
      expect((await upload(Buffer.from('504b03040000', 'hex'))).json).toMatchObject({
        status: 415,
        code: 'not_a_table',
      });
      expect((await upload('a', {}, 'kind=secrets')).status).toBe(400);
      expect((await upload('a', {}, 'kind=leads&workspaceId=1')).status).toBe(400);
      const anonymous = await server.call('/api/imports', { method: 'POST', body: 'a', headers: csv });
      expect(anonymous.status).toBe(401);
      const writer = await server.call('/api/imports', { method: 'POST', body: 'a', headers: csv, key: acme.writeKey });
      expect(writer.status).toBe(401);
    });

    it('is nothing to another workspace', async () => {
      const { id } = (await upload('user id\nu5\n')).json;
      const path = `/api/imports/${id}`;
      const attempts = [
        await call(path, 'GET', undefined, other.apiKey),
        await call(`${path}/rejected.csv`, 'GET', undefined, other.apiKey),
        await call(`${path}/check`, 'POST', undefined, other.apiKey),
        await call(`${path}/run`, 'POST', undefined, other.apiKey),
        await call(`${path}/undo`, 'POST', undefined, other.apiKey),
        await call(`${path}/format`, 'PUT', { kind: 'events' }, other.apiKey),
        await call(path, 'DELETE', undefined, other.apiKey),
      ];
      expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 404));
      expect((await call<ImportList>('/api/imports', 'GET', undefined, other.apiKey)).json.items).toEqual([]);
      expect((await call<Import>(path)).json.state).toBe('ready');
    });
  });

  describe('a write key', () => {
    const send = async (key: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
      const body = { userId: 'k1', event: 'Ping' };
      return (await server.call('/v1/track', { method: 'POST', body, headers: { authorization } })).status;
    };

    it('is shown once, works, gets a successor and is revoked', async () => {
      const made = await call<WriteKeyCreated>('/api/write-keys', 'POST', { name: 'Website', trust: 'browser' });
      expect([made.status, made.json.name, made.json.trust]).toEqual([201, 'Website', 'browser']);
      expect(await send(made.json.key)).toBe(200);
      const listed = (await call('/api/write-keys')).text;
      expect(listed).toContain(made.json.last4);
      expect(listed).not.toContain(made.json.key);
      const next = (await call<WriteKeyCreated>(`/api/write-keys/${made.json.id}/rotate`, 'POST')).json;
      expect(next).toMatchObject({ name: 'Website', trust: 'browser' });
      expect([await send(made.json.key), await send(next.key)]).toEqual([200, 200]);
      expect((await call(`/api/write-keys/${made.json.id}`, 'DELETE')).status).toBe(204);
      await pause(1_100);
      expect([await send(made.json.key), await send(next.key)]).toEqual([401, 200]);
      const again = await call(`/api/write-keys/${made.json.id}`, 'DELETE');
      expect([again.status, (await call(`/api/write-keys/${made.json.id}/rotate`, 'POST')).status]).toEqual([404, 404]);
    });

    it('of another workspace can be neither seen nor replaced nor revoked', async () => {
      const { items } = (await call<WriteKeyList>('/api/write-keys')).json;
      expect(items).not.toEqual([]);
      for (const { id } of items) {
        expect((await call('/api/write-keys', 'GET', undefined, other.apiKey)).text).not.toContain(id);
        expect((await call(`/api/write-keys/${id}/rotate`, 'POST', undefined, other.apiKey)).status).toBe(404);
        expect((await call(`/api/write-keys/${id}`, 'DELETE', undefined, other.apiKey)).status).toBe(404);
      }
    });

    it('is made by a signed-in admin, from our own page alone', async () => {
      const admin = await server.signIn(acme);
      const body = { name: 'By hand', trust: 'server' };
      const make = (headers: Record<string, string>) =>
        server.call('/api/write-keys', { method: 'POST', body, headers });
      expect((await make(admin)).status).toBe(201);
      expect((await make({ cookie: String(admin['cookie']) })).status).toBe(403);
    });
  });
});
