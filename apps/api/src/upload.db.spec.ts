import { connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportList } from '@rekindle/contracts';
import { TestServer, type Tenant } from './server.fixture';

const REQUEST_MS = 600;

/** 20 rows, sent a row at a time. */
const rows = ['email,name\n', ...Array.from({ length: 20 }, (_, index) => `person${index}@acme.example,Person\n`)];

const upload = '/api/imports?kind=leads&name=people.csv';

describe('a file on a slow line', () => {
  let server: TestServer;
  let tenant: Tenant;
  let port: number;

  beforeAll(async () => {
    const upload = { stretchMs: 300, leastBytes: 20 };
    server = await TestServer.start({}, { requestMs: REQUEST_MS, upload });
    tenant = await server.tenant('slow');
    await server.app.listen(0, '127.0.0.1');
    port = (server.app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => server.stop());

  /** Sends a head and then pieces with pauses; gives the status and how long it took. */
  async function send(
    path: string,
    key: string,
    { pieces, pauseMs, length }: { pieces: readonly string[]; pauseMs: number; length?: number },
  ): Promise<{ status: number; tookMs: number; wasCut: boolean }> {
    const socket = connect(port, '127.0.0.1');
    const began = performance.now();
    let answer = '';
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    const whole = length ?? Buffer.byteLength(pieces.join(''));
    const answered = new Promise<void>((resolve) => {
      socket.on('data', (piece) => {
        answer += piece.toString();
        resolve();
      });
    });
    socket.on('error', () => undefined);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${key}\r\nContent-Length: ${whole}\r\n` +
        `Content-Type: ${path === upload ? 'text/csv' : 'application/json'}\r\n\r\n`,
    );
    for (const piece of pieces) {
      if (socket.destroyed) break;
      socket.write(piece);
      await pause(pauseMs);
    }
    await Promise.race([answered, closed]);
    const tookMs = performance.now() - began;
    const wasCut = await Promise.race([closed.then(() => true), pause(2 * REQUEST_MS, false, { ref: false })]);
    socket.destroy();
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), tookMs, wasCut };
  }

  const apiKey = () => `Bearer ${tenant.apiKey}`;

  it('arrives, however much longer than other requests it takes, as long as it moves', async () => {
    const { status, tookMs } = await send(upload, apiKey(), { pieces: rows, pauseMs: 100 });
    expect(status).toBe(201);
    expect(tookMs).toBeGreaterThan(3 * REQUEST_MS);
    const { items } = (await server.call<ImportList>('/api/imports', { key: tenant.apiKey })).json;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ fileName: 'people.csv', bytes: Buffer.byteLength(rows.join('')) });
  });

  it.each([
    ['stands still', rows.slice(0, 12), 100],
    ['drips', [...rows.slice(0, 12), ...'abcdefghij'], 100],
  ])('is cut off once it %s, and nothing of it is kept', async (_, pieces, pauseMs) => {
    const before = (await server.call<ImportList>('/api/imports', { key: tenant.apiKey })).json.items.length;
    const { status, tookMs, wasCut } = await send(upload, apiKey(), { pieces, pauseMs, length: 5_000 });
    expect([status, wasCut]).toEqual([408, true]);
    expect(tookMs).toBeGreaterThan(REQUEST_MS);
    expect(tookMs).toBeLessThan(12 * 100 + 5 * REQUEST_MS);
    expect((await server.call<ImportList>('/api/imports', { key: tenant.apiKey })).json.items).toHaveLength(before);
  });

  it('has no more time than any other request where the sender may not upload', async () => {
    const { status, wasCut } = await send(upload, 'Bearer wrong', {
      pieces: rows.slice(0, 1),
      pauseMs: 1,
      length: 5_000,
    });
    expect([status, wasCut]).toEqual([401, true]);
  });

  it.each([
    ['events', '/v1/batch'],
    ['management calls', '/api/write-keys'],
  ])('leaves the limit of %s as it is', async (_, path) => {
    const key = path.startsWith('/v1') ? `Basic ${Buffer.from(`${tenant.writeKey}:`).toString('base64')}` : apiKey();
    const { status, tookMs, wasCut } = await send(path, key, { pieces: rows, pauseMs: 100 });
    expect([status, wasCut]).toEqual([408, true]);
    expect(tookMs).toBeLessThan(3 * REQUEST_MS);
  });
});
